"""What a careful reader would notice in the results: each a sentence with its numbers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from vizspec.cells.benchmarks import OF_BENCHMARKS, Benchmark, benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.columns import text_of
from vizspec.cells.labels import is_of_task
from vizspec.cells.settings import differing, setting_text
from vizspec.comparisons.questions import Asked, groups_of
from vizspec.comparisons.record import Comparison
from vizspec.estimates.table import Estimates
from vizspec.logs.record import SAMPLE_LIMITS
from vizspec.metrics.catalogue import Catalogue, Metric
from vizspec.metrics.known_metrics import AUC, without_prefix
from vizspec.risk.record import LogRisk
from vizspec.samples.scored import NoScores, SampleScores
from vizspec.text.decimals import value_text
from vizspec.text.messages import counted, listed, shown
from vizspec.text.values import same_value

FEWEST_SAMPLES = 20
"""Fewer samples may be alike by chance."""

ROOM = 0.02
"""An accuracy that lies no farther from its range's end leaves little room to tell evaluations apart."""

MATTERS = 0.01
"""A difference in the area under a ROC curve that is worth a word."""

Name = Callable[[Cell], str]
Compare = Callable[[Cell, Cell, Metric], Comparison]


def unlike(cells: Sequence[Cell], name: Name) -> Iterator[str]:
    """In what evaluations that stand beside each other were set up otherwise, and no label tells it.

    Arguments of models are not looked at: every model has its own.
    """
    found: dict[str, str] = {}
    identity = {column for cell in cells for column in cell.identity}
    for members in _beside_each_other(cells).values():
        for column in differing([cell.log for cell in members], every=True):
            if column not in {*identity, *SAMPLE_LIMITS, *OF_BENCHMARKS} and not column.startswith(
                "model_args."
            ):
                found.setdefault(column, f"{column} ({_values_of(column, members, name)})")
    if found:
        yield f"Not all evaluations that are compared were set up alike: {listed(list(found.values()), 3)}."


def saturated(metric: Metric, cells: Sequence[Cell], estimates: Estimates) -> Iterator[str]:
    """Tasks on which most evaluations stand at an end of the metric's range."""
    if not metric.is_unit:
        return
    for benchmark, members in _by_task(cells).items():
        rows = (estimates.row(cell, metric) for cell in members)
        values = [row.value for row in rows if row is not None and row.value is not None]
        ends = {"ceiling": [v for v in values if v >= 1 - ROOM], "floor": [v for v in values if v <= ROOM]}
        for end, near in ends.items():
            if len(values) > 1 and 2 * len(near) > len(values):
                reach = f"{value_text(min(near))} to {value_text(max(near))}"
                yield (
                    f"{benchmark.task}: {len(near)} of {len(values)} evaluations stand at the {end} of "
                    f"{metric.label} ({reach}), so it can hardly tell them apart."
                )


def copied(
    cells: Sequence[Cell],
    scores: Mapping[Cell, SampleScores | NoScores],
    risk: Mapping[Cell, object],
    name: Name,
) -> Iterator[str]:
    """Evaluations that are alike sample by sample in every score: one may be a copy of the other."""
    alike: defaultdict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        found = scores.get(cell)
        if isinstance(found, SampleScores) and len(found.sample) >= FEWEST_SAMPLES and _varies(found):
            known = risk.get(cell)
            predictions = known.y_score if isinstance(known, LogRisk) else ()
            values = tuple(sorted(found.scores.items()))
            alike[cell.task, found.sample, found.question, values, predictions].append(cell)
    for (task, samples, *_), members in alike.items():
        if len(members) > 1 and isinstance(samples, tuple):
            yield (
                f"{listed([name(cell) for cell in members])} on {task} are alike in every score of all "
                f"{len(samples):,} samples: is one the copy of another?"
            )


