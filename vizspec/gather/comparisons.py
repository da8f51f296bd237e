"""The comparisons that a spec asks for: samples' scores read as far as they are needed, then compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vizspec.cells.cell import Cell
from vizspec.cells.labels import label
from vizspec.comparisons.answer import Comparer, table_of
from vizspec.comparisons.audits import (
    Compare,
    copied,
    disagreeing,
    no_better_than_a_constant,
    not_monotone,
    saturated,
    unlike,
)
from vizspec.comparisons.in_texts import InText, pairs_in_texts
from vizspec.comparisons.leads import Rivals, rivals
from vizspec.comparisons.measure import never_judged
from vizspec.comparisons.questions import Asked, groups_of
from vizspec.comparisons.record import Comparison, Comparisons, Effect, NoEffect
from vizspec.errors import Loc, Problem, Problems
from vizspec.experiment.variables import ScaleType
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError
from vizspec.gather.effects import cells_of_effects, effects_of
from vizspec.gather.pool import Pool, cluster_of, with_scores
from vizspec.metrics.catalogue import Catalogue, Metric
from vizspec.views.comparisons import ComparisonsEntry

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.gather.options import Reading
    from vizspec.spec.model import Spec


class Question(NamedTuple):
    """A question with its metric, and the place of its `where` in the spec."""

    asked: Asked
    metric: Metric
    where: Loc


def gather_comparisons(
    spec: Spec,
    experiment: Experiment | None,
    pool: Pool,
    base: Path,
    reading: Reading,
    in_texts: Sequence[InText] = (),
) -> tuple[Comparisons, Pool]:
    """The answer to every question of the spec, and of texts, and the pool with the samples that were read.

    No sample is read where there is no question.

    Raises:
        Problems: a `where` cannot be worked out.
        UserError: the processes or the cluster that should read the logs failed.
    """
    questions = tuple(questions_of(spec, pool.catalogue))
    leaders = tuple(rivals_of(pool))
    cluster = partial(stated_cluster, questions)
    pairs = [(cell, one.asked.cluster, one.metric) for one in questions for cell in _compared(one, pool)]
    pairs += [(cell, cluster(one.metric), one.metric) for one in leaders for cell in (one.best, *one.others)]
    labels, every = spec.data.labels, pool.every_checkpoint
    of_texts = tuple(pairs_in_texts(in_texts, pool.catalogue, pool.shown, every, labels))
    pairs += [(cell, cluster(metric), metric) for a, b, metric in of_texts for cell in (a, b)]
    of_effects = cells_of_effects(spec, experiment, pool)
    pairs += [(cell, cluster(metric), metric) for cell in of_effects for metric in pool.summed_up]
    clusters = {key or cluster_of(cell, metric) for cell, key, metric in pairs}
    needed = tuple(dict.fromkeys(cell for cell, _, _ in pairs))
    ready = with_scores(spec, pool, needed, clusters, base, reading)
    comparer = Comparer(ready.measure, ready.row)

    def compare(a: Cell, b: Cell, metric: Metric) -> Comparison:
        return comparer.compare(a, b, metric, pool.level, cluster=cluster(metric))

    leads = tuple(compare(one.best, other, one.metric) for one in leaders for other in one.others)
    effects = tuple(effects_of(spec, experiment, ready, cluster))
    found = Comparisons(
        tuple(
            table_of(asked, metric, _meant(asked, ready), comparer, ready.value, spec.data.labels)
            for asked, metric, _ in questions
        ),
        leads,
        tuple(one for one in effects if isinstance(one, Effect)),
        tuple(one for one in effects if isinstance(one, NoEffect)),
        tuple(_notable(spec, experiment, ready, compare, leads)),
        tuple(compare(a, b, metric) for a, b, metric in of_texts),
    )
    return found, ready


def _notable(
    spec: Spec, experiment: Experiment | None, pool: Pool, compare: Compare, leads: tuple[Comparison, ...]
) -> Iterator[str]:
    """The audits, in the order of what they may cost a reader."""
    names = {one.cell: one.model for one in label(pool.shown, spec.data.labels)}
    of_metric = {
        metric: [cell for cell in pool.shown if cell.task in tasks]
        for metric, tasks in pool.summed_up.items()
    }
    if not of_metric:
        return
    yield from copied(pool.shown, pool.scores, pool.risk, names.__getitem__)
    yield from unlike(pool.shown, names.__getitem__)
    for metric, cells in of_metric.items():
        yield from _unordered(experiment, metric, cells, compare)
    for metric, cells in of_metric.items():
        table = pool.estimates[pool.level]
        yield from disagreeing(metric, leads, pool.catalogue, table, names.__getitem__)
        yield from saturated(metric, cells, table)
        yield from no_better_than_a_constant(metric, cells, table, pool.risk, names.__getitem__)


def _unordered(
    experiment: Experiment | None, metric: Metric, cells: Sequence[Cell], compare: Compare
) -> Iterator[str]:
    """Where scores go against the order of a variable's levels."""
    if never_judged(metric) is not None or experiment is None:
        return
    for variable in experiment.variables:
        if variable.kind in (ScaleType.ORDINAL, ScaleType.CONTINUOUS):
            yield from not_monotone(variable.name, variable.ordered, metric, cells, compare)


def rivals_of(pool: Pool) -> Iterator[Rivals]:
    """Who is to be compared for the summary: on each task the best with each other."""
    return rivals(pool.shown, pool.task_metrics, pool.estimates[pool.level].row)


def questions_of(spec: Spec, catalogue: Catalogue) -> Iterator[Question]:
    """The questions of the spec in every metric that the logs hold."""
    for place, entry in enumerate(spec.comparisons):
        for metric in metrics_of(entry.metric, spec, catalogue):
            yield Question(entry.asked(metric.id, spec.metrics.ci), metric, ("comparisons", place, "where"))
    for place, view in enumerate(spec.views):
        if isinstance(view, ComparisonsEntry) and (view.compare is not None or not spec.comparisons):
            for metric in catalogue.select(view.metrics):
                yield Question(view.asked(metric.id, spec.metrics.ci), metric, ("views", place, "where"))


def stated_cluster(questions: Iterable[Question], metric: Metric) -> str | None:
    """The clusters that the spec states where it compares this metric: they hold for every sentence on it."""
    keys = (one.asked.cluster for one in questions if one.metric == metric)
    return next((key for key in keys if key is not None), None)


def metrics_of(patterns: Sequence[str], spec: Spec, catalogue: Catalogue) -> tuple[Metric, ...]:
    """The metrics that patterns mean; without any, the primary one."""
    primary = catalogue.primary(spec.metrics.primary)
    if not patterns:
        return (primary,) if primary is not None else ()
    return catalogue.select(patterns)


def _meant(asked: Asked, pool: Pool) -> tuple[Cell, ...]:
    """The cells that a question may mean."""
    return pool.every_checkpoint if asked.speaks_of_epochs else pool.shown


def _compared(question: Question, pool: Pool) -> Iterator[Cell]:
    if never_judged(question.metric) is not None:
        return
    try:
        groups = groups_of(question.asked, _meant(question.asked, pool)).groups
    except ExpressionError as error:
        raise Problems([Problem(question.where, str(error), HOW_TO_COMPARE)]) from error
    for group in groups:
        for pair in group.pairs:
            yield from pair
