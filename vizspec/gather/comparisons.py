"""The comparisons that a spec asks for: samples' scores read as far as they are needed, then compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vizspec.cells.benchmarks import Benchmark
from vizspec.cells.cell import Cell
from vizspec.cells.labels import label
from vizspec.cells.log_use import SelectedLogs
from vizspec.comparisons.answer import Comparer, table_of
from vizspec.comparisons.audits import (
    copied,
    disagreeing,
    no_better_than_a_constant,
    not_monotone,
    saturated,
    unlike,
)
from vizspec.comparisons.effects import checkpoints, effect, factors
from vizspec.comparisons.in_texts import InText, pairs_in_texts
from vizspec.comparisons.leads import Rivals, rivals
from vizspec.comparisons.measure import Measured, measure, never_judged
from vizspec.comparisons.questions import EPOCH, OF_TASKS, Asked, groups_of
from vizspec.comparisons.record import Comparison, Comparisons, Effect, NoEffect
from vizspec.errors import Loc, Problem, Problems
from vizspec.estimates.from_samples import Risks, may_have_risk
from vizspec.estimates.headlines import task_metrics
from vizspec.estimates.table import Estimate, Estimates, estimate
from vizspec.experiment.variables import ScaleType, make_variable
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError
from vizspec.gather.risk import gather_risk
from vizspec.gather.sample_scores import gather_scores
from vizspec.metrics.catalogue import Catalogue, Metric, score_of
from vizspec.samples.scored import NoScores, SampleScores
from vizspec.spec.model import ReportSpec
from vizspec.views.comparisons import ComparisonsEntry
from vizspec.views.scores_by_factor import ScoresByFactor

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.gather.options import Reading
    from vizspec.spec.model import Spec


@dataclass(frozen=True)
class Pool:
    """The evaluations that may be compared: those shown, and those of the checkpoints that are not.

    `estimates` has a table for each level, `scores` what was read of the samples, `risk` the risk values, by
    cell.
    """

    selected: SelectedLogs
    catalogue: Catalogue
    estimates: Mapping[float, Estimates]
    level: float
    risk: Risks = field(default_factory=dict)
    scores: Mapping[Cell, SampleScores | NoScores] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Cell, ...]:
        return self.selected.cells

    @cached_property
    def every_checkpoint(self) -> tuple[Cell, ...]:
        """The shown cells, and those of other checkpoints, in the order of their epochs."""
        cells = self.selected.every_checkpoint
        return tuple(sorted(cells, key=lambda cell: -1 if cell.epoch is None else cell.epoch))

    def cells(self, asked: Asked) -> tuple[Cell, ...]:
        """The cells that a question may mean."""
        return self.every_checkpoint if asked.speaks_of_epochs else self.shown

    def value(self, cell: Cell, metric: Metric) -> float | None:
        """A cell's estimate."""
        row = self.row(cell, metric, self.level)
        return row.value if row is not None else None

    def task_metrics(self, spec: Spec) -> Mapping[Benchmark, Metric]:
        """The metric that stands for each task."""
        row = self.estimates[self.level].row
        return task_metrics(self.shown, self.catalogue, spec.metrics.primary, row)

    def summed_up(self, spec: Spec) -> Mapping[Metric, Collection[str]]:
        """The metrics that a summary speaks of, each with the names of its tasks."""
        found: defaultdict[Metric, set[str]] = defaultdict(set)
        for benchmark, metric in self.task_metrics(spec).items():
            found[metric].add(benchmark.task)
        return found

    def row(self, cell: Cell, metric: Metric, level: float) -> Estimate | None:
        """A cell's estimate at a level."""
        known = self.estimates.get(level)
        row = known.row(cell, metric) if known is not None else None
        return row or estimate([cell], self.catalogue, level).row(cell, metric)

    def measure(self, cell: Cell, metric: Metric, cluster: str | None) -> Measured | str:
        """A cell's scores in a metric, a value a sample; their clusters are the log's own unless named."""
        key = cluster or cluster_of(cell, metric)
        return measure(cell, metric, self.scores.get(cell), self.risk.get(cell), key)


def stated_cluster(questions: Iterable[Question], metric: Metric) -> str | None:
    """The clusters that the spec states where it compares this metric: they hold for every sentence on it."""
    keys = (one.asked.cluster for one in questions if one.metric == metric)
    return next((key for key in keys if key is not None), None)


