"""What each factor of the experiment, and the checkpoint, does to the metrics that a summary speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from vizspec.cells.cell import Cell
from vizspec.comparisons.effects import checkpoints, effect, factors
from vizspec.comparisons.measure import never_judged
from vizspec.comparisons.questions import EPOCH, OF_TASKS
from vizspec.comparisons.record import Effect, NoEffect
from vizspec.experiment.variables import make_variable
from vizspec.gather.pool import Pool
from vizspec.metrics.catalogue import Metric
from vizspec.spec.model import ReportSpec
from vizspec.views.scores_by_factor import ScoresByFactor

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec

ClusterOf = Callable[[Metric], str | None]
"""The clusters that the spec states for a metric."""


def cells_of_effects(spec: Spec, experiment: Experiment | None, pool: Pool) -> tuple[Cell, ...]:
    """The evaluations that effects are made of; none where no part of the report tells of them."""
    if not isinstance(spec.report, ReportSpec) or not pool.summed_up:
        return ()
    if len(checkpoints(pool.every_checkpoint)) > 1:
        return pool.every_checkpoint
    return pool.shown if _factors(spec, experiment, pool) else ()


def effects_of(
    spec: Spec, experiment: Experiment | None, pool: Pool, cluster: ClusterOf
) -> Iterator[Effect | NoEffect]:
    """What each factor does, and the last checkpoint against the first, a metric at a time.

    Nothing where no part of the report tells of it.
    """
    if not isinstance(spec.report, ReportSpec):
        return
    asked = [(column, levels, pool.shown) for column, levels in _factors(spec, experiment, pool).items()]
    epochs = checkpoints(pool.every_checkpoint)
    if len(epochs) > 1:
        asked.append((EPOCH, epochs, pool.every_checkpoint))
    for column, levels, cells in asked:
        found = []
        for metric, tasks in pool.summed_up.items():
            own = [cell for cell in cells if cell.task in tasks]
            found.append(_effect(column, levels, metric, own, spec, pool, cluster(metric)))
        effects = [one for one in found if isinstance(one, Effect)]
        yield from effects
        reasons = [one for one in found if isinstance(one, str)]
        if reasons and not effects:
            yield NoEffect(column, reasons[0])


def _factors(spec: Spec, experiment: Experiment | None, pool: Pool) -> Mapping[str, Sequence[object]]:
    """The factors of the design, and those that views show, with their levels."""
    variables = {one.name: one for one in (experiment.variables if experiment is not None else ())}
    for view in spec.views:
        if isinstance(view, ScoresByFactor) and view.factor not in variables:
            values = [cell.columns.get(view.factor) for cell in pool.shown]
            variables[view.factor] = make_variable(view.factor, [v for v in values if v is not None])
    return factors(list(variables.values()), pool.shown)


def _effect(
    column: str,
    levels: Sequence[object],
    metric: Metric,
    cells: Sequence[Cell],
    spec: Spec,
    pool: Pool,
    cluster: str | None,
) -> Effect | str:
    """The effect in one metric, or why none can be told."""
    if metric.better is None:
        return f"vizspec does not know which direction of {metric.label} is better"
    never = never_judged(metric)
    if never is not None:
        return never
    return effect(
        column,
        levels,
        metric,
        cells,
        partial(pool.measure, metric=metric, cluster=cluster),
        partial(pool.row, metric=metric, level=pool.level),
        pool.level,
        spec.data.labels,
        tuple(_sources(column, spec)),
    )


def _sources(column: str, spec: Spec) -> Iterator[str]:
    """What a derived column is made of; tasks are not among it, as no effect goes across them."""
    seen = {column}
    while (derived := spec.data.columns.get(column)) is not None and derived.source not in seen:
        column = derived.source
        seen.add(column)
        if column not in OF_TASKS:
            yield column
