"""How large a figure is drawn: as its chart on the screen, or in one or two columns of a page. Pure."""

from __future__ import annotations

from typing import Literal, NamedTuple

from vizspec.draw.shapes.column_widths import natural_width
from vizspec.draw.shapes.model import Axis, DrawnMark, DrawnTable, InSlots, Panel, Shapes, TextMarks

FigureStyle = Literal["screen", "paper"]

PIXELS_PER_INCH = 100
ONE_COLUMN, TWO_COLUMNS = 3.3, 6.9
"""Widths of a journal's columns, in inches."""

BAR, CELL, NUMBERS, NAMED, SQUARE = 0.16, 0.42, 1.9, 4.0, 2.6
"""Inches on paper that a bar, a cell, an axis of numbers, one with names in it and a square panel need."""
BESIDE, FEWEST_BESIDE, MOST_BESIDE = 0.055, 0.45, 1.4
"""Inches beside the vertical axis: of a character, the least and the most of all."""
TITLE, BELOW, BETWEEN, MARGIN = 0.3, 0.5, 0.35, 0.12
"""Inches of the title over all panels, of an axis below them, and between two rows of panels; of no title."""
PAPER_ROW, PAPER_ROWS = 0.78, 1.05
"""How high a row on paper is against one on the screen, and one whose label takes two lines."""
LONGEST_ON_PAPER = 21
"""Characters of a line of a label beside an axis."""
FLATTEST, TALLEST_INCHES = 0.72, 200.0
"""Of a chart on paper, its height against its width; beyond this height a picture cannot be drawn."""


class Size(NamedTuple):
    """The inches of a figure without its legend."""

    width: float
    height: float


def size_of(shapes: Shapes, style: FigureStyle) -> Size:
    """How large the figure is drawn: on paper in one column where that has room for all of it."""
    if style == "screen":
        width = shapes.width / PIXELS_PER_INCH
        height = shapes.height / PIXELS_PER_INCH if shapes.height else _height_of_panels(shapes, width)
        return Size(width, min(height, TALLEST_INCHES))
    width = ONE_COLUMN if inches_needed(shapes) <= ONE_COLUMN else TWO_COLUMNS
    if shapes.height is None or any(panel.is_square for panel in shapes.panels):
        return Size(width, min(_height_of_panels(shapes, width), TALLEST_INCHES))
    is_high = _has_long_labels(shapes) or any(_has_names(panel) for panel in shapes.panels)
    height = shapes.height / PIXELS_PER_INCH * (PAPER_ROWS if is_high else PAPER_ROW)
    if not any(_has_rows(panel) for panel in shapes.panels):
        height = min(height, FLATTEST * width * shapes.rows)
    return Size(width, min(height, TALLEST_INCHES))


def inches_needed(shapes: Shapes) -> float:
    """The least width in which the figure can be read on paper."""
    return shapes.columns * max(_across(panel) for panel in shapes.panels) + max(
        _beside(panel.y) for panel in shapes.panels
    )


def _has_rows(panel: Panel) -> bool:
    """Whether the panel is as high as its rows need, however wide it is."""
    return bool(panel.y.categories) or any(isinstance(mark, DrawnTable) for mark in panel.marks)


def _has_names(panel: Panel) -> bool:
    """Whether texts stand at places of numbers, where they were moved apart for the screen."""
    has_numbers = not panel.x.categories and not panel.y.categories and not panel.is_square
    return has_numbers and any(isinstance(mark, TextMarks) for mark in panel.marks)


def _has_long_labels(shapes: Shapes) -> bool:
    return any(len(label) > LONGEST_ON_PAPER for panel in shapes.panels for label in panel.y.categories)


def _height_of_panels(shapes: Shapes, width: float) -> float:
    """As high as the panels are wide, and room for what is written over and below each row of them."""
    rows = shapes.panels[:: shapes.columns]
    beside = 0 if rows[-1].y.is_hidden else FEWEST_BESIDE
    one = (width - beside) / shapes.columns
    frame = (TITLE if shapes.title else MARGIN) + (MARGIN if rows[-1].x.is_hidden else BELOW)
    return sum(one * row.weight for row in rows) + (len(rows) - 1) * BETWEEN + frame


def _across(panel: Panel) -> float:
    tables = [mark for mark in panel.marks if isinstance(mark, DrawnTable)]
    if tables:
        return BESIDE * sum(natural_width(column) for table in tables for column in table.columns)
    if panel.is_square:
        return SQUARE
    number = len(panel.x.categories)
    if not number:
        return NAMED if _has_names(panel) else NUMBERS
    side_by_side = max((_slots(mark) for mark in panel.marks), default=1)
    is_matrix = bool(panel.y.categories)
    return number * (CELL if is_matrix else max(BAR * (side_by_side + 1), 2 * BAR))


def _slots(mark: DrawnMark) -> int:
    return mark.slot[1] if isinstance(mark, InSlots) else 1


def _beside(axis: Axis) -> float:
    longest = max((len(label) for label in axis.categories), default=0)
    of_two_lines = BESIDE * (longest / 2 if longest > 2 * LONGEST_ON_PAPER else 0)
    return max(FEWEST_BESIDE, min(MOST_BESIDE, BESIDE * longest), of_two_lines)
