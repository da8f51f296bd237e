"""How wide a text is drawn: signs of East Asian scripts take more than a letter, and one none. Pure."""

from __future__ import annotations

from unicodedata import east_asian_width

ELLIPSIS = "…"
"""Stands for the part of a text that has no room."""
INVISIBLE = "\u200b"
"""A sign without width: before a text that would otherwise be taken for a name or a command."""
WIDE = 2
"""The width of a Chinese, Japanese or Korean sign, in letters of average width: no less in any font."""
FEWEST = 4
"""Signs that a label keeps, however little room there is."""


def letters_of(text: str) -> float:
    """The width of the text in letters of average width."""
    if text.isascii():
        return len(text)
    return sum(WIDE if east_asian_width(sign) in "WF" else 1 for sign in text)


def signs_within(text: str, letters: int) -> int:
    """How many signs of a text like this have the room of so many letters."""
    if text.isascii() or not text:
        return letters
    return max(FEWEST, int(letters * len(text) / letters_of(text)))
