"""What one view entry sees: its cells, labels and estimates, and the facts its conditions may speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels
from vizspec.cells.labelled import Labelled
from vizspec.cells.labels import label
from vizspec.comparisons.record import NO_COMPARISONS, Comparisons
from vizspec.estimates.table import Estimate, Estimates
from vizspec.metrics.catalogue import Catalogue, Metric
from vizspec.views.frame import Frame
from vizspec.views.program import ProgramFile

if TYPE_CHECKING:
    from vizspec.estimates.from_samples import Risks
    from vizspec.experiment.model import Experiment
    from vizspec.logs.releases import Release
    from vizspec.samples.scored import NoScores, SampleScores, ToolCalls
    from vizspec.slurm.compute import ComputeFacts

FACTS: dict[str, str] = {
    "n_models": "how many models the view would show",
    "n_tasks": "how many tasks",
    "n_evals": "how many evaluations",
    "n_runs": "how many runs",
    "n_epochs": "how many different checkpoint epochs",
    "max_models_per_task": "the most models that share one task",
    "max_tasks_per_model": "the most tasks that share one model",
    "min_samples": "the fewest samples of an evaluation; none where no log tells",
    "metrics": "the metrics that the logs hold, as a list of `scorer/metric`",
    "variables": "the names of the experiment's variables",
    "has_risk_scorer": "whether some metric is one of the risk metrics",
}
"""The names that a `skip_if` expression may use, with their meanings."""


@dataclass(frozen=True)
class Selection:
    """The cells of one entry (after its `where`), their estimates at its level, and the facts around them."""

    cells: tuple[Cell, ...]
    estimates: Estimates
    catalogue: Catalogue
    experiment: Experiment | None = None
    labels: Labels = field(default_factory=dict)
    log_viewer: str | None = None
    risk: Risks = field(default_factory=dict)
    compute: Mapping[str | None, ComputeFacts] = field(default_factory=dict)
    comparisons: Comparisons = NO_COMPARISONS
    samples: Mapping[Cell, SampleScores | NoScores] = field(default_factory=dict)
    """The scores of every sample, where some entry shows samples."""
    calls: Mapping[Cell, ToolCalls | NoScores] = field(default_factory=dict)
    """The calls of tools in every sample, where some entry shows them."""
    releases: Mapping[Cell, Release] = field(default_factory=dict)
    """When the models were released, where some entry shows it and Inspect's tables tell."""
    files: Mapping[str, Frame] = field(default_factory=dict)
    """The frames of the user's own files, by their names in the spec."""
    programs: Mapping[str, ProgramFile] = field(default_factory=dict)
    """The user's programs, by their names in the spec."""
    everyone: tuple[Cell, ...] = ()
    """All shown cells of the experiment, so that a model looks alike in every figure."""
    called: tuple[Labelled, ...] | None = None
    """The labels of the cells, where they are those of a larger selection."""

    @cached_property
    def labelled(self) -> tuple[Labelled, ...]:
        """The cells as a figure of models and tasks shows them."""
        return label(self.cells, self.labels) if self.called is None else self.called

    def part(self, labelled: Sequence[Labelled]) -> Selection:
        """Some of the cells, which keep their labels."""
        return replace(self, cells=tuple(one.cell for one in labelled), called=tuple(labelled))

    @cached_property
    def benchmarks(self) -> Mapping[Cell, Benchmark]:
        """What each cell was evaluated on: only scores on one benchmark can be compared."""
        return benchmarks(self.cells)

    def rows(self, metric: Metric) -> tuple[tuple[Labelled, Estimate], ...]:
        """The labelled cells that have a value of the metric, with their estimates."""
        paired = ((one, self.estimates.row(one.cell, metric)) for one in self.labelled)
        return tuple((one, row) for one, row in paired if row is not None and row.value is not None)

    def without(self, metric: Metric) -> tuple[Labelled, ...]:
        """The labelled cells that have no value of the metric."""
        shown = {one.cell for one, _ in self.rows(metric)}
        return tuple(one for one in self.labelled if one.cell not in shown)

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The values of `FACTS`."""
        models_of_task, tasks_of_model = shared(self.labelled)
        samples = [c.log.samples for c in self.cells if c.log.samples is not None]
        return {
            "n_models": len(tasks_of_model),
            "n_tasks": len(models_of_task),
            "n_evals": len(self.cells),
            "n_runs": len({cell.run for cell in self.cells}),
            "n_epochs": len({cell.epoch for cell in self.cells if cell.epoch is not None}),
            "max_models_per_task": max((len(names) for names in models_of_task.values()), default=0),
            "max_tasks_per_model": max((len(names) for names in tasks_of_model.values()), default=0),
            "min_samples": min(samples, default=None),
            "metrics": [metric.id for metric in self.catalogue.metrics],
            "variables": [variable.name for variable in self.experiment.variables] if self.experiment else [],
            "has_risk_scorer": self.catalogue.has_risk_scorer,
        }


def shared(labelled: Iterable[Labelled]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The models of each task, and the tasks of each model."""
    models: defaultdict[str, set[str]] = defaultdict(set)
    tasks: defaultdict[str, set[str]] = defaultdict(set)
    for one in labelled:
        models[one.task].add(one.model)
        tasks[one.model].add(one.task)
    return dict(models), dict(tasks)
