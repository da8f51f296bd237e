"""Estimates of one metric as small pictures: where each lies on the scale that all of them share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric


@dataclass(frozen=True)
class Bar:
    """The place of a value, and of its interval's ends, from 0 to 1 along the scale of its column.

    `heat`, from 0 to 1, is how good it is; None where neither direction is better. `is_best`: no other
    value of its task is better.
    """

    value: float
    lower: float | None = None
    upper: float | None = None
    heat: float | None = None
    is_best: bool = False


def bars(rows: Sequence[Estimate | None], tasks: Sequence[Hashable]) -> tuple[Bar | None, ...]:
    """A bar for each estimate of one metric; None where it has no value, or one outside its range.

    `tasks` has what each was evaluated on: values are compared within it alone, and marked best where some
    are worse.
    """
    shown = [row for row in rows if row is not None and row.value is not None and not row.is_outside]
    if not shown:
        return (None,) * len(rows)
    low, high = _scale(shown)
    best = _best(rows, tasks)
    return tuple(_bar(row, low, high, at in best) for at, row in enumerate(rows))


def _bar(row: Estimate | None, low: float, high: float, is_best: bool) -> Bar | None:
    if row is None or row.value is None or row.is_outside:
        return None
    value, lower, upper = (_place(end, low, high) for end in (row.value, row.lower, row.upper))
    assert value is not None
    heat = {"higher": value, "lower": 1 - value}.get(row.metric.better or "")
    return Bar(value, lower, upper, None if row.metric.is_doubtful else heat, is_best)


def _place(end: float | None, low: float, high: float) -> float | None:
    return None if end is None else min(1.0, max(0.0, (end - low) / (high - low)))


def _scale(shown: Sequence[Estimate]) -> tuple[float, float]:
    """The metric's range where it has both ends, else what the values and their intervals span."""
    metric = shown[0].metric
    if metric.lowest is not None and metric.highest is not None:
        return metric.lowest, metric.highest
    ends = [end for row in shown for end in (row.value, row.lower, row.upper) if end is not None]
    low, high = min(ends), max(ends)
    return (low, high) if low < high else (low, low + 1)


def _best(rows: Sequence[Estimate | None], tasks: Sequence[Hashable]) -> frozenset[int]:
    """The places of the values that no other of their task is better than, and some are worse."""
    of_task: defaultdict[Hashable, list[tuple[float, int]]] = defaultdict(list)
    for at, (row, task) in enumerate(zip(rows, tasks, strict=True)):
        if row is not None and row.value is not None and not row.is_outside:
            sign = _sign(row.metric)
            if sign:
                of_task[task].append((sign * row.value, at))
    found: set[int] = set()
    for values in of_task.values():
        highest = max(values)[0]
        if min(values)[0] < highest:
            found |= {at for value, at in values if value == highest}
    return frozenset(found)


def _sign(metric: Metric) -> int:
    """1 where higher is better, -1 where lower is, 0 where nothing is ranked by it."""
    return 0 if metric.is_doubtful else {"higher": 1, "lower": -1}.get(metric.better or "", 0)
