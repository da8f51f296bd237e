"""What figures of probabilities share: the unit square, its diagonal, and how many panels stand together."""

from __future__ import annotations

from math import ceil

from vizspec.draw.shapes.model import FAINT, Axis, Line

OVERLAY_PIXELS = 560
PANEL_PIXELS = 255
DASHED = (4.0, 2.5)
TICKS = ((0.0, "0"), (0.25, ""), (0.5, "0.5"), (0.75, ""), (1.0, "1"))
COLUMNS = 4
DIAGONAL = Line((0.0, 1.0), (0.0, 1.0), FAINT, DASHED, 1.0)
"""Chance, or perfect calibration."""


def unit_axis(label: str = "") -> Axis:
    """From 0 to 1 with a little room, so that curves along the edge are seen."""
    return Axis(label, domain=(-0.02, 1.02), ticks=TICKS)


def grid(panels: int, columns: int = COLUMNS) -> tuple[int, int]:
    """(rows, columns) for so many panels, without an empty row or column."""
    rows = ceil(panels / columns)
    return rows, ceil(panels / rows)
