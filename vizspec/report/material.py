"""What every section is made of: spec, facts, outcomes, attachments, and the cells under their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import column_text
from vizspec.cells.labelled import Labelled
from vizspec.cells.labels import label
from vizspec.comparisons.leads import Lead, lead
from vizspec.estimates.headlines import task_metrics
from vizspec.estimates.table import Estimate
from vizspec.gather.facts import Facts
from vizspec.metrics.catalogue import Catalogue, Metric
from vizspec.metrics.known_metrics import HEADLINE
from vizspec.metrics.score import MetricName
from vizspec.plan.outcomes import Outcome
from vizspec.report.attachments import Attachments
from vizspec.spec.model import ReportSpec, Spec


class Scored(NamedTuple):
    """A labelled cell with its estimate, whose value is known."""

    labelled: Labelled
    row: Estimate
    value: float


@dataclass(frozen=True)
class Task:
    """A real task, and the labels that its cells stand under: its conditions, where there are several.

    Only scores on one task can be compared. `name` is what the report calls it: its label, where it has one.
    """

    benchmark: Benchmark
    name: str
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """All that a section may look at."""

    spec: Spec
    facts: Facts
    outcomes: Sequence[Outcome]
    attachments: Attachments

    @property
    def report(self) -> ReportSpec:
        return self.spec.report if isinstance(self.spec.report, ReportSpec) else ReportSpec()

    @property
    def primary(self) -> Metric | None:
        """The metric that summary and breakdown speak of."""
        return self.facts.catalogue.primary(self.spec.metrics.primary)

    @cached_property
    def task_metrics(self) -> Mapping[Benchmark, Metric]:
        """The metric that stands for each task; those on which it has no value are missing."""
        wanted = self.spec.metrics.primary
        return task_metrics(self.facts.cells, self.facts.catalogue, wanted, self.facts.table.row)

    @cached_property
    def labelled(self) -> tuple[Labelled, ...]:
        """The cells as all tables of the report call them; raises UserError where two would be alike."""
        return label(self.facts.cells, self.spec.data.labels)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The real tasks, each on its data set, in the cells' order; no two have one name."""
        found: dict[Benchmark, dict[str, None]] = {}
        names: dict[Benchmark, str] = {}
        for one in self.labelled:
            on = self.benchmarks[one.cell]
            found.setdefault(on, {})[one.task] = None
            whole = column_text(one.cell, "task", self.spec.data.labels) or on.task
            whole = on.name if whole == on.task else on._replace(task=whole).name
            names[on] = one.task if len(found[on]) == 1 else whole
        times = Counter(names.values())
        return tuple(
            Task(on, name if times[name] == 1 else _told_apart(name, on), tuple(found[on]))
            for on, name in names.items()
        )

    @cached_property
    def benchmarks(self) -> Mapping[Cell, Benchmark]:
        """What each cell was evaluated on."""
        return benchmarks(self.facts.cells)

    def of_task(self, task: Task, scored: Iterable[Scored]) -> list[Scored]:
        """Those of the cells that were evaluated on the task."""
        return [one for one in scored if self.benchmarks[one.labelled.cell] == task.benchmark]

    def name(self, one: Labelled) -> str:
        """What tells a cell apart on its task: the model, and its condition where there are several."""
        on = self.benchmarks[one.cell]
        conditions = next(task.conditions for task in self.tasks if task.benchmark == on)
        return f"{one.model} on {one.task}" if len(conditions) > 1 else one.model

    def scored(self, metric: Metric) -> tuple[Scored, ...]:
        """The cells that have a value of the metric."""
        pairs = ((one, self.facts.table.row(one.cell, metric)) for one in self.labelled)
        return tuple(Scored(one, row, row.value) for one, row in pairs if row and row.value is not None)

    def lead(self, best: Scored, other: Scored) -> Lead | None:
        """By how much the first is better than the second, in their metric."""
        cells = (best.row.cell, other.row.cell)
        known = (best.row.metric, *_headlines_of(best.row.metric, cells, self.facts.catalogue))
        compared = (self.facts.comparisons.lead(*cells, metric) for metric in known)
        return lead(best.row, other.row, next((one for one in compared if one is not None), None))


def _headlines_of(metric: Metric, cells: Iterable[Cell], catalogue: Catalogue) -> list[Metric]:
    """The headlines that are this metric in all these cells: what is known of them is known of it."""
    name = MetricName(metric.scorer, metric.name)
    if not all(any(score.stands_for == name for score in cell.log.scores) for cell in cells):
        return []
    return [one for one in catalogue.metrics if one.scorer == HEADLINE]


def _told_apart(name: str, on: Benchmark) -> str:
    """The label of a task that others have too, with the task's own name, said once."""
    return on.name if name == on.task else f"{name} ({on.name})"
