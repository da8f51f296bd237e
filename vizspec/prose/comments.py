"""The comments by which a text tells vizspec something: that a warning is known, that it is a draft. Pure."""

from __future__ import annotations

import hashlib
import re

OK = re.compile(r"<!--\s*vizspec:\s*ok\s*-->")
"""Silences the warnings on the paragraph that it stands in, or above."""

_ALL = re.compile(r"<!--\s*vizspec:(?:(?!<!--).)*?-->", re.DOTALL)
_ALONE = re.compile(
    r"^[ \t]*<!--\s*vizspec:(?:(?!<!--).)*?-->[ \t]*(?:\r\n|\r|\n|$)", re.DOTALL | re.MULTILINE
)
_DRAFT = re.compile(r"\A\s*<!--\s*vizspec:\s*draft\s+([0-9a-f]{16})\s*-->[ \t]*(?:\r\n|\r|\n|$)")


def without_marks(text: str) -> str:
    """The text as its readers get it."""
    return _ALL.sub("", _ALONE.sub("", text))


def as_draft(text: str) -> str:
    """The text with the mark by which `is_draft` knows that nobody changed it."""
    return f"<!-- vizspec: draft {_digest(text)} -->\n{text}"


def is_draft(text: str) -> bool:
    """Whether a draft stands there as it was written."""
    found = _DRAFT.match(text)
    return found is not None and _digest(text[found.end() :]) == found[1]


def _digest(text: str) -> str:
    """A hash that white space at line ends, and the kind of line ends, do not change."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:16]
