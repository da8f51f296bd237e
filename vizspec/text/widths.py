"""How wide a text is drawn: signs of East Asian scripts take more than a letter, some of ASCII too. Pure."""

from __future__ import annotations

from unicodedata import category, east_asian_width

ELLIPSIS = "…"
"""Stands for the part of a text that has no room."""
INVISIBLE = "\u200b"
"""A sign without width: before a text that would otherwise be taken for a name or a command."""
WIDE = 2
"""The width of a Chinese, Japanese or Korean sign, in letters of average width: no less in any font."""
FEWEST = 4
"""Signs that a label keeps, however little room there is."""
ROOM, AVERAGE = 0.65, 0.6
"""What a letter has, and what an average one takes, in sizes of the font."""
_SIZES = {
    0.3: "ijlI J'|.,:;!",
    0.37: 'frt-()[]/\\"',
    0.52: "csz_?`*",
    0.7: "ABCKRVXZU",
    0.77: "DGHNOQ&",
    0.84: "w<>=+#~^M",
    0.97: "Wm@%",
}
"""Of ASCII, in sizes of the font, as wide as a common sans serif draws them (DejaVu Sans, rounded).

The others are as wide as an average letter.
"""
_LETTERS = {sign: size / ROOM for size, signs in _SIZES.items() for sign in signs}


def letters_of(text: str) -> float:
    """The width of the text in letters of average width: no fewer than it has, more where many are wide."""
    signs = [sign for sign in text if not is_mark(sign)]
    at_least = sum(WIDE if _is_wide(sign) else 1 for sign in signs)
    measured = sum(WIDE if _is_wide(sign) else _LETTERS.get(sign, AVERAGE / ROOM) for sign in signs)
    return max(at_least, round(measured, 2))


def signs_within(text: str, letters: int) -> int:
    """How many signs of a text like this have the room of so many letters."""
    if not text:
        return letters
    return max(FEWEST, int(letters * min(1, len(text) / max(letters_of(text), 1))))


def is_mark(sign: str) -> bool:
    """Whether the sign stands above, below or through the one before it, and takes no room of its own."""
    return not sign.isascii() and category(sign) in ("Mn", "Me")


def _is_wide(sign: str) -> bool:
    return not sign.isascii() and east_asian_width(sign) in "WF"