def disagreeing(
    metric: Metric, leads: Sequence[Comparison], catalogue: Catalogue, estimates: Estimates, name: Name
) -> Iterator[str]:
    """Pairs of which one is surely better in the metric, and has the smaller area under the ROC curve."""
    areas = [one for one in catalogue.metrics if without_prefix(one.name) == AUC]
    sure = [row for row in leads if row.metric == metric and row.is_separate() and (row.gain or 0) > 0]
    for row in sure:
        for area in areas:
            a, b = estimates.row(row.a, area), estimates.row(row.b, area)
            if a is None or b is None or a.value is None or b.value is None or b.value - a.value < MATTERS:
                continue
            yield (
                f"{row.a.task}: {name(row.a)} is better than {name(row.b)} in {metric.label} by "
                f"{value_text(row.gain)}, and has the smaller {area.label} ({value_text(a.value)} against "
                f"{value_text(b.value)})."
            )


def no_better_than_a_constant(
    metric: Metric, cells: Sequence[Cell], estimates: Estimates, risk: Mapping[Cell, object], name: Name
) -> Iterator[str]:
    """Evaluations whose accuracy is no higher than that of one constant answer."""
    evaluations = []
    for cell in cells if metric.is_accuracy and metric.is_unit else ():
        row, known = estimates.row(cell, metric), risk.get(cell)
        if not isinstance(known, LogRisk) or row is None or row.value is None:
            continue
        share = max(known.n_positive, known.n_valid - known.n_positive) / known.n_valid
        if row.value <= share and known.n_valid >= FEWEST_SAMPLES:
            evaluations.append(
                f"{name(cell)} on {cell.task_name} ({value_text(row.value)} against {value_text(share)})"
            )
    if evaluations:
        always_alike = "always giving the same answer would make it"
        yield f"{metric.label} is no higher than {always_alike}: {listed(evaluations)}."


def not_monotone(
    column: str, levels: Sequence[object], metric: Metric, cells: Sequence[Cell], compare: Compare
) -> Iterator[str]:
    """Steps of an ordered variable that surely go against the way from its first level to its last."""
    if metric.better is None or len(levels) < 3:
        return
    for group in groups_of(Asked(metric.id, (column,)), cells).groups:
        members = list(dict.fromkeys(cell for pair in group.pairs for cell in pair))
        ordered = [c for level in levels for c in members if same_value(c.columns.get(column), level)]
        if len(ordered) < 3 or len(ordered) != len({str(c.columns.get(column)) for c in ordered}):
            continue
        whole = compare(ordered[-1], ordered[0], metric).gain or 0.0
        for below, above in pairwise(ordered):
            step = compare(above, below, metric)
            if step.gain is None or step.gain * whole >= 0 or not step.is_separate():
                continue
            group_name = f" ({group.name})" if group.name else ""
            yield (
                f"{column}: from {below.columns[column]} to {above.columns[column]} {metric.label} goes from "
                f"{value_text(step.value_b)} to {value_text(step.value_a)}, against its way from {levels[0]} "
                f"to {levels[-1]}{group_name}."
            )


def several(sentences: Sequence[str], most: int) -> tuple[str, ...]:
    """The first sentences, and how many more there are."""
    rest = len(sentences) - most
    more = (f"{counted(rest, 'more such thing was', 'more such things were')} noticed.",) if rest > 0 else ()
    return (*sentences[:most], *more)


def _by_task(cells: Sequence[Cell]) -> dict[Benchmark, list[Cell]]:
    on = benchmarks(cells)
    found: dict[Benchmark, list[Cell]] = {}
    for cell in cells:
        found.setdefault(on[cell], []).append(cell)
    return found


def _beside_each_other(cells: Sequence[Cell]) -> Mapping[tuple[object, ...], list[Cell]]:
    """The cells of one task, and of one condition of it."""
    on = benchmarks(cells)
    found: defaultdict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        own = [text_of(cell.columns.get(column)) for column in cell.identity if is_of_task(column)]
        found[on[cell], *own].append(cell)
    return found


def _values_of(column: str, cells: Sequence[Cell], name: Name) -> str:
    """`0 of small, 5 of large`: each value with the first that has it."""
    first: dict[str, str] = {}
    for cell in cells:
        value = cell.columns.get(column)
        first.setdefault("none" if value is None else shown(setting_text(value), 30)[1:-1], name(cell))
    return listed([f"{value} of {who}" for value, who in first.items()], 3)


def _varies(found: SampleScores) -> bool:
    """Whether some scorer tells samples apart: all right, or all wrong, may well come twice."""
    return any(len(set(column)) > 1 for column in found.scores.values())
