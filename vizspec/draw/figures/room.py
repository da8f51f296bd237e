"""How many characters have room in so many inches, and the titles of panels that fit. Pure."""

from __future__ import annotations

from vizspec.draw.figures.mpl import SIZES
from vizspec.draw.figures.panels import all_fitted
from vizspec.draw.shapes.figure_size import Style
from vizspec.draw.shapes.model import Shapes

POINTS = 72
CHARACTER = 0.58
"""The width of an average character, in sizes of its font."""
NARROW = 0.78
"""Of the characters that fit on an average, those that do where all are wide and bold."""


def characters(inches: float, size: float) -> int:
    """How many characters of a font of this size fit."""
    return max(1, int(inches * POINTS / (CHARACTER * size)))


def panel_titles(shapes: Shapes, width: float, style: Style) -> list[str]:
    """The titles in lines that fit into panels of so many inches; those of panels that differ stay so."""
    titled = [panel.title for panel in shapes.panels if panel.title]
    limit = int(characters(width, SIZES[style].small) * NARROW)
    lines = dict(zip(titled, all_fitted(titled, limit, 3), strict=True)) if titled else {}
    return [lines.get(panel.title, "") for panel in shapes.panels]
