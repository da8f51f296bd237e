"""Estimates: a row per cell and metric with its value, interval, and how the interval came about.

Every chart, table and sentence reads these rows; nothing else computes a number that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from vizspec.cells import Cell
from vizspec.intervals import from_stderr, wilson
from vizspec.logs.record import Log, Score
from vizspec.metrics import Catalogue, Metric, scorer_name


class Method(StrEnum):
    """How an interval was worked out."""

    WILSON = "wilson"
    STUDENT = "student-t"
    NORMAL = "normal"
    DELONG = "delong-logit"
    BOOTSTRAP = "bootstrap"
    NONE = "none"


@dataclass(frozen=True)
class Estimate:
    """One metric of one cell.

    `value` is None where the log has no finite number; `lower` and `upper` are None where nothing is
    known of the uncertainty. `n` counts the scored samples, None where the log does not tell.
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
            row for row in self.rows if row.metric.id == metric.id and (wanted is None or row.cell in wanted)
        )

    def row(self, cell: Cell, metric: Metric) -> Estimate | None:
        """The one row of a cell and a metric; None where the cell's log lacks the scorer."""
        return self._index.get((cell, metric.id))

    @cached_property
    def _index(self) -> dict[tuple[Cell, str], Estimate]:
        return {(row.cell, row.metric.id): row for row in self.rows}


def estimate(cells: Sequence[Cell], catalogue: Catalogue, level: float) -> Estimates:
    """The estimates that the logs' stored results give."""
    return Estimates(level, tuple(_rows(cells, catalogue, level)))


def _rows(cells: Sequence[Cell], catalogue: Catalogue, level: float) -> Iterator[Estimate]:
    for cell in cells:
        scores = {scorer_name(score): score for score in cell.log.scores}
        for metric in catalogue.metrics:
            if metric.scorer in scores:
                yield _estimate(cell, metric, scores[metric.scorer], level)


def _estimate(cell: Cell, metric: Metric, score: Score, level: float) -> Estimate:
    value = score.metrics.get(metric.name)
    n = scored_samples(cell.log, score)
    if value is None:
        return Estimate(cell, metric, level, None, n=n, note="the log holds no finite value")
    if not metric.admits(value):
        return Estimate(cell, metric, level, value, n=n, note=f"outside {metric.label}'s range: no interval")
    stderr = score.stderr if metric.name in ("accuracy", "mean") else None
    if _is_proportion(cell.log, metric, score, value, n):
        assert n is not None
        lower, upper = wilson(value, n, level)
        return Estimate(cell, metric, level, value, lower, upper, stderr, n, Method.WILSON)
    if stderr is not None and stderr >= 0 and (n is None or n > 1):
        lower, upper = from_stderr(value, stderr, n, level, metric.lowest, metric.highest)
        method = Method.NORMAL if n is None else Method.STUDENT
        return Estimate(cell, metric, level, value, lower, upper, stderr, n, method)
    return Estimate(cell, metric, level, value, stderr=stderr, n=n, note=_why_no_interval(n))


def scored_samples(log: Log, score: Score) -> int | None:
    """The samples behind a score: as the log counts them, else all, where every one was completed."""
    if score.scored is not None:
        return score.scored
    if log.samples is not None and log.completed == log.samples * log.epochs:
        return log.samples
    return None


def _is_proportion(log: Log, metric: Metric, score: Score, value: float, n: int | None) -> bool:
    """Whether the value is a count of independent successes over `n`.

    Repeats reduced to their mean, partial credit and clustered samples are not: their own standard
    error is used instead.
    """
    if n is None or n < 1 or not metric.is_unit or log.epochs > 1 or score.clustered:
        return False
    if not (metric.is_accuracy or metric.name == "parse_rate"):
        return False
    return abs(value * n - round(value * n)) < 1e-6 * max(1, n)


def _why_no_interval(n: int | None) -> str:
    if n is None:
        return "neither a standard error nor the number of samples is known: no interval"
    return "one sample: no interval" if n == 1 else "no standard error is known: no interval"
