"""Estimates: a row per cell and metric with its value, interval, and how the interval came about.

Every chart, table and sentence reads these rows; nothing else computes a number that is shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from vizspec.cells.cell import Cell
from vizspec.logs.record import Log
from vizspec.metrics.catalogue import HEADLINE, Catalogue, Metric, scorer_name
from vizspec.metrics.score import Score
from vizspec.statistics.intervals import from_stderr
from vizspec.statistics.wilson import wilson

HAVE_STDERR = frozenset({"accuracy", "mean"})
"""The metrics whose standard error a log gives beside them."""

PROPORTIONS = frozenset({"accuracy", "parse_rate"})
"""The metrics that count successes, where each sample is one or none."""

TOLERANCE = 0.1
EXACT = 1e-6
"""A share of samples that lies no farther from a count of them is that count."""

PARSE_RATE = "parse_rate"
"""The share of answers that could be read as numbers."""

NO_SAMPLES = "no samples"
"""What scorers give where there are none (an accuracy of 0) says nothing of the model."""


class Method(StrEnum):
    """How an interval was worked out."""

    WILSON = "wilson"
    STUDENT = "student-t"
    NORMAL = "normal"
    DELONG = "delong-logit"
    NEWCOMBE = "newcombe"
    BOOTSTRAP = "bootstrap"
    NONE = "none"


@dataclass(frozen=True)
class Estimate:
    """One metric of one cell.

    `value` is None where the log has no finite number; `lower` and `upper` are None where nothing is
    known of the uncertainty. `n` counts the samples that the value is made of, None where the log does not
    tell.
    `note` is the reason why something is unknown, or a remark on the number.
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

    @property
    def has_interval(self) -> bool:
        return self.lower is not None and self.upper is not None


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
        return self._index.get((cell, metric.scorer, metric.name))

    @cached_property
    def _index(self) -> dict[tuple[Cell, str, str], Estimate]:
        return {(row.cell, row.metric.scorer, row.metric.name): row for row in self.rows}


def estimate(cells: Sequence[Cell], catalogue: Catalogue, level: float) -> Estimates:
    """The estimates that the logs' stored results give."""
    return Estimates(level, tuple(_rows(cells, catalogue, level)))


def _rows(cells: Sequence[Cell], catalogue: Catalogue, level: float) -> Iterator[Estimate]:
    for cell in cells:
        scores = {scorer_name(score): score for score in reversed(cell.log.scores)}
        for metric in catalogue.metrics:
            if metric.scorer in scores:
                yield _estimate(cell, metric, scores[metric.scorer], level)


def _estimate(cell: Cell, metric: Metric, score: Score, level: float) -> Estimate:
    value = score.metrics.get(metric.name)
    n = _samples_behind(cell.log, metric, score)
    if value is None:
        return Estimate(cell, metric, level, None, n=n, note="the log holds no finite value")
    if n == 0:
        return Estimate(cell, metric, level, None, n=0, note=NO_SAMPLES)
    stderr = score.stderr if metric.name in HAVE_STDERR or metric.scorer == HEADLINE else None
    unknown = Estimate(cell, metric, level, value, stderr=stderr, n=n)
    if not metric.admits(value):
        return replace(unknown, note=f"outside the range of {metric.label}: no interval")
    if n is not None and _is_proportion(cell.log, metric, score, value, n):
        lower, upper = wilson(value, n, level)
        return replace(unknown, lower=lower, upper=upper, method=Method.WILSON)
    note = _why_no_interval(stderr, n)
    if note is not None or stderr is None:
        return replace(unknown, note=note)
    lower, upper = from_stderr(value, stderr, n, level, metric.lowest, metric.highest)
    return replace(unknown, lower=lower, upper=upper, method=Method.NORMAL if n is None else Method.STUDENT)


def scored_samples(log: Log, score: Score) -> int | None:
    """The samples behind a score: as the log counts them, else all, where every one was completed."""
    if score.scored is not None:
        return score.scored
    if log.samples is not None and log.completed == log.samples * log.epochs:
        return log.samples
    return None


def _samples_behind(log: Log, metric: Metric, score: Score) -> int | None:
    """The samples that one metric is made of: errors of numbers, of those answers that were read as numbers.

    They are known through the parse rate, where that is a count of the scored samples.
    """
    n = scored_samples(log, score)
    rate = score.metrics.get(PARSE_RATE)
    if metric.family != "regression" or metric.name == PARSE_RATE or rate is None or n is None:
        return n
    parsed = round(rate * n)
    return parsed if abs(rate * n - parsed) < EXACT * n else None


def _is_proportion(log: Log, metric: Metric, score: Score, value: float, n: int) -> bool:
    """Whether the value is a count of independent successes over `n`.

    Repeats reduced to their mean, partial credit and clustered samples are not: their own standard error is
    used instead. At 0 and 1 all scores are alike, so that it tells nothing, and each sample is a success or
    a failure whatever was reduced to it.
    """
    if n < 1 or metric.name not in PROPORTIONS or not metric.is_unit or score.clustered:
        return False
    if value in (0, 1):
        return True
    is_count = abs(value * n - round(value * n)) < EXACT * n
    return is_count and log.epochs == 1 and _is_binomial(value, n, score, metric)


def _is_binomial(value: float, n: int, score: Score, metric: Metric) -> bool:
    """Whether the logged standard error is that of `n` zeros and ones: sqrt(p (1 - p) / (n - 1)).

    Partial credit varies less. The tolerance is a bootstrapped standard error's.
    """
    if score.stderr is None or metric.name not in HAVE_STDERR or n < 2:
        return True
    binomial = math.sqrt(value * (1 - value) / (n - 1))
    return abs(score.stderr - binomial) <= TOLERANCE * binomial


def _why_no_interval(stderr: float | None, n: int | None) -> str | None:
    if stderr is None:
        if n is None:
            return "neither a standard error nor the number of samples is known: no interval"
        return "no standard error is known: no interval"
    if n is not None and n < 2:
        return "fewer than two samples: no interval"
    if stderr < 0:
        return "the logged standard error is negative: no interval"
    return "all scores are alike, a standard error of 0 tells nothing: no interval" if stderr == 0 else None