def cluster_of(cell: Cell, metric: Metric) -> str | None:
    """The key of the samples' metadata over whose values the log worked out the metric's standard error."""
    score = score_of(cell.log.scores, metric)
    return score.cluster if score is not None else None


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
    leaders = tuple(rivals_of(spec, pool))
    pairs = [(cell, one.asked.cluster, one.metric) for one in questions for cell in _compared(one, pool)]
    pairs += [
        (cell, stated_cluster(questions, one.metric), one.metric)
        for one in leaders
        for cell in (one.best, *one.others)
    ]
    labels, every = spec.data.labels, pool.every_checkpoint
    of_texts = tuple(pairs_in_texts(in_texts, pool.catalogue, pool.shown, every, labels))
    pairs += [(cell, None, metric) for a, b, metric in of_texts for cell in (a, b)]
    clusters = {key or cluster_of(cell, metric) for cell, key, metric in pairs}
    needed = tuple(dict.fromkeys((*(cell for cell, _, _ in pairs), *_of_effects(spec, experiment, pool))))
    ready = with_scores(spec, pool, needed, clusters, base, reading)
    comparer = Comparer(ready.measure, ready.row)
    level = spec.metrics.ci
    leads = tuple(
        comparer.compare(one.best, other, one.metric, level, cluster=stated_cluster(questions, one.metric))
        for one in leaders
        for other in one.others
    )
    effects = (
        tuple(_effects(spec, experiment, ready, questions)) if isinstance(spec.report, ReportSpec) else ()
    )
    found = Comparisons(
        tuple(
            table_of(asked, metric, ready.cells(asked), comparer, ready.value, spec.data.labels)
            for asked, metric, _ in questions
        ),
        leads,
        tuple(one for one in effects if isinstance(one, Effect)),
        tuple(one for one in effects if isinstance(one, NoEffect)),
        tuple(_notable(spec, experiment, ready, comparer, leads)),
        tuple(comparer.compare(a, b, metric, level) for a, b, metric in of_texts),
    )
    return found, ready


def _of_effects(spec: Spec, experiment: Experiment | None, pool: Pool) -> tuple[Cell, ...]:
    """The evaluations that effects are made of; none where no part of the report tells of them."""
    if not isinstance(spec.report, ReportSpec) or not pool.summed_up(spec):
        return ()
    if len(checkpoints(pool.every_checkpoint)) > 1:
        return pool.every_checkpoint
    return pool.shown if _factors(spec, experiment, pool) else ()


def _factors(spec: Spec, experiment: Experiment | None, pool: Pool) -> Mapping[str, Sequence[object]]:
    """The factors of the design, and those that views show, with their levels."""
    variables = {one.name: one for one in (experiment.variables if experiment is not None else ())}
    for view in spec.views:
        if isinstance(view, ScoresByFactor) and view.factor not in variables:
            values = [cell.columns.get(view.factor) for cell in pool.shown]
            variables[view.factor] = make_variable(view.factor, [v for v in values if v is not None])
    return factors(list(variables.values()), pool.shown)


def _effects(
    spec: Spec, experiment: Experiment | None, pool: Pool, questions: Sequence[Question]
) -> Iterator[Effect | NoEffect]:
    """What each factor does, and the last checkpoint against the first, a metric at a time."""
    asked = [(column, levels, pool.shown) for column, levels in _factors(spec, experiment, pool).items()]
    epochs = checkpoints(pool.every_checkpoint)
    if len(epochs) > 1:
        asked.append((EPOCH, epochs, pool.every_checkpoint))
    of_metric = pool.summed_up(spec)
    for column, levels, cells in asked:
        found = [
            _effect(
                column, levels, metric, [cell for cell in cells if cell.task in tasks], spec, pool, questions
            )
            for metric, tasks in of_metric.items()
        ]
        effects = [one for one in found if isinstance(one, Effect)]
        yield from effects
        reasons = [one for one in found if isinstance(one, str)]
        if reasons and not effects:
            yield NoEffect(column, reasons[0])


