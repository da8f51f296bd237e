"""The axis of a metric's scores: what it spans, how its numbers are written, and what it is called. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.text.decimals import short_text
from vizspec.views.selection import Selection

LOWER_IS_BETTER = " (lower is better)"
LARGE = 10_000
"""Numbers from here on are written short on axes and in cells."""
SMALL = 1e-4
"""Numbers up to here are written with an exponent."""
EXPONENTS = "~g"
TINY = 0.01
"""Values up to here are not seen on an axis from 0 to 1."""
SHORT = 1_000
"""Numbers from here on have no room to be written out beside a ring."""
MARGIN_LEFT, MARGIN_LEFT_OF_EXPONENTS = 52, 66
"""Pixels left of a frame, and of one whose numbers have exponents."""
ROOM = 0.05
"""The part of an axis that is free beyond the values."""


def axis_of(metric: Metric, selection: Selection) -> tuple[float, float]:
    """What the axis of a metric spans, in every view alike: 0 to 1 where all its values lie in it.

    Else it spans the values with their intervals and 0, with some room; so it does for errors, which may be
    small, and for what nobody has called a share and is tiny as one.
    """
    ends = [end for row in selection.estimates.of(metric) for end in _ends(row)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    may_be_tiny = metric.highest is None and is_tiny(high)
    if low >= 0 and high <= 1 and metric.better != "lower" and not may_be_tiny:
        return (0, 1)
    low, high = min(low, 0.0), max(high, 0.0)
    return (low * (1 + ROOM), high * (1 + ROOM)) if low < high else (0, 1)


def is_tiny(high: float) -> bool:
    """Whether nothing up to that value would be seen on an axis up to 1."""
    return 0 < high < TINY


def _ends(row: Estimate) -> Iterator[float]:
    yield from (end for end in (row.value, row.lower, row.upper) if end is not None)


def tick_format(domain: tuple[float, float]) -> str | None:
    """How ticks are written on an axis of large numbers, `2M`, and of very small ones, `2e-9`.

    None where they are written out.
    """
    return short_format(max(map(abs, domain)), LARGE)


def short_format(largest: float, large: float) -> str | None:
    """How numbers are written of which the largest is `large` or so small that it has no room written out."""
    if largest >= large:
        return "~s"
    return EXPONENTS if 0 < largest < SMALL else None


def left_margin(written: str | None) -> int:
    """Pixels left of a frame, for the ticks of numbers that are so written and the axis' name beside them."""
    return MARGIN_LEFT_OF_EXPONENTS if written == EXPONENTS else MARGIN_LEFT


def end_text(value: float) -> str:
    """The value of a ring, or of an axis's end: `0.125`, `840`, `105k`."""
    return short_text(value) if abs(value) >= SHORT else f"{value:.3g}"


def axis_label(metric: Metric) -> str:
    """The metric as an axis names it, which says where lower is better."""
    return f"{metric.label}{LOWER_IS_BETTER}" if metric.better == "lower" else metric.label
