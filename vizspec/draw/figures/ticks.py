"""The marked values of an axis of numbers, with their labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from vizspec.draw.figures.panels import whole_number
from vizspec.draw.figures.room import POINTS
from vizspec.draw.shapes.model import Axis
from vizspec.text.number_format import formatted

SIZES_A_LABEL = {"x": 3, "y": 2}
"""As many sizes of its font does a label take along its axis."""
MOST = 9
MOST_DECIMALS = 6


def ticks_of(
    axis: Axis, inches: float, size: float, direction: Literal["x", "y"]
) -> tuple[tuple[float, str], ...]:
    """(value, text) of each tick of an axis so long, whose domain is known."""
    if axis.ticks is not None:
        return axis.ticks
    from matplotlib.ticker import MaxNLocator

    assert axis.domain is not None
    low, high = axis.domain
    room = int(inches * POINTS / (size * SIZES_A_LABEL[direction]))
    steps = None if axis.is_count else [1, 2, 2.5, 5, 10]
    locator = MaxNLocator(min(MOST, max(1, room)), steps=steps, integer=axis.is_count)
    values = [float(value) for value in locator.tick_values(low, high) if low <= value <= high]
    return tuple(zip(values, _texts(axis, values), strict=True))


def _texts(axis: Axis, values: Sequence[float]) -> list[str]:
    if axis.format:
        return [formatted(value, axis.format) for value in values]
    if axis.is_count:
        return [whole_number(value) for value in values]
    decimals = next(
        (d for d in range(MOST_DECIMALS) if all(abs(round(v, d) - v) < 1e-9 for v in values)), MOST_DECIMALS
    )
    return [f"{value:.{decimals}f}".replace("-", "\N{MINUS SIGN}") for value in values]
