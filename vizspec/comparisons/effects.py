"""What a factor, or the checkpoint, does all else equal: over all pairs that differ in it alone. Pure.

A sample's gains in several pairs are averaged within it first, as repeats are, also where several tasks ask
the same samples in several ways. The means over sets of samples, which are independent, are combined by MOVER
(Zou, Donner 2008).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels, column_text
from vizspec.comparisons.differences import difference_of, scores_of
from vizspec.comparisons.logged import logged_difference
from vizspec.comparisons.measure import Measured, NotReadable
from vizspec.comparisons.pairing import PairedSamples, pair
from vizspec.comparisons.questions import Asked, groups_of
from vizspec.comparisons.record import Effect
from vizspec.estimates.table import Estimate
from vizspec.experiment.variables import ScaleType, Variable
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.arrays import Range
from vizspec.statistics.contrasts import Difference
from vizspec.statistics.intervals import Interval
from vizspec.text.values import same_value, value_key

_Pair = tuple[Cell, Cell]
MeasureCell = Callable[[Cell], Measured | str]
LoggedRow = Callable[[Cell], Estimate | None]
"""What a cell's log stores of the metric, at the level."""

TOO_FEW_SHARED = "its pairs share too few samples, or samples of one id that ask something else"
NO_PAIR = "no two evaluations on one task differ in it and are alike in all else"


class _Gain(NamedTuple):
    """The mean difference on one set of samples, with its interval, the pairs and the samples behind it.

    `tasks`: how many tasks ask these samples.
    """

    value: float
    ends: Interval
    pairs: int
    n: int
    tasks: int = 1


def effect(
    column: str,
    levels: Sequence[object],
    metric: Metric,
    cells: Sequence[Cell],
    measure: MeasureCell,
    logged: LoggedRow,
    level: float,
    labels: Labels | None = None,
    sources: Sequence[str] = (),
) -> Effect | str:
    """The effect of the last of a column's levels against the first, or why none can be told.

    Of pairs on the same samples; where there is none, of what the logs store. `sources` are the columns that
    the column is derived from: they differ with it, and are not held equal.
    """
    low, high = levels[0], levels[-1]
    pairs = list(_pairs((column, *sources), low, high, metric, cells))
    if not pairs:
        return NO_PAIR
    of_samples = _by_samples(pairs, benchmarks(cells), measure)
    paired = [_with_tasks(tasks, lambda some: _on_samples(some, measure, level)) for tasks in of_samples]
    found, why = [one for one in paired if isinstance(one, _Gain)], None
    if not found:
        why = next(one for one in paired if isinstance(one, str))
        stored = [_with_tasks(tasks, lambda some: _as_logged(some, measure, logged)) for tasks in of_samples]
        found = [one for one in stored if isinstance(one, _Gain)]
        if not found:
            unknown = next(one for one in stored if isinstance(one, str))
            return f"{why}, and {unknown}" if unknown != why else why
    first = pairs[0]
    value, ends = _combined(found)
    gain = ends.negated if metric.better == "lower" else ends
    return Effect(
        column,
        column_text(first[0], column, labels) or str(high),
        column_text(first[1], column, labels) or str(low),
        metric,
        -value if metric.better == "lower" else value,
        gain.lower,
        gain.upper,
        sum(one.tasks for one in found),
        sum(one.pairs for one in found),
        sum(one.n for one in found),
        why,
    )


def _by_samples(
    pairs: Sequence[_Pair], on: Mapping[Cell, Benchmark], measure: MeasureCell
) -> list[dict[Benchmark, list[_Pair]]]:
    """The pairs of each set of samples, by the tasks that ask it."""
    sets: dict[Benchmark, Hashable] = {}
    found: defaultdict[Hashable, dict[Benchmark, list[_Pair]]] = defaultdict(dict)
    for one in pairs:
        benchmark = on[one[0]]
        if benchmark not in sets:
            sets[benchmark] = _sample_set(one[0], measure(one[0])) or benchmark
        found[sets[benchmark]].setdefault(benchmark, []).append(one)
    return list(found.values())


def _sample_set(cell: Cell, measured: Measured | str) -> Hashable:
    """What tells the samples of an evaluation from those of others; None where nothing does."""
    dataset = cell.log.setup.dataset
    if dataset.sample_ids is not None and (dataset.name or dataset.location):
        return dataset.name, dataset.location, dataset.sample_ids
    if isinstance(measured, Measured) and all(measured.question):
        return measured.question
    return None


def _with_tasks(
    tasks: Mapping[Benchmark, Sequence[_Pair]], gain: Callable[[Sequence[_Pair]], _Gain | str]
) -> _Gain | str:
    """The gain on one set of samples: of all its tasks at once, else as if their errors went together."""
    whole = gain([one for some in tasks.values() for one in some])
    if isinstance(whole, _Gain) or len(tasks) == 1:
        return whole._replace(tasks=len(tasks)) if isinstance(whole, _Gain) else whole
    each = [gain(some) for some in tasks.values()]
    known = [one for one in each if isinstance(one, _Gain)]
    if not known:
        return whole
    ends = Interval(fmean(one.ends.lower for one in known), fmean(one.ends.upper for one in known))
    value, pairs = fmean(one.value for one in known), sum(one.pairs for one in known)
    return _Gain(value, ends, pairs, max(one.n for one in known), len(known))


