"""Which metric stands for each task: the one by which a summary ranks its evaluations. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.cell import Cell
from vizspec.estimates.table import Estimate, Estimates
from vizspec.metrics.catalogue import Catalogue, Metric, scorer_name
from vizspec.metrics.known_metrics import HEADLINE
from vizspec.metrics.score import MetricName

RowOf = Callable[[Cell, Metric], Estimate | None]


def headlines_of(cells: Sequence[Cell]) -> frozenset[MetricName]:
    """The metrics that stand for the evaluations' tasks, as far as tasks or their suite tell."""
    return frozenset(cell.log.headline for cell in cells if cell.log.headline is not None)


def default_metric(cells: Sequence[Cell], catalogue: Catalogue) -> MetricName | None:
    """The metric that a summary speaks of by default, where the first accuracy is not it.

    That of a headline; that which every evaluation declares; else the first accuracy that is on every task.
    """
    for metric in catalogue.metrics:
        if metric.scorer == HEADLINE:
            return MetricName(metric.scorer, metric.name)
    declared = {cell.log.headline for cell in cells}
    if len(declared) == 1 and None not in declared:
        return declared.pop()
    every = {cell.task for cell in cells}
    of_tasks: defaultdict[MetricName, set[str]] = defaultdict(set)
    for cell in cells:
        for name in _valued(cell):
            of_tasks[name].add(cell.task)
    names = (MetricName(metric.scorer, metric.name) for metric in catalogue.accuracy)
    return next((name for name in names if of_tasks[name] == every), None)


def task_metrics(
    cells: Sequence[Cell], catalogue: Catalogue, wanted: str | None, row: RowOf
) -> Mapping[Benchmark, Metric]:
    """The metric that stands for each benchmark; those on which it has no value are missing.

    The `wanted` one for all of them; else the headline of all where it has a better direction, then the
    task's own, then the default one, then any in the catalogue's order.
    """
    of_benchmark: defaultdict[Benchmark, list[Cell]] = defaultdict(list)
    for cell, benchmark in benchmarks(cells).items():
        of_benchmark[benchmark].append(cell)
    found: dict[Benchmark, Metric] = {}
    for benchmark, members in of_benchmark.items():
        for metric in _candidates(members, catalogue, wanted):
            if any(_has_value(row(cell, metric)) for cell in members):
                found[benchmark] = metric
                break
    return found


def headed(estimates: Estimates) -> Estimates:
    """The estimates, those of a headline once more as the rows that they stand for, which may be worked out
    from samples."""
    return replace(estimates, rows=tuple(_headed(row, estimates) for row in estimates.rows))


def _headed(row: Estimate, estimates: Estimates) -> Estimate:
    if row.metric.scorer != HEADLINE:
        return row
    name = next((score.stands_for for score in row.cell.log.scores if score.stands_for is not None), None)
    own = estimates.named(row.cell, name) if name is not None else None
    return row if own is None else replace(own, metric=row.metric)


def _candidates(cells: Sequence[Cell], catalogue: Catalogue, wanted: str | None) -> Iterator[Metric]:
    primary = catalogue.primary(wanted)
    is_of_all = primary is not None and primary.scorer == HEADLINE
    if primary is not None and (not is_of_all if wanted is not None else is_of_all and primary.better):
        yield primary
    if wanted is not None and not is_of_all:
        return
    times = Counter(cell.log.headline for cell in cells if cell.log.headline is not None)
    own = (catalogue.named(name) for name, _ in times.most_common())
    yield from (metric for metric in own if metric is not None)
    rest = (*catalogue.accuracy, *catalogue.supplementary)
    yield from ((primary, *rest) if primary is not None and not is_of_all else rest)


def _has_value(row: Estimate | None) -> bool:
    return row is not None and row.value is not None


def _valued(cell: Cell) -> Iterator[MetricName]:
    for score in cell.log.scores:
        for name, value in score.metrics.items():
            if value is not None:
                yield MetricName(scorer_name(score), name)
