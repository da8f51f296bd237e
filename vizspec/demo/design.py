"""What an example experiment consists of, as values: models, tasks, runs, matrix, deliberate surprises.

Nothing is computed or written here; `data` answers for a design, `evaluate` runs it, `layout` writes it down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

DemoLevel = str | int | float | bool
DemoRunType = Literal["fine-tuned", "control", "eval-only"]


@dataclass(frozen=True)
class DemoModel:
    """A base model. `learner` names the classifier or regressor of `data` that stands in its place."""

    name: str
    learner: str


@dataclass(frozen=True)
class DemoTask:
    """One question about each row of the data set.

    `columns` are the features that the prompt tells (empty: all of them); `positive` are the classes of the
    data set whose answer is "1". A task without `positive` asks for the number itself.
    """

    name: str
    description: str
    question: str
    columns: tuple[str, ...] = ()
    positive: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Scorer:
    """A scorer as `experiment_summary.yaml` names it."""

    name: str
    params: Mapping[str, DemoLevel | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoRun:
    """One run.

    `train_rows[k]` is how many training rows the classifier has seen at the checkpoint of epoch k (one number
    where there are no checkpoints; none for a model that has seen nothing). `positive_share` is the share of
    the positive class among them; None leaves the share as it is in the data.
    """

    name: str
    model: str
    type: DemoRunType = "fine-tuned"
    parameters: Mapping[str, DemoLevel] = field(default_factory=dict)
    train_rows: tuple[int, ...] = ()
    positive_share: float | None = None


@dataclass(frozen=True)
class DemoRow:
    """A row of the evaluation matrix. `epochs` is None for runs without checkpoints."""

    run: str
    tasks: tuple[str, ...]
    epochs: tuple[int, ...] | None = None
    vis_label: str | int | None = None


@dataclass(frozen=True)
class DemoCell:
    """One evaluation: a run's checkpoint on a task."""

    run: str
    task: str
    epoch: int | None = None
    vis_label: str | int | None = None


@dataclass(frozen=True)
class DemoDesign:
    """A whole experiment. `samples` rows are held out of training and asked in each evaluation.

    `missing` cells are planned and never evaluated, `superseded` ones were evaluated once before on half the
    samples, `broken` ones again afterwards with an evaluation that fails half-way. `comparisons` and `claims`
    are entries of its spec, which ask what its question and hypothesis say.
    """

    name: str
    date: str
    question: str
    hypothesis: str
    purpose: str
    dataset: str
    samples: int
    models: tuple[DemoModel, ...]
    tasks: tuple[DemoTask, ...]
    runs: tuple[DemoRun, ...]
    matrix: tuple[DemoRow, ...]
    scorers: tuple[Scorer, ...]
    variables: Mapping[str, tuple[DemoLevel, ...]] = field(default_factory=dict)
    controls: Mapping[str, DemoLevel] = field(default_factory=dict)
    missing: frozenset[tuple[str, str, int | None]] = frozenset()
    superseded: tuple[tuple[str, str, int | None], ...] = ()
    broken: tuple[tuple[str, str, int | None], ...] = ()
    comparisons: tuple[Mapping[str, Any], ...] = ()
    claims: tuple[Mapping[str, Any], ...] = ()

    def run(self, name: str) -> DemoRun:
        """The run of that name."""
        return next(run for run in self.runs if run.name == name)

    def task(self, name: str) -> DemoTask:
        """The task of that name."""
        return next(task for task in self.tasks if task.name == name)

    def model_of(self, run: DemoRun) -> DemoModel:
        """The base model of a run."""
        return next(model for model in self.models if model.name == run.model)

    def planned(self) -> Iterator[DemoCell]:
        """Every cell of the matrix, in its order."""
        for row in self.matrix:
            for task in row.tasks:
                for epoch in row.epochs or (None,):
                    yield DemoCell(row.run, task, epoch, row.vis_label)

    def evaluated(self) -> tuple[DemoCell, ...]:
        """The cells of the matrix that are evaluated."""
        return tuple(cell for cell in self.planned() if key(cell) not in self.missing)

    def cells(self, keys: tuple[tuple[str, str, int | None], ...]) -> tuple[DemoCell, ...]:
        """The planned cells with these keys."""
        return tuple(cell for cell in self.planned() if key(cell) in keys)


def key(cell: DemoCell) -> tuple[str, str, int | None]:
    """What tells a cell from the others of its experiment: run, task, epoch."""
    return (cell.run, cell.task, cell.epoch)
