"""The design of an experiment as the rest of vizspec sees it, whatever form its file has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from vizspec.experiment.variables import Variable


def nothing() -> Mapping[str, Any]:
    """The empty mapping, which cannot be changed."""
    return MappingProxyType({})


class RunType(StrEnum):
    """How a run came by its model: the types that are known."""

    FINE_TUNED = "fine-tuned"
    CONTROL = "control"
    """The base model, evaluated as it is."""
    EVAL_ONLY = "eval-only"
    """A model that was trained elsewhere."""


@dataclass(frozen=True)
class Run:
    """One run. `parameters` are its own settings, numbers as numbers; `model` is the base model's name.

    `type` is a `RunType` however the file spells it, or what the file says instead.
    """

    name: str
    type: str | None = None
    model: str | None = None
    dataset: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=nothing)


@dataclass(frozen=True)
class TrainingDataset:
    """One training data set, with its numbers of samples where the file gives them."""

    label: str | None = None
    path: str | None = None
    train: int | None = None
    validation: int | None = None
    test: int | None = None


@dataclass(frozen=True)
class MatrixRow:
    """Which tasks a run is evaluated on, and at which checkpoints (training epochs, from 0).

    `epochs` is None for runs without checkpoints: control and eval-only ones.
    """

    run: str
    tasks: tuple[str, ...]
    vis_label: str | None = None
    epochs: tuple[int, ...] | None = None


@dataclass(frozen=True)
class TaskSource:
    """Where a task comes from: its file and function, its data set, and the arguments that it is given."""

    file: str | None = None
    function: str | None = None
    dataset: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=nothing)


class ExpectedCell(NamedTuple):
    """One evaluation that the design asks for."""

    run: str
    task: str
    vis_label: str | None
    epoch: int | None


@dataclass(frozen=True)
class Experiment:
    """The design: what was asked, what varies, what is run, and what is evaluated on what.

    Every part that the file lacks is empty or None. `directory` and `output_dir` are the paths that the file
    recorded, often of another machine: the experiment is where its file is.
    """

    name: str
    question: str | None = None
    hypothesis: str | None = None
    type: str | None = None
    """The kind of experiment, such as `sample_size`; the names of its variables where the file tells none."""
    purpose: str | None = None
    date: str | None = None
    directory: str | None = None
    models: tuple[str, ...] = ()
    """The names of the base models."""
    datasets: tuple[TrainingDataset, ...] = ()
    data_generation: Mapping[str, Any] = field(default_factory=nothing)
    """How the training data were made: the tool, its source, its seed and so on."""
    variables: tuple[Variable, ...] = ()
    controls: Mapping[str, Any] = field(default_factory=nothing)
    """The settings that all runs share, such as `epochs` and `batch_size`."""
    runs: tuple[Run, ...] = ()
    scorers: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    task_sources: Mapping[str, TaskSource] = field(default_factory=nothing)
    """Where the tasks come from, by their names, as far as the file tells."""
    output_dir: str | None = None
    checkpoint_pattern: str | None = None

    def run(self, name: str) -> Run | None:
        """The run of this name, or None."""
        return next((run for run in self.runs if run.name == name), None)

    def source_of(self, task: str) -> TaskSource:
        """Where the task of this name comes from; an empty source where the file does not tell."""
        source: TaskSource = self.task_sources.get(task, TaskSource())
        return source

    def variable(self, name: str) -> Variable | None:
        """The variable of this name, or None."""
        return next((variable for variable in self.variables if variable.name == name), None)

    def setting(self, run_name: str, name: str) -> Any:
        """What a run was given for `name`: its own parameter, its model or dataset, else the control.

        None where the design does not say.
        """
        run = self.run(run_name)
        if run is None:
            return None
        own = {"model": run.model, "dataset": run.dataset}
        return run.parameters.get(name, own.get(name) or self.controls.get(name))

    def expected_cells(self) -> tuple[ExpectedCell, ...]:
        """Every evaluation that the matrix asks for, in its order, each once."""
        cells = (
            ExpectedCell(row.run, task, row.vis_label, epoch)
            for row in self.matrix
            for task in row.tasks
            for epoch in row.epochs or (None,)
        )
        return tuple(dict.fromkeys(cells))

    def task_labels(self) -> Mapping[ExpectedCell, str]:
        """What figures call the task of each evaluation of the matrix: its label, else the task's name.

        A label under which one run is evaluated on several tasks stands there once for each of them.
        """
        cells = self.expected_cells()
        tasks: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for cell in cells:
            tasks[cell.run, cell.vis_label or cell.task].add(cell.task)
        shared = {label for (_, label), names in tasks.items() if len(names) > 1}
        labels = ((cell, cell.vis_label or cell.task) for cell in cells)
        return {cell: f"{label} ({cell.task})" if label in shared else label for cell, label in labels}

    @property
    def shown_tasks(self) -> tuple[str, ...]:
        """What figures call the tasks of the matrix, each once."""
        return tuple(dict.fromkeys(self.task_labels().values()))

    @property
    def vis_labels(self) -> tuple[str, ...]:
        """The labels of the matrix, each once."""
        return tuple(dict.fromkeys(row.vis_label for row in self.matrix if row.vis_label))

    @property
    def epochs(self) -> tuple[int, ...]:
        """The checkpoints that the matrix asks for, in order."""
        return tuple(sorted({epoch for row in self.matrix for epoch in row.epochs or ()}))

    @property
    def every_task(self) -> tuple[str, ...]:
        """The names of the tasks, also of those that the matrix alone names."""
        return tuple(dict.fromkeys((*self.tasks, *(task for row in self.matrix for task in row.tasks))))

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """The names of everything that some run sets for itself."""
        return tuple(dict.fromkeys(name for run in self.runs for name in run.parameters))
