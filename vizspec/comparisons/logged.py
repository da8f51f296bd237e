"""Differences from what logs store, where samples cannot be had: estimates count as independent. Pure.

Of evaluations on the same samples the errors go together most of the time, so that these intervals are then
wider than those of pairs, and seldom claim too much.
"""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.comparisons.measure import NotReadable
from vizspec.estimates.table import Estimate
from vizspec.statistics.arrays import Range
from vizspec.statistics.contrasts import Difference, SideMean, combined, contrast_range
from vizspec.statistics.differences import unpaired
from vizspec.statistics.intervals import Interval
from vizspec.statistics.method import Method
from vizspec.statistics.mover import mover
from vizspec.statistics.welch import VariancePart

OF_TWO = (1.0, -1.0)


def logged_difference(a: Estimate, b: Estimate) -> Difference | str:
    """a less b, at their level; or why that cannot be told.

    Of two shares of counted samples as `unpaired` has it; of means by Welch's t; of what has an interval
    alone by MOVER, without a p-value.
    """
    unknown = _unknown((a, b))
    if unknown is not None:
        return unknown
    first, second = _successes(a), _successes(b)
    if first is not None and second is not None:
        return unpaired(first, second, level=a.level)
    if a.stderr and b.stderr and a.n and b.n:
        return logged_contrast((a, b), OF_TWO)
    return _of_intervals(a, b)


def logged_contrast(rows: Sequence[Estimate], weights: Sequence[float]) -> Difference | str:
    """The weighted sum of several estimates, at their level; or why that cannot be told."""
    unknown = _unknown(rows)
    if unknown is not None:
        return unknown
    sides = [_side(row) for row in rows]
    reach = contrast_range(weights, Range(rows[0].metric.lowest, rows[0].metric.highest))
    return combined(sides, weights, reach, rows[0].level)


def why_unpaired(reason: NotReadable) -> str:
    """What a reader must know of a difference that is not made of samples."""
    return f"by what the logs store, not on the same samples: a log {reason}"


def _unknown(rows: Sequence[Estimate]) -> str | None:
    for row in rows:
        if row.value is None or not row.has_interval:
            return f"{row.cell.log.location}: {row.note or 'no interval is known'}"
    return None


def _successes(row: Estimate) -> list[float] | None:
    """The zeros and ones that a share is of; None where it is none."""
    if row.method is not Method.WILSON or row.n is None or row.value is None:
        return None
    right = round(row.value * row.n)
    return [1.0] * right + [0.0] * (row.n - right)


def _side(row: Estimate) -> SideMean:
    assert row.value is not None
    part = VariancePart(row.value, row.stderr**2, row.n - 1) if row.stderr and row.n and row.n > 1 else None
    reason = row.no_verdict or (None if part is not None else f"{row.cell.log.location}: no standard error")
    return SideMean(row.n or 0, row.value, part, reason)


def _of_intervals(a: Estimate, b: Estimate) -> Difference:
    assert a.value is not None
    assert b.value is not None
    ends = mover(a.value, _interval(a), b.value, _interval(b))
    n = (a.n or 0) + (b.n or 0)
    return Difference(a.value - b.value, *ends, None, n, Method.MOVER, a.no_verdict or b.no_verdict)


def _interval(row: Estimate) -> Interval:
    assert row.lower is not None
    assert row.upper is not None
    return Interval(row.lower, row.upper)