def _effect(
    column: str,
    levels: Sequence[object],
    metric: Metric,
    cells: Sequence[Cell],
    spec: Spec,
    pool: Pool,
    questions: Sequence[Question],
) -> Effect | str:
    """The effect in one metric, or why none can be told."""
    if metric.better is None:
        return f"vizspec does not know which direction of {metric.label} is better"
    never = never_judged(metric)
    if never is not None:
        return never
    level = spec.metrics.ci
    return effect(
        column,
        levels,
        metric,
        cells,
        partial(pool.measure, metric=metric, cluster=stated_cluster(questions, metric)),
        partial(pool.row, metric=metric, level=level),
        level,
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


def _notable(
    spec: Spec, experiment: Experiment | None, pool: Pool, comparer: Comparer, leads: tuple[Comparison, ...]
) -> Iterator[str]:
    """The audits, in the order of what they may cost a reader."""
    names = {one.cell: one.model for one in label(pool.shown, spec.data.labels)}
    of_metric = {
        metric: [cell for cell in pool.shown if cell.task in tasks]
        for metric, tasks in pool.summed_up(spec).items()
    }
    if not of_metric:
        return
    yield from copied(pool.shown, pool.scores, pool.risk, names.__getitem__)
    yield from unlike(pool.shown, names.__getitem__)
    for metric, cells in of_metric.items():
        yield from _unordered(experiment, metric, cells, comparer, pool.level)
    for metric, cells in of_metric.items():
        table = pool.estimates[pool.level]
        yield from disagreeing(metric, leads, pool.catalogue, table, names.__getitem__)
        yield from saturated(metric, cells, table)
        yield from no_better_than_a_constant(metric, cells, table, pool.risk, names.__getitem__)


def _unordered(
    experiment: Experiment | None, metric: Metric, cells: Sequence[Cell], comparer: Comparer, level: float
) -> Iterator[str]:
    """Where scores go against the order of a variable's levels."""
    if never_judged(metric) is not None or experiment is None:
        return
    for variable in experiment.variables:
        if variable.kind in (ScaleType.ORDINAL, ScaleType.CONTINUOUS):
            yield from not_monotone(
                variable.name,
                variable.ordered,
                metric,
                cells,
                lambda a, b, of: comparer.compare(a, b, of, level),
            )


def rivals_of(spec: Spec, pool: Pool) -> Iterator[Rivals]:
    """Who is to be compared for the summary: on each task the best with each other."""
    return rivals(pool.shown, pool.task_metrics(spec), pool.estimates[pool.level].row)


def questions_of(spec: Spec, catalogue: Catalogue) -> Iterator[Question]:
    """The questions of the spec in every metric that the logs hold."""
    for place, entry in enumerate(spec.comparisons):
        for metric in metrics_of(entry.metric, spec, catalogue):
            yield Question(entry.asked(metric.id, spec.metrics.ci), metric, ("comparisons", place, "where"))
    for place, view in enumerate(spec.views):
        if isinstance(view, ComparisonsEntry) and (view.compare is not None or not spec.comparisons):
            for metric in catalogue.select(view.metrics):
                yield Question(view.asked(metric.id, spec.metrics.ci), metric, ("views", place, "where"))


def metrics_of(patterns: Sequence[str], spec: Spec, catalogue: Catalogue) -> tuple[Metric, ...]:
    """The metrics that patterns mean; without any, the primary one."""
    primary = catalogue.primary(spec.metrics.primary)
    if not patterns:
        return (primary,) if primary is not None else ()
    return catalogue.select(patterns)


def _compared(question: Question, pool: Pool) -> Iterator[Cell]:
    if never_judged(question.metric) is not None:
        return
    try:
        groups = groups_of(question.asked, pool.cells(question.asked)).groups
    except ExpressionError as error:
        raise Problems([Problem(question.where, str(error), HOW_TO_COMPARE)]) from error
    for group in groups:
        for pair in group.pairs:
            yield from pair


def with_scores(
    spec: Spec,
    pool: Pool,
    cells: Sequence[Cell],
    clusters: Iterable[str | None],
    base: Path,
    reading: Reading,
) -> Pool:
    """The pool with the scores, and the risk values, of these cells' samples."""
    keys = {key for key in clusters if key is not None}
    unread = [cell for cell in cells if not _is_read(pool.scores.get(cell), keys)]
    scores = gather_scores(unread, keys, base, reading)
    more = [cell for cell in cells if cell not in pool.risk and may_have_risk(cell)]
    risk = gather_risk(more, base, spec.metrics.positive, reading) if more else {}
    return replace(pool, scores={**pool.scores, **scores}, risk={**pool.risk, **risk})


def _is_read(found: SampleScores | NoScores | None, metadata: Collection[str]) -> bool:
    """Whether all that is wanted of a log's samples was read of it before."""
    return isinstance(found, NoScores) or (found is not None and found.metadata.keys() >= set(metadata))
