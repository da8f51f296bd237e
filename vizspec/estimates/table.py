"""Estimates: a row per cell and metric with its value, interval, and how the interval came about.

Every chart, table and sentence reads these rows; nothing else computes a number that is shown.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from vizspec.cells.cell import Cell
from vizspec.estimates.counts import (
    HAVE_STDERR,
    PROPORTIONS,
    ScoresOfCells,
    clusters_behind,
    clusters_of,
    measure,
    samples_behind,
    samples_meant,
    scores_behind,
    shares,
)
from vizspec.estimates.standard_errors import standard_error
from vizspec.metrics.catalogue import Catalogue, Metric, scorer_name
from vizspec.metrics.known_metrics import without_prefix
from vizspec.metrics.score import MetricName, Score
from vizspec.samples.scored import SampleScores
from vizspec.statistics.arrays import Range, is_of_rounding
from vizspec.statistics.errors_of_numbers import ERRORS, ERRORS_OF_SAMPLE
from vizspec.statistics.intervals import Interval, from_stderr
from vizspec.statistics.means import Mean, few_clusters, mean
from vizspec.statistics.method import Method
from vizspec.statistics.wilson import wilson, wilson_effective

NO_SAMPLES = "no samples"
"""What scorers give where there are none (an accuracy of 0) says nothing of the model."""


@dataclass(frozen=True)
class Estimate:
    """One metric of one cell.

    `value` is None where the log has no finite number; `lower` and `upper` are None where nothing is
    known of the uncertainty. `n` counts the samples that the value is made of, `meant` those that were
    evaluated, of which some may have no score; None where the log does not tell.
    `note` is the reason why something is unknown, or a remark on the number. Of calibration errors, `noise`
    is the error that calibrated predictions like these hardly ever exceed (a value up to it tells nothing),
    and `unbiased` the error without that of noise. `no_verdict`: why nothing may be decided by the interval;
    None where it may.
    """

    cell: Cell
    metric: Metric
    level: float
    value: float | None
    lower: float | None = None
    upper: float | None = None
    stderr: float | None = None
    n: int | None = None
    method: Method = Method.NONE
    note: str | None = None
    meant: int | None = None
    noise: float | None = None
    unbiased: float | None = None
    no_verdict: str | None = None

    @property
    def has_interval(self) -> bool:
        return self.lower is not None and self.upper is not None

    @property
    def is_partial(self) -> bool:
        """Whether some of the samples that were evaluated have no part in the value."""
        return self.n is not None and self.meant is not None and self.n < self.meant

    @property
    def is_outside(self) -> bool:
        """Whether the value lies where its metric cannot: such a value is ranked nowhere."""
        return self.value is not None and not self.metric.admits(self.value)


@dataclass(frozen=True)
class Estimates:
    """All estimates at one confidence level, in the order of cells and metrics."""

    level: float
    rows: tuple[Estimate, ...] = ()

    def of(self, metric: Metric, cells: Iterable[Cell] | None = None) -> tuple[Estimate, ...]:
        """The rows of one metric, of some cells only where they are named."""
        wanted = None if cells is None else set(cells)
        return tuple(
            row
            for row in self.rows
            if (row.metric.scorer, row.metric.name) == (metric.scorer, metric.name)
            and (wanted is None or row.cell in wanted)
        )

    def row(self, cell: Cell, metric: Metric) -> Estimate | None:
        """The one row of a cell and a metric; None where the cell's log lacks the scorer."""
        return self.named(cell, MetricName(metric.scorer, metric.name))

    def named(self, cell: Cell, name: MetricName) -> Estimate | None:
        """The one row of a cell and the metric of this name."""
        return self._index.get((cell, *name))

    @cached_property
    def _index(self) -> dict[tuple[Cell, str, str], Estimate]:
        return {(row.cell, row.metric.scorer, row.metric.name): row for row in self.rows}


