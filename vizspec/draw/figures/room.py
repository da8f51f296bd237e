"""How many characters have room in so many inches, and the titles of panels that fit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from vizspec.draw.figures.mpl import SIZES
from vizspec.draw.figures.panels import all_fitted, fitted, plain
from vizspec.draw.shapes.figure_size import LONGEST_ON_PAPER, ONE_COLUMN, FigureStyle
from vizspec.draw.shapes.model import Shapes

POINTS = 72
CHARACTER = 0.58
"""The width of an average character, in sizes of its font."""
NARROW = 0.78
"""Of the characters that fit on an average, those that do where all are wide and bold."""
BOLD_TITLE = 0.85
"""The same of a title, which has few characters and wide ones."""
LINE = 1.25
"""The height of a line, in sizes of its font."""
LONGEST, LONGEST_ON_A_PAGE, WIDEST = 42, 36, 90
"""Characters of a label beside an axis in each of two lines: on the screen, on a page; of any label."""
OF_ONE_LINE = 1.5
"""How many times as many a label has that has one line only."""
FRAME = 0.8
"""Inches over and below the rows of a panel."""


def characters(inches: float, size: float) -> int:
    """How many characters of a font of this size fit."""
    return max(1, int(inches * POINTS / (CHARACTER * size)))


def title_lines(title: str, width: float, size: float) -> str:
    """The title over all panels, in a font of this size, in lines that fit into so many inches."""
    return fitted(title, int(characters(width, size) * BOLD_TITLE)) if title else ""


def panel_titles(shapes: Shapes, width: float, style: FigureStyle) -> list[str]:
    """The titles in lines that fit into panels of so many inches; those of panels that differ stay so."""
    titled = [panel.title for panel in shapes.panels if panel.title]
    limit = int(characters(width, SIZES[style].small) * NARROW)
    lines = dict(zip(titled, all_fitted(titled, limit, 3), strict=True)) if titled else {}
    return [lines.get(panel.title, "") for panel in shapes.panels]


def row_inches(height: float, rows: int) -> float:
    """How high each of the rows is in a panel of so many inches."""
    return max(height - FRAME, height / 3) / max(rows, 1)


def row_labels(
    labels: Sequence[str], row: float, width: float, style: FigureStyle, *, is_alone: bool = True
) -> list[str]:
    """The labels beside rows of so many inches, in no more lines than have room; different ones stay so.

    `width`: that of the figure; `is_alone`: whether it has one panel beside the labels.
    """
    lines = max(1, min(2, int(row * POINTS / (LINE * SIZES[style].tick))))
    on_paper = LONGEST_ON_PAPER if width <= ONE_COLUMN else LONGEST_ON_A_PAGE
    limit = LONGEST if style == "screen" else on_paper
    limit = int(limit * OF_ONE_LINE) if lines == 1 and is_alone else limit
    different = len({plain(label) for label in labels})
    while True:
        shown = [fitted(label, limit, lines) for label in labels]
        if len(set(shown)) >= different or limit >= WIDEST:
            return shown
        limit += 3


def turned_apart(labels: int, width: float, style: FigureStyle) -> int:
    """Of labels turned by 45 degrees below an axis of so many inches, each how many there is room for one."""
    return max(1, ceil(labels * LINE * SIZES[style].tick * sqrt(2) / (width * POINTS)))
