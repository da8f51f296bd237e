"""How wide the columns of a drawn table are, in characters, and what is seen of their texts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from vizspec.draw.shapes.model import DrawnColumn
from vizspec.text.widths import ELLIPSIS, letters_of

GAP = 2
"""Characters between two columns."""
WIDEST = 60
"""Characters of a column that is as wide as its longest text."""
FEWEST = 4
"""Characters of a text that are seen where all columns have no room."""
BOLD = 1.15
CHARACTER_PIXELS, MARGINS = 6.6, 16


def natural_width(column: DrawnColumn) -> int:
    """The characters that the column asks for, with the gap behind it; its head is bold, and so wider."""
    if column.pixels is not None:
        return max(GAP + 1, round(column.pixels / CHARACTER_PIXELS))
    head = ceil(letters_of(column.head) * BOLD)
    return min(WIDEST, max(head, _longest(column))) + GAP


def _longest(column: DrawnColumn) -> int:
    """The characters of average width that the longest text takes."""
    return ceil(max(map(letters_of, column.texts), default=0))


def pixels_of(columns: Sequence[DrawnColumn]) -> float:
    """How wide a table of these columns is on the screen, where all have room."""
    return CHARACTER_PIXELS * sum(map(natural_width, columns)) + MARGINS


def widths_of(columns: Sequence[DrawnColumn], room: int) -> tuple[int, ...]:
    """The characters of each column: what it asks for, and where all have no room the widest give way.

    Texts do so before numbers, which would say another thing if they were cut.
    """
    natural = [natural_width(column) for column in columns]
    least = [_longest(column) + GAP if column.is_number else GAP + FEWEST for column in columns]
    if sum(natural) <= room:
        return tuple(natural)
    if sum(map(min, natural, least)) > room:
        least = [GAP + 1] * len(columns)
    lowest, highest = 0, max(natural)
    while lowest < highest:
        most = (lowest + highest + 1) // 2
        fits = sum(_narrowed(natural, least, most)) <= room
        lowest, highest = (most, highest) if fits else (lowest, most - 1)
    return _narrowed(natural, least, lowest)


def _narrowed(natural: Sequence[int], least: Sequence[int], most: int) -> tuple[int, ...]:
    """The widths, none above `most` but where less is too little."""
    return tuple(min(width, max(most, few)) for width, few in zip(natural, least, strict=True))


def shortened(text: str, most: int) -> str:
    """The text, or its beginning and an ellipsis where it takes more characters of average width."""
    if letters_of(text) <= most:
        return text
    seen = sum(1 for end in accumulate(map(letters_of, text)) if end <= most - 1)
    return f"{text[:seen].rstrip()}{ELLIPSIS}"
