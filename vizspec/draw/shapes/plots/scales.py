"""Where a value stands on an axis of a plot: numbers, dates or categories, as Observable Plot decides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vizspec.draw.shapes.dates import date_ticks, day_of
from vizspec.draw.shapes.model import Axis, Direction
from vizspec.draw.shapes.plots.rows import Layer
from vizspec.text.number_format import formatted
from vizspec.text.widths import INVISIBLE

BANDS = {
    "bar_y": ("x",),
    "bar_x": ("y",),
    "cell": ("x", "y"),
    "tick_x": ("y",),
    "tick_y": ("x",),
}
"""Marks that stand in a category, with the axes of which they make one of categories."""
HALF = 0.45
"""Half of what a category takes of its step."""
TICK_PIXELS = 80
MILLISECONDS_A_DAY = 86_400_000
DATES = ("time", "utc")
CATEGORIES = ("band", "point")


@dataclass(frozen=True)
class AxisScale:
    """An axis with the place of each value on it; categories stand at their ranks."""

    axis: Axis
    ranks: Mapping[Any, int]
    is_dates: bool = False

    @property
    def is_categories(self) -> bool:
        """Whether there are categories, each as wide as `HALF` on both sides."""
        return bool(self.axis.categories)

    def place(self, value: Any) -> float | None:
        """Where it stands; None where it has no place."""
        if value is None:
            return None
        if self.is_categories:
            rank = self.ranks.get(value)
            return None if rank is None else float(rank)
        if self.is_dates:
            return as_day(value)
        if not isinstance(value, int | float) or (self.axis.scale == "log" and value <= 0):
            return None
        return float(value)

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the axis: of categories those of the first and of the last."""
        if self.is_categories:
            return (-0.5, len(self.axis.categories) - 0.5)
        assert self.axis.domain is not None
        return self.axis.domain


def scale_of(
    side: Direction, layers: Sequence[Layer], attributes: Mapping[str, Any], panels: int
) -> AxisScale:
    """The scale of one side of all layers, by the plot's attributes."""
    values = [value for value in _values(side, layers) if value is not None]
    how, given = attributes.get(f"{side}_scale"), attributes.get(f"{side}_domain")
    label = (attributes.get(f"{side}_label") or "").removeprefix(INVISIBLE)
    grid = bool(attributes.get(f"{side}_grid")) or any(one.function == f"grid_{side}" for one in layers)
    if how in CATEGORIES or (how is None and _are_categories(side, layers, values)):
        return _categories(values, given, label, attributes.get(f"{side}_tick_format"))
    if how in DATES:
        width = float(attributes["width"]) / panels
        return _dates(values, given, label, max(2, int(width / TICK_PIXELS)), has_grid=grid)
    is_log = how == "log"
    known = [v for v in values if isinstance(v, int | float) and (v > 0 or not is_log)]
    axis = Axis(
        label,
        domain=_ends(known, given),
        scale="log" if is_log else "linear",
        has_grid=grid,
        format=attributes.get(f"{side}_tick_format") or ("" if is_log else ","),
    )
    return AxisScale(axis, {})


def as_day(value: Any) -> float | None:
    """A date in days since 1970: of a text as ISO 8601 has it, or of milliseconds."""
    if isinstance(value, int | float):
        return value / MILLISECONDS_A_DAY
    try:
        return day_of(datetime.fromisoformat(str(value)))
    except ValueError:
        return None


def _values(side: Direction, layers: Sequence[Layer]) -> Iterator[Any]:
    for layer in layers:
        names = [name for name in (side, f"{side}1", f"{side}2") if name in layer.channels]
        yield from (row.get(name) for row in layer.rows for name in names)


def _are_categories(side: Direction, layers: Sequence[Layer], values: Sequence[Any]) -> bool:
    stand = any(side in BANDS.get(layer.function, ()) and layer.has(side) for layer in layers)
    return stand or any(isinstance(value, str) for value in values)


def _categories(values: Sequence[Any], given: Any, label: str, how: str | None) -> AxisScale:
    found = dict.fromkeys(given or sorted(dict.fromkeys(values), key=lambda v: (isinstance(v, str), v)))
    texts = tuple(one if isinstance(one, str) else formatted(one, how or "") for one in found)
    return AxisScale(Axis(label, texts, has_grid=False), {value: rank for rank, value in enumerate(found)})


def _dates(values: Sequence[Any], given: Any, label: str, most: int, *, has_grid: bool) -> AxisScale:
    days = [day for value in (given or values) if (day := as_day(value)) is not None]
    low, high = _ends(days, days if given else None)
    axis = Axis(label, domain=(low, high), ticks=date_ticks(low, high, most), has_grid=has_grid)
    return AxisScale(axis, {}, is_dates=True)


def _ends(values: Sequence[float], given: Sequence[float] | None) -> tuple[float, float]:
    """The two that are given, else the least and the greatest; around one value there is room."""
    if given is not None and len(given) > 1 and given[0] != given[-1]:
        return (float(given[0]), float(given[-1]))
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (float(low), float(high)) if low < high else (low - 0.5, high + 0.5)
