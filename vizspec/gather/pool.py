"""The evaluations that comparisons and claims may speak of, with what was read of their samples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cells.benchmarks import Benchmark
from vizspec.cells.cell import Cell
from vizspec.cells.log_use import SelectedLogs
from vizspec.comparisons.measure import Measured, measure
from vizspec.estimates.from_samples import Risks, may_have_risk
from vizspec.estimates.headlines import task_metrics
from vizspec.estimates.table import Estimate, Estimates, estimate
from vizspec.gather.risk import gather_risk
from vizspec.gather.sample_scores import gather_scores
from vizspec.metrics.catalogue import Catalogue, Metric, score_of
from vizspec.samples.scored import NoScores, SampleScores

if TYPE_CHECKING:
    from vizspec.gather.options import Reading
    from vizspec.spec.model import Spec


MOST_SAMPLES = 500_000
"""Samples whose scores are kept, those of all evaluations and metrics together."""


@dataclass(frozen=True)
class Pool:
    """The evaluations that may be compared: those shown, and those of the checkpoints that are not.

    `estimates` has a table for each level, `level` is that of every interval unless a question has its own,
    `primary` the metric that the spec names for summaries. `scores` is what was read of the samples, `risk`
    the risk values, by cell.
    """

    selected: SelectedLogs
    catalogue: Catalogue
    estimates: Mapping[float, Estimates]
    level: float
    primary: str | None = None
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

    @cached_property
    def task_metrics(self) -> Mapping[Benchmark, Metric]:
        """The metric that stands for each task."""
        return task_metrics(self.shown, self.catalogue, self.primary, self.estimates[self.level].row)

    @cached_property
    def summed_up(self) -> Mapping[Metric, Collection[str]]:
        """The metrics that a summary speaks of, each with the names of its tasks."""
        found: defaultdict[Metric, set[str]] = defaultdict(set)
        for benchmark, metric in self.task_metrics.items():
            found[metric].add(benchmark.task)
        return found

    def value(self, cell: Cell, metric: Metric) -> float | None:
        """A cell's estimate."""
        row = self.row(cell, metric, self.level)
        return row.value if row is not None else None

    def row(self, cell: Cell, metric: Metric, level: float) -> Estimate | None:
        """A cell's estimate at a level."""
        known = self.estimates.get(level)
        row = known.row(cell, metric) if known is not None else None
        return row or estimate([cell], self.catalogue, level).row(cell, metric)

    def measure(self, cell: Cell, metric: Metric, cluster: str | None) -> Measured | str:
        """A cell's scores in a metric, a value a sample; their clusters are the log's own unless named."""
        key = cluster or cluster_of(cell, metric)
        return self._measured.get(
            (cell, metric, key),
            lambda: measure(cell, metric, self.scores.get(cell), self.risk.get(cell), key),
        )

    @cached_property
    def _measured(self) -> KeptScores:
        return KeptScores()


class KeptScores:
    """Scores that were worked out, of as many samples as there is room for: each pair wants both sides'."""

    def __init__(self, most_samples: int = MOST_SAMPLES) -> None:
        self._room = most_samples
        self._known: dict[tuple[Cell, Metric, str | None], Measured | str] = {}

    def get(
        self, place: tuple[Cell, Metric, str | None], work_out: Callable[[], Measured | str]
    ) -> Measured | str:
        """The scores at this place, worked out where they are not kept."""
        if place in self._known:
            return self._known[place]
        found = work_out()
        size = len(found.samples) if isinstance(found, Measured) else 0
        if size <= self._room:
            self._room -= size
            self._known[place] = found
        return found


def cluster_of(cell: Cell, metric: Metric) -> str | None:
    """The key of the samples' metadata over whose values the log worked out the metric's standard error."""
    score = score_of(cell.log.scores, metric)
    return score.cluster if score is not None else None


def with_scores(
    spec: Spec,
    pool: Pool,
    cells: Sequence[Cell],
    clusters: Iterable[str | None],
    base: Path,
    reading: Reading,
) -> Pool:
    """The pool with the scores, and the risk values, of these cells' samples; what it has is not read again.

    Raises:
        UserError: the processes or the cluster that should read the logs failed.
    """
    keys = {key for key in clusters if key is not None}
    unread = [cell for cell in cells if not _is_read(pool.scores.get(cell), keys)]
    scores = gather_scores(unread, keys, base, reading)
    more = [cell for cell in cells if cell not in pool.risk and may_have_risk(cell)]
    risk = gather_risk(more, base, spec.metrics.positive, reading) if more else {}
    return replace(pool, scores={**pool.scores, **scores}, risk={**pool.risk, **risk})


def _is_read(found: SampleScores | NoScores | None, metadata: Collection[str]) -> bool:
    """Whether all that is wanted of a log's samples was read of it before."""
    return isinstance(found, NoScores) or (found is not None and found.metadata.keys() >= set(metadata))