def estimate(
    cells: Sequence[Cell], catalogue: Catalogue, level: float, values: ScoresOfCells = MappingProxyType({})
) -> Estimates:
    """The estimates that the logs' stored results give, with what the samples tell of them."""
    known = shares(cells, values)
    rows = (row for cell in cells for row in _rows(cell, catalogue, level, values.get(cell), known))
    return Estimates(level, tuple(rows))


def _rows(
    cell: Cell,
    catalogue: Catalogue,
    level: float,
    values: SampleScores | None,
    known_shares: Container[tuple[str, str, str]],
) -> Iterator[Estimate]:
    scores = {scorer_name(score): score for score in reversed(cell.log.scores)}
    for metric in catalogue.metrics:
        score = scores.get(metric.scorer)
        if score is None or metric.name not in score.metrics:
            continue
        name = score.stands_for or MetricName(metric.scorer, metric.name)
        own = replace(metric, scorer=name.scorer, name=name.name) if score.stands_for else metric
        is_share = (cell.log.location, *name) in known_shares
        row = _estimate(cell, catalogue.named(name) or own, scores[name.scorer], level, values, is_share)
        yield replace(row, metric=metric)


def _estimate(
    cell: Cell, metric: Metric, score: Score, level: float, values: SampleScores | None, is_share: bool
) -> Estimate:
    value = score.metrics.get(metric.name)
    n, meant = samples_behind(cell.log, metric, score, values), samples_meant(cell.log, metric)
    if value is None:
        return Estimate(cell, metric, level, None, n=n, meant=meant, note="the log holds no finite value")
    if n == 0:
        return Estimate(cell, metric, level, None, n=0, meant=meant, note=NO_SAMPLES)
    value = metric.rounded(value)
    known = Estimate(
        cell, metric, level, value, stderr=standard_error(metric, score, n, values), n=n, meant=meant
    )
    if not metric.admits(value):
        return replace(known, note=f"outside the range of {metric.label}: no interval")
    if n is not None and metric.is_unit and (is_share or _are_all_alike(metric, score, value)):
        lower, upper = wilson(value, n, level)
        return replace(known, lower=lower, upper=upper, method=Method.WILSON)
    if (found := _from_samples(metric, score, value, level, values)) is not None:
        return _with_mean(known, found)
    if (of_numbers := _of_numbers(known, score, values)) is not None:
        return of_numbers
    if (logged := _logged(metric, score, level)) is not None:
        lower, upper = logged
        return replace(known, lower=lower, upper=upper, method=Method.LOGGED)
    return _with_stderr(known, score, values)


def _with_stderr(known: Estimate, score: Score, values: SampleScores | None) -> Estimate:
    """The estimate with the interval of its standard error, or the reason why it has none."""
    n, metric = known.n, known.metric
    is_clustered = score.cluster is not None and metric.name not in score.groups
    if score.cluster is not None and is_clustered:
        n = clusters_behind(score, score.cluster, values)
        if n is None and known.stderr is not None:
            return replace(known, note=f"the clusters ({score.cluster}) could not be counted: no interval")
    note = _why_no_interval(known, known.stderr, n, "clusters" if is_clustered else "samples")
    if note is not None or known.value is None or known.stderr is None:
        return replace(known, note=note)
    (lower, upper), method = _by_stderr(metric, known.value, known.stderr, n, known.level)
    held = replace(known, lower=lower, upper=upper, method=method)
    return _undecided(held, few_clusters(n) if is_clustered and n is not None else None)


def _by_stderr(
    metric: Metric, value: float, stderr: float, n: int | None, level: float
) -> tuple[Interval, Method]:
    """The interval of a mean of which the value and its standard error are known.

    Within 0 and 1 a mean is a share of so many independent samples as give this standard error: value ± t ·
    se is too short near the ends of the range, and reaches beyond them.
    """
    if metric.is_unit and 0 < value < 1:
        degrees = None if n is None else n - 1
        return wilson_effective(value, stderr, level, degrees), Method.WILSON_EFFECTIVE
    method = Method.NORMAL if n is None else Method.STUDENT
    return from_stderr(value, stderr, n, level, metric.lowest, metric.highest), method


