"""Names and values as text: file-safe slugs, natural order, "did you mean", and when two values are one."""

from __future__ import annotations

import difflib
import hashlib
import math
import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

SLUG_BYTES = 80
"""The longest slug, in UTF-8 bytes: three of them and a suffix fit into a file name of 255 bytes."""

_DIGEST_CHARACTERS = 8
_EDGE = "._-"
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_NUMBER_IN_TEXT = re.compile(r"([0-9]+(?:\.[0-9]+)?[eE]-[0-9]{1,3}(?![0-9])|[0-9]+)")
_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_LONGEST_NUMBER = 400
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

Number = int | float


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


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that `word` is most likely a misspelling of, or None where none is near.

    Case and the difference of `-` and `_` count for nothing. `likeness` is from 0 to 1: how near is near.
    """
    spelled = {_folded(candidate): candidate for candidate in reversed(list(known))}
    found = difflib.get_close_matches(_folded(word), spelled, n=1, cutoff=likeness)
    return spelled[found[0]] if found else None


def shown(text: object, limit: int = 60) -> str:
    """Any text as a message may quote it: on one line, printable, and not endless (`limit` characters)."""
    printable = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in str(text)[: limit + 1]
    )
    return f"'{printable[:limit]}…'" if len(printable) > limit else f"'{printable}'"


def natural_key(text: str) -> tuple[tuple[tuple[int, Decimal, str], ...], str]:
    """A sort key that orders the numbers in texts by size: `r4 < r8 < r16`, `lr1e-5 < lr1e-4`."""
    parts = _NUMBER_IN_TEXT.split(text)
    keys = [
        (0, Decimal(part), "") if at % 2 else (1, Decimal(0), part.casefold())
        for at, part in enumerate(parts)
        if part
    ]
    return tuple(keys), text


def as_number(value: object) -> Number | None:
    """The finite number that `value` is, or that its text spells (`'1e-5'`, which YAML 1.1 reads as text).

    Truth values are no numbers, nor are texts with leading zeros (`'007'` is a label).
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _spelled_number(value.strip())
    if isinstance(value, int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return None


def same_value(a: object, b: object) -> bool:
    """Whether two values mean the same although one went through YAML, JSON or a command line.

    `'1e-5'` is `1e-05`, `'true'` and `'yes'` are `True`, `[1, 2]` is `'1,2'`, a date is its ISO text; `1` is
    not `True`.
    """
    return value_key(a) == value_key(b)


def value_key(value: object) -> Hashable:
    """A key that is equal for exactly those values that `same_value` calls the same."""
    if isinstance(value, bool):
        return ("truth", value)
    number = as_number(value)
    if number is not None:
        return ("number", Decimal(repr(number)))
    if isinstance(value, str):
        return _text_key(value.strip())
    if isinstance(value, list | tuple):
        return _sequence_key(value)
    if isinstance(value, date):
        return ("text", value.isoformat())
    if isinstance(value, Mapping):
        pairs = ((str(key), value_key(item)) for key, item in value.items())
        return ("mapping", frozenset(pairs))
    return ("text", str(value)) if value is not None else ("nothing",)


def plain_value(value: object) -> Any:
    """A value of a YAML 1.1 reader as people mean it, its parts too: numbers as numbers, dates as text."""
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): plain_value(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(plain_value(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    number = as_number(value)
    return value if number is None else number


def _safe(character: str) -> str:
    if character in _EDGE or unicodedata.category(character)[0] in "LMN":
        return character
    return "_"


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_")


def _spelled_number(text: str) -> Number | None:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    if text.lstrip("+-").isdigit():
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else None


def _text_key(text: str) -> Hashable:
    truth = _TRUTHS.get(text.casefold())
    if truth is not None:
        return ("truth", truth)
    if "," in text:
        return _sequence_key(text.split(","))
    return ("text", text)


def _sequence_key(items: Iterable[object]) -> Hashable:
    keys = tuple(value_key(item) for item in items)
    return keys[0] if len(keys) == 1 else ("sequence", keys)