def _on_samples(members: Sequence[_Pair], measure: MeasureCell, level: float) -> _Gain | str:
    """The gain on one task by pairs on the same samples, or why there is none."""
    matched: list[PairedSamples] = []
    reach: list[Range] = []
    reason = TOO_FEW_SHARED
    for above, below in members:
        a, b = measure(above), measure(below)
        if isinstance(a, str) or isinstance(b, str):
            reason = _why((above, a), (below, b))
        elif a.truth is not None:
            reason = "gains in areas under ROC curves are not averaged"
        elif (one := pair(a, b)).is_enough and not one.is_changed:
            matched.append(one)
            reach.append(scores_of(a, b))
    if not matched:
        return reason
    found = _of_task(matched, reach[0] if len(set(reach)) == 1 else Range(), level)
    return found if found is not None else "the shared samples give no interval"


def _why(*sides: tuple[Cell, Measured | str]) -> str:
    return next(f"{cell.log.location} {found}" for cell, found in sides if isinstance(found, str))


def _as_logged(members: Sequence[_Pair], measure: MeasureCell, logged: LoggedRow) -> _Gain | str:
    """The gain on one task by what the logs store, or why there is none; nothing that samples deny.

    Errors of pairs on one task may go together, so that their mean has the mean of their intervals' widths.
    """
    found: list[Difference] = []
    counts: list[int] = []
    reason = "no interval is known"
    for above, below in members:
        a, b = logged(above), logged(below)
        denied = [(cell, of) for cell in (above, below) if _is_denied(of := measure(cell))]
        if denied:
            reason = _why(*denied)
            continue
        one = "no estimate is known" if a is None or b is None else logged_difference(a, b)
        if isinstance(one, str) or one.no_verdict is not None or one.lower is None or one.upper is None:
            reason = one if isinstance(one, str) else one.no_verdict or reason
            continue
        found.append(one)
        counts.append(min((row.n for row in (a, b) if row is not None and row.n is not None), default=0))
    if not found:
        return reason
    ends = Interval(fmean(one.lower or 0.0 for one in found), fmean(one.upper or 0.0 for one in found))
    return _Gain(fmean(one.value for one in found), ends, len(found), min(counts))


def factors(variables: Sequence[Variable], cells: Sequence[Cell]) -> Mapping[str, tuple[object, ...]]:
    """The columns whose effect can be told, with their levels from low to high, as the cells have them.

    A variable of more than two levels without an order has no such effect: who is best tells of it.
    """
    found: dict[str, tuple[object, ...]] = {}
    for variable in variables:
        held = {value_key(cell.columns.get(variable.name)) for cell in cells}
        levels = tuple(level for level in variable.ordered if value_key(level) in held)
        if len(levels) == 2 or (len(levels) > 2 and variable.kind is not ScaleType.CATEGORICAL):
            found[variable.name] = levels
    return found


def checkpoints(cells: Sequence[Cell]) -> tuple[int, ...]:
    """The checkpoints of these cells, in order."""
    return tuple(sorted({cell.epoch for cell in cells if cell.epoch is not None}))


def _pairs(
    among: tuple[str, ...], low: object, high: object, metric: Metric, cells: Sequence[Cell]
) -> Iterator[tuple[Cell, Cell]]:
    """Pairs of evaluations at both levels of the first column, alike in all else; the high level first."""
    level_of = {cell: cell.columns.get(among[0]) for cell in cells}
    ends = [cell for cell in cells if any(same_value(level_of[cell], end) for end in (low, high))]
    for group in groups_of(Asked(metric.id, among), ends).groups:
        for a, b in group.pairs:
            if not same_value(level_of[a], level_of[b]):
                yield (a, b) if same_value(level_of[a], high) else (b, a)


def _is_denied(measured: Measured | str) -> bool:
    """Whether samples are there, and do not give what the log stores."""
    return isinstance(measured, str) and not isinstance(measured, NotReadable)


def _of_task(members: Sequence[PairedSamples], scores: Range, level: float) -> _Gain | None:
    """The mean difference on one task with its interval: of several pairs on all samples of any of them."""
    whole = members[0] if len(members) == 1 else _averaged(members)
    if len(whole.samples) < 2:
        return None
    found = difference_of(whole, scores, level)
    if found.lower is None or found.upper is None or found.no_verdict is not None:
        return None
    return _Gain(found.value, Interval(found.lower, found.upper), len(members), found.n)


def _averaged(members: Sequence[PairedSamples]) -> PairedSamples:
    """Each sample with its mean scores over the pairs that have it.

    Samples that are matched by what they ask may have another id in each pair: those count that all have.
    """
    is_by_input = any(one.matched_by == "input" for one in members)
    firsts: defaultdict[str, list[float]] = defaultdict(list)
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    clusters: dict[str, str] = {}
    for one in members:
        for sample, a, b in zip(one.samples, one.a, one.b, strict=True):
            firsts[sample].append(a)
            seconds[sample].append(b)
        clusters |= dict(zip(one.samples, one.clusters or (), strict=False))
    fewest = len(members) if is_by_input else 1
    samples = tuple(sample for sample, values in firsts.items() if len(values) >= fewest)
    return PairedSamples(
        samples,
        tuple(fmean(firsts[sample]) for sample in samples),
        tuple(fmean(seconds[sample]) for sample in samples),
        members[0].matched_by,
        clusters=tuple(clusters.get(sample, sample) for sample in samples) if clusters else None,
    )


def _combined(found: Sequence[_Gain]) -> tuple[float, Interval]:
    """The mean of independent differences over all their tasks, and its interval."""
    count = sum(one.tasks for one in found)
    value = sum(one.tasks * one.value for one in found) / count
    below = math.hypot(*(one.tasks * (one.value - one.ends.lower) for one in found)) / count
    above = math.hypot(*(one.tasks * (one.ends.upper - one.value) for one in found)) / count
    return value, Interval(value - below, value + above)
