"""Who leads on each task, and by how much: the comparisons that the summary speaks of. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.trials import trials
from vizspec.comparisons.measure import never_judged
from vizspec.comparisons.record import Comparison
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.intervals import Interval, interval_of
from vizspec.statistics.mover import mover

CHANGED_BY_MISSING = "the samples that one side lacks could change the order"


class Basis(Enum):
    """What a lead was worked out from."""

    SAME_SAMPLES = "on the same samples"
    OTHER_SAMPLES = "on samples of their own"
    INTERVALS = "by the intervals of both"


class Lead(NamedTuple):
    """By how much one evaluation is better than another, with the interval of that.

    `no_verdict`: why nothing may be decided by it; None where it may. `n`: the samples that both have, where
    one of them has others too; None where all are shared, or none.
    """

    value: float
    lower: float
    upper: float
    basis: Basis
    no_verdict: str | None = None
    n: int | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the one is known to be better."""
        return self.no_verdict is None and self.lower > 0


class Rivals(NamedTuple):
    """The best evaluation of a task in a metric, and the others that have a value."""

    metric: Metric
    best: Cell
    others: tuple[Cell, ...]


def rivals(
    cells: Sequence[Cell],
    metrics: Mapping[Benchmark, Metric],
    row: Callable[[Cell, Metric], Estimate | None],
) -> Iterator[Rivals]:
    """The rivals on each task in its metric, where that has a better direction and is judged at all."""
    on = benchmarks(cells)
    for benchmark, metric in metrics.items():
        if metric.better is None or never_judged(metric) is not None:
            continue
        members = [cell for cell in cells if on[cell] == benchmark]
        found = [(cell, value) for cell in members if (value := _value(row(cell, metric))) is not None]
        if not found:
            continue
        found = _without_trials(found)
        best = (max if metric.better == "higher" else min)(found, key=lambda pair: pair[1])[0]
        others = tuple(cell for cell, _ in found if cell != best)
        if others:
            yield Rivals(metric, best, others)


def lead(best: Estimate, other: Estimate, found: Comparison | None) -> Lead | None:
    """The lead of one estimate over another; None where nothing is known of its uncertainty.

    On the same samples, where they were compared; else from the intervals of both, as of different samples
    (Zou and Donner 2008). A lead is sure only where it would be so too if what one side lacks counted as the
    lowest score, and as the highest.
    """
    if found is not None and found.has_interval:
        return _compared(found)
    if best.value is None or other.value is None:
        return None
    first, second = _interval(best), _interval(other)
    if first is None or second is None:
        return None
    ends = _gain(best.metric, Interval(*mover(best.value, first, other.value, second)))
    reason = never_judged(best.metric) or best.no_verdict or other.no_verdict
    if found is not None and found.difference is not None:  # compared, and yet without an interval
        reason = reason or found.no_verdict
    return Lead(abs(best.value - other.value), *ends, Basis.INTERVALS, reason)


def _compared(found: Comparison) -> Lead:
    assert found.gain is not None
    assert found.lower is not None
    assert found.upper is not None
    lower, upper = _gain(found.metric, Interval(found.lower, found.upper))
    basis = Basis.SAME_SAMPLES if found.samples.is_paired else Basis.OTHER_SAMPLES
    if found.is_of_logged:
        basis = Basis.INTERVALS
    reason = found.no_verdict
    if reason is None and lower > 0 and any(_gain(found.metric, ends).lower <= 0 for ends in found.extremes):
        reason = CHANGED_BY_MISSING
    samples = found.samples
    is_part = samples.is_paired and any((samples.only_a, samples.only_b, samples.failed, samples.changed))
    return Lead(found.gain, lower, upper, basis, reason, samples.shared if is_part else None)


def _without_trials(found: Sequence[tuple[Cell, float]]) -> list[tuple[Cell, float]]:
    left_out = trials(cell.log for cell, _ in found)
    return [pair for pair in found if pair[0].log.location not in left_out]


def _value(row: Estimate | None) -> float | None:
    return None if row is None or row.is_outside else row.value


def _interval(row: Estimate) -> Interval | None:
    return interval_of(row.lower, row.upper)


def _gain(metric: Metric, ends: Interval) -> Interval:
    """The interval of how much better the first side is, whichever direction the metric has."""
    return ends.negated if metric.better == "lower" else ends
