"""Texts as parts of file names, and names that are not taken."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from itertools import count

SLUG_BYTES = 80
"""The longest slug, in UTF-8 bytes: three of them and a suffix fit into a file name of 255 bytes."""

_DIGEST_CHARACTERS = 8
_EDGE = "._-"
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def slug(text: str, limit: int = SLUG_BYTES) -> str:
    """`text` as a part of a file name: letters, digits and `._-`, at most `limit` (> 8) UTF-8 bytes.

    The result is never empty, holds no separator and no `..`, starts and ends with no dot, dash or underscore
    of the text's own, and is its own slug. Distinct texts may share a slug; a text that was cut short or left
    nothing readable ends in a digest of the whole, so that such texts do not.
    """
    readable = "".join(_safe(character) for character in unicodedata.normalize("NFKC", text))
    short = re.sub(r"\.{2,}", ".", re.sub(r"_{2,}", "_", readable)).strip(_EDGE)
    if short and _RESERVED.fullmatch(short):
        short = f"x-{short}"
    if short and len(short.encode()) <= limit:
        return short
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]
    start = short.encode()[: limit - len(digest) - 1].decode("utf-8", "ignore").rstrip(_EDGE)
    return f"{start}-{digest}" if start else digest


def free_of(name: str, taken: Container[str]) -> str:
    """The name, or where it is taken the first of `name_2`, `name_3`, … that is not."""
    numbered = (f"{name}_{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _safe(character: str) -> str:
    if character in _EDGE or unicodedata.category(character)[0] in "LMN":
        return character
    return "_"
