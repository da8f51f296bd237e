"""Where panels of a grid stand, in inches, worked out once from the sizes of what is written around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vizspec.draw.figures.mpl import MARGIN, Sizes
from vizspec.draw.figures.room import POINTS

LINE = 1.25
"""The height of a line of text, in sizes of its font."""
TICK = 3.5 / POINTS
"""The length of a tick, and as much again between it and its label."""
TITLE_PAD = 6 / POINTS
"""Between a panel and its title."""
PAD = 0.08
"""Between what stands beside each other."""


class CanvasBox(NamedTuple):
    """A rectangle on the canvas, from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


class TextLines(NamedTuple):
    """The lines of text around the panels: `titles` are the most over a panel of each row.

    `has_side`: the vertical axes have a name.
    """

    title: int
    titles: tuple[int, ...]
    below: int
    has_side: bool


class TickLabels(NamedTuple):
    """Inches that the labels of the vertical axes take, and half of the last one of the horizontal axis.

    Each panel has some of its own beside it or below it, or only the first of a row and the last of a column.
    """

    beside: float
    half: float
    is_beside_each: bool
    is_below_each: bool


@dataclass(frozen=True)
class GridLayout:
    """The canvas, the boxes of its panels row by row, and where what is said once for all stands.

    `below` and `beside` are the ends of the axes' names that are nearest to the canvas' edge.
    """

    width: float
    height: float
    boxes: tuple[CanvasBox, ...]
    below: float
    beside: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of all panels, across and up."""
        right = max(box.left + box.width for box in self.boxes)
        top = max(box.bottom + box.height for box in self.boxes)
        left, foot = min(box.left for box in self.boxes), min(box.bottom for box in self.boxes)
        return (left + right) / 2, (foot + top) / 2


class Across(NamedTuple):
    """Inches from the left to the first panel, of each panel, and between two of them."""

    left: float
    width: float
    between: float


def across(columns: int, width: float, has_name: bool, labels: TickLabels, sizes: Sizes) -> Across:
    """How the width is divided, where the vertical axes have a name or not."""
    room = labels.beside + 2 * TICK
    left = MARGIN + (_lines(1, sizes.label) + PAD / 2 if has_name else 0) + room
    between = room + PAD if labels.is_beside_each else 1.5 * PAD
    one = (width - left - max(MARGIN, labels.half) - (columns - 1) * between) / columns
    return Across(left, one, between)


def grid_layout(
    panels: int,
    columns: int,
    size: tuple[float, float],
    written: TextLines,
    labels: TickLabels,
    sizes: Sizes,
    legend: float,
    *,
    is_square: bool,
) -> GridLayout:
    """The layout of so many panels on a canvas of this size; of square ones, as high as they need."""
    width, height = size
    level = across(columns, width, written.has_side, labels, sizes)
    over = [_over(lines, sizes) for lines in written.titles]
    ticks = 2 * TICK + _lines(1, sizes.tick)
    apart = PAD + (ticks if labels.is_below_each else 0)
    foot = MARGIN + legend + _lines(written.below, sizes.label)
    head = MARGIN + (_lines(written.title, sizes.title) + PAD if written.title else 0)
    rows = len(over)
    around = head + sum(over) + (rows - 1) * apart + ticks + foot
    up = level.width if is_square else (height + legend - around) / rows
    tops = _tops(around + rows * up - head, over, up, apart)
    step = level.width + level.between
    boxes = [
        CanvasBox(level.left + place % columns * step, tops[place // columns] - up, level.width, up)
        for place in range(panels)
    ]
    return GridLayout(width, around + rows * up, tuple(boxes), MARGIN + legend, MARGIN)


def _tops(top: float, over: Sequence[float], up: float, apart: float) -> list[float]:
    """The upper edges of the panels of each row."""
    edges = []
    for title in over:
        top -= title
        edges.append(top)
        top -= up + apart
    return edges


def _over(lines: int, sizes: Sizes) -> float:
    return _lines(lines, sizes.small) + TITLE_PAD if lines else 0.0


def _lines(number: int, size: float) -> float:
    """The inches that lines of text take."""
    return number * LINE * size / POINTS
