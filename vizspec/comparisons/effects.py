"""What a factor, or the checkpoint, does all else equal: over all pairs that differ in it alone. Pure.

A sample's gains in several pairs are averaged within it first, as repeats are. The means over several tasks,
whose samples are independent, are combined by MOVER (Zou, Donner 2008).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels, column_text
from vizspec.comparisons.differences import difference_of, scores_of
from vizspec.comparisons.measure import Measured
from vizspec.comparisons.pairing import PairedSamples, pair
from vizspec.comparisons.questions import Asked, groups_of
from vizspec.comparisons.record import Effect, Ends
from vizspec.experiment.variables import Scale, Variable
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.values import Range
from vizspec.text.values import same_value, value_key

MeasureCell = Callable[[Cell], Measured | str]

CHECKPOINT = "epoch"


def effect(
    column: str,
    levels: Sequence[object],
    metric: Metric,
    cells: Sequence[Cell],
    measure: MeasureCell,
    level: float,
    labels: Labels | None = None,
) -> Effect | None:
    """The effect of the last of a column's levels against the first; None where no pair can tell it."""
    low, high = levels[0], levels[-1]
    pairs = list(_pairs(column, low, high, metric, cells))
    on = benchmarks(cells)
    by_task: defaultdict[Benchmark, list[PairedSamples]] = defaultdict(list)
    reach: list[Range] = []
    for above, below in pairs:
        a, b = measure(above), measure(below)
        if isinstance(a, str) or isinstance(b, str) or a.truth is not None:
            continue
        matched = pair(a, b)
        if matched.is_enough and not matched.is_changed:
            by_task[on[above]].append(matched)
            reach.append(scores_of(a, b))
    scores = reach[0] if len(set(reach)) == 1 else Range()
    found = [one for members in by_task.values() if (one := _of_task(members, scores, level)) is not None]
    if not found:
        return None
    sign = -1.0 if metric.better == "lower" else 1.0
    value, ends = _combined([(value, ends) for value, ends, _ in found])
    gain = Ends(-ends.upper, -ends.lower) if sign < 0 else ends
    first = pairs[0]
    return Effect(
        column,
        column_text(first[0], column, labels) or str(high),
        column_text(first[1], column, labels) or str(low),
        metric,
        sign * value,
        gain.lower,
        gain.upper,
        len(found),
        sum(len(members) for members in by_task.values()),
        sum(n for _, _, n in found),
    )


def factors(variables: Sequence[Variable], cells: Sequence[Cell]) -> Mapping[str, tuple[object, ...]]:
    """The columns whose effect can be told, with their levels from low to high, as the cells have them.

    A variable of more than two levels without an order has no such effect: who is best tells of it.
    """
    found: dict[str, tuple[object, ...]] = {}
    for variable in variables:
        held = {value_key(cell.columns.get(variable.name)) for cell in cells}
        levels = tuple(level for level in variable.ordered if value_key(level) in held)
        if len(levels) == 2 or (len(levels) > 2 and variable.kind is not Scale.CATEGORICAL):
            found[variable.name] = levels
    return found


def checkpoints(cells: Sequence[Cell]) -> tuple[int, ...]:
    """The checkpoints of these cells, in order."""
    return tuple(sorted({cell.epoch for cell in cells if cell.epoch is not None}))


def _pairs(
    column: str, low: object, high: object, metric: Metric, cells: Sequence[Cell]
) -> Iterator[tuple[Cell, Cell]]:
    """Pairs of evaluations alike in all else, the one with the high level first."""
    ends = [cell for cell in cells if any(same_value(cell.columns.get(column), end) for end in (low, high))]
    for group in groups_of(Asked(metric.id, (column,)), ends).groups:
        for a, b in group.pairs:
            yield (a, b) if same_value(a.columns.get(column), high) else (b, a)


def _of_task(members: Sequence[PairedSamples], scores: Range, level: float) -> tuple[float, Ends, int] | None:
    """The mean difference on one task with its interval: of several pairs on the samples that all share."""
    if len(members) == 1:
        found = difference_of(members[0], scores, level)
    else:
        shared = set(members[0].samples).intersection(*(one.samples for one in members[1:]))
        if 2 * len(shared) < min(len(one.samples) for one in members) or len(shared) < 2:
            return None
        found = difference_of(_averaged(members, shared), scores, level)
    if found.lower is None or found.upper is None or found.no_verdict is not None:
        return None
    return found.value, Ends(found.lower, found.upper), found.n


def _averaged(members: Sequence[PairedSamples], shared: set[str]) -> PairedSamples:
    samples = tuple(sample for sample in members[0].samples if sample in shared)
    firsts = [dict(zip(one.samples, one.a, strict=True)) for one in members]
    seconds = [dict(zip(one.samples, one.b, strict=True)) for one in members]
    clusters = dict(zip(members[0].samples, members[0].clusters or members[0].samples, strict=True))
    return PairedSamples(
        samples,
        tuple(fmean(of[sample] for of in firsts) for sample in samples),
        tuple(fmean(of[sample] for of in seconds) for sample in samples),
        members[0].matched_by,
        clusters=tuple(clusters[sample] for sample in samples) if members[0].clusters else None,
    )


def _combined(found: Sequence[tuple[float, Ends]]) -> tuple[float, Ends]:
    """The mean of independent differences, and its interval."""
    count = len(found)
    value = fmean(value for value, _ in found)
    below = math.hypot(*(value - ends.lower for value, ends in found)) / count
    above = math.hypot(*(ends.upper - value for value, ends in found)) / count
    return value, Ends(value - below, value + above)