def _from_samples(
    metric: Metric, score: Score, value: float, level: float, values: SampleScores | None
) -> Mean | None:
    """The mean of the samples' scores; None where the metric is not that mean, or scores are not known."""
    # errors of numbers are a mean of scores where a scorer gives each sample its error
    is_mean = measure(metric.name, score) in HAVE_STDERR or without_prefix(metric.name) in ERRORS_OF_SAMPLE
    if values is None or not is_mean:
        return None
    scores = scores_behind(metric.name, score, values)
    if len(scores) < 2 or not all(metric.admits(one) for one in scores.values()):
        return None
    if not math.isclose(math.fsum(scores.values()) / len(scores), value, rel_tol=1e-6, abs_tol=1e-9):
        return None
    clusters = None
    if score.cluster is not None and metric.name not in score.groups:
        clusters = clusters_of(score, score.cluster, values)
        if clusters is None:
            return None
    return mean(
        list(scores.values()),
        level=level,
        scores=Range(metric.lowest, metric.highest),
        clusters=None if clusters is None else [clusters[sample] for sample in scores],
    )


def _of_numbers(known: Estimate, score: Score, values: SampleScores | None) -> Estimate | None:
    """An error of numbers with its interval, where the samples' numbers give the value that is stored."""
    pairs = values.first_pairs(score.scorer) if values is not None else []
    error = ERRORS.get(without_prefix(known.metric.name))
    if error is None or known.value is None or len({wanted for wanted, _ in pairs}) < 2:
        return None
    found = error(pairs, known.level)
    if not math.isclose(found.value, known.value, rel_tol=1e-6, abs_tol=1e-9):
        return None
    if found.interval is None:
        return replace(
            known, n=len(pairs), note=_why_no_interval(known, found.stderr or 0, len(pairs), "samples")
        )
    lower, upper = found.interval.holding(known.value)
    return replace(known, lower=lower, upper=upper, stderr=found.stderr, n=len(pairs), method=Method.STUDENT)


def _with_mean(known: Estimate, found: Mean) -> Estimate:
    stderr = known.stderr if found.stderr is None else found.stderr
    held = replace(known, lower=found.lower, upper=found.upper, stderr=stderr, method=found.method)
    if found.no_verdict is not None and not held.has_interval:
        return replace(held, note=f"{found.no_verdict}: no interval")
    return _undecided(held, found.no_verdict)


def _undecided(held: Estimate, no_verdict: str | None) -> Estimate:
    """The estimate, marked where nothing may be decided by its interval."""
    if no_verdict is None:
        return held
    return replace(held, no_verdict=no_verdict, note=f"{no_verdict}: nothing is decided by the interval")


def _are_all_alike(metric: Metric, score: Score, value: float) -> bool:
    """Whether all scores are 0, or all 1: then each sample is a success or a failure, whatever reduced it."""
    of = measure(metric.name, score)
    return value in (0, 1) and of in PROPORTIONS and not score.clustered and metric.name not in score.groups


def _logged(metric: Metric, score: Score, level: float) -> Interval | None:
    """The interval that the log itself gives at this level, cut off at the metric's range.

    A standard error that knows no less, of clusters as the interval does, makes a better one.
    """
    logged = score.interval
    if logged is None or metric.name not in HAVE_STDERR or not math.isclose(logged.level, level):
        return None
    if score.stderr is not None and logged.cluster is None:
        return None
    return Interval(logged.lower, logged.upper).within(metric.lowest, metric.highest)


def _why_no_interval(known: Estimate, stderr: float | None, n: int | None, units: str) -> str | None:
    if stderr is None:
        if n is None:
            return "neither a standard error nor the number of samples is known: no interval"
        return "no standard error is known: no interval"
    if n is not None and n < 2:
        return f"fewer than two {units}: no interval"
    if stderr < 0:
        return "the logged standard error is negative: no interval"
    if is_of_rounding(stderr, known.value or 0):
        return "all scores are alike, a standard error of 0 tells nothing: no interval"
    return None
