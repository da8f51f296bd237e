"""How wide a text is drawn: signs of East Asian scripts take more than a letter, some of ASCII too. Pure."""

from __future__ import annotations

from unicodedata import category, east_asian_width, normalize

ELLIPSIS = "…"
"""Stands for the part of a text that has no room."""
INVISIBLE = "\u200b"
"""A sign without width: before a text that would otherwise be taken for a name or a command."""
WIDE = 2
"""The width of a Chinese, Japanese or Korean sign, in letters of average width: no less in any font."""
FEWEST = 4
"""Signs that a label keeps, however little room there is."""
AVERAGE = 0.58
"""The width of an average letter, in sizes of its font."""
NOTABLE = 1.1
"""How many times as wide as its letters on an average a text is whose width is measured."""
MOST_MARKS = 3
"""As many marks does a letter have in some script: a vowel, a tone, a dot."""
_SIZES = {
    0.3: "ijlI J'|.,:;!",
    0.37: 'frt-()[]/\\"',
    0.52: "csz_?`*",
    0.7: "ABCKRVXZU",
    0.77: "DGHNOQ&",
    0.86: "w<>=+#~^M",
    0.97: "m%",
    1.0: "W@",
}
"""Of ASCII, in sizes of the font, as wide as a common sans serif draws them (DejaVu Sans, rounded)."""
OTHERS = 0.62
"""What the others take."""
_LETTERS = {sign: size / AVERAGE for size, signs in _SIZES.items() for sign in signs}


def letters_of(text: str) -> float:
    """The width of the text in letters of average width: as many as it has, more where many are wide."""
    signs = [sign for sign in text if not is_mark(sign)]
    on_average = sum(WIDE if _is_wide(sign) else 1 for sign in signs)
    measured = sum(WIDE if _is_wide(sign) else _LETTERS.get(sign, OTHERS / AVERAGE) for sign in signs)
    return round(measured, 2) if measured > NOTABLE * on_average else on_average


def signs_within(text: str, letters: int) -> int:
    """How many signs of a text like this have the room of so many letters."""
    if not text:
        return letters
    return max(FEWEST, int(letters * min(1, len(text) / max(letters_of(text), 1))))


def is_mark(sign: str) -> bool:
    """Whether the sign stands above, below or through the one before it, and takes no room of its own."""
    return not sign.isascii() and category(sign) in ("Mn", "Me")


def with_few_marks(text: str) -> str:
    """The text with no more than `MOST_MARKS` marks on a letter: a tower of them covers other texts.

    A letter and its mark are one sign where there is such a one.
    """
    if text.isascii():
        return text
    kept: list[str] = []
    for sign in normalize("NFC", text):
        if not (is_mark(sign) and len(kept) >= MOST_MARKS and all(map(is_mark, kept[-MOST_MARKS:]))):
            kept.append(sign)
    return "".join(kept)


def _is_wide(sign: str) -> bool:
    return not sign.isascii() and east_asian_width(sign) in "WF"
