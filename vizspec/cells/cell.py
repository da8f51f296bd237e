"""Cells: one evaluation each, of a run, its model, a task and a checkpoint, with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vizspec.cells.clues import clues_of, task_name
from vizspec.cells.columns import SETUP
from vizspec.cells.identity import epoch_of, model_of, run_of, short_names
from vizspec.cells.matching import NO_MATCH, Match, match
from vizspec.cells.settings import setting_columns, setting_text
from vizspec.errors import Problem, Problems
from vizspec.limits.patterns import PatternError
from vizspec.logs.record import NOTHING, Log
from vizspec.text.messages import shown
from vizspec.text.registry_names import without_package

if TYPE_CHECKING:
    from vizspec.cells.columns import Column
    from vizspec.experiment.model import Experiment

IDENTITY = ("run", "model", "task", "vis_label", "epoch")
"""The columns that make a cell, unless the spec names others."""


@dataclass(frozen=True)
class Cell:
    """One evaluation. `columns` has every column a spec may name, the derived ones included.

    All cells of one experiment have the same columns: None where a cell's log or run does not tell.
    `identity` names the columns by which it differs from the other cells. `match` has the planned evaluation
    that it is of: its task and label are then the design's, whatever the log calls them.
    """

    run: str | None
    model: str
    task: str
    vis_label: str | None
    epoch: int | None
    log: Log
    match: Match = field(default=NO_MATCH, compare=False, hash=False)
    columns: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, hash=False)
    identity: tuple[str, ...] = field(default=IDENTITY, compare=False, hash=False)

    def __hash__(self) -> int:
        place = self.log.place  # equal cells are of one log, and only rows of a frame share a file
        return hash((place.file, place.row))

    @property
    def task_name(self) -> str:
        """What views call the task: its `vis_label` where it has one."""
        return self.vis_label or self.task


def make_cells(
    logs: Sequence[Log],
    experiment: Experiment | None = None,
    derived: Mapping[str, Column] | None = None,
    identity: Sequence[str] = IDENTITY,
) -> tuple[Cell, ...]:
    """A cell for each log, in the logs' order, whatever the log's status."""
    runs = [run_of(log, experiment) for log in logs]
    epochs = [epoch_of(log) for log in logs]
    clues = [clues_of(log, run, epoch) for log, run, epoch in zip(logs, runs, epochs, strict=True)]
    matches = match(clues, experiment)
    models = [_model(log, run, experiment) for log, run in zip(logs, runs, strict=True)]
    short = short_names(models)
    settings = {run: _settings(run, experiment) for run in dict.fromkeys(runs)}
    columns_of_logs = [
        _columns(log, run, short[model], epoch, found, settings[run])
        for log, run, model, epoch, found in zip(logs, runs, models, epochs, matches, strict=True)
    ]
    empty = dict.fromkeys(name for columns in columns_of_logs for name in columns)
    return tuple(
        _cell(log, found, {**empty, **columns}, derived or {}, tuple(identity))
        for log, found, columns in zip(logs, matches, columns_of_logs, strict=True)
    )


def key_of(cell: Cell, identity: Sequence[str]) -> tuple[str | None, ...]:
    """What these columns are compared by: two cells with equal ones are the same evaluation, or training."""
    values = (cell.columns.get(name) for name in identity)
    return tuple(None if value is None else setting_text(value) for value in values)


def _model(log: Log, run_name: str | None, experiment: Experiment | None) -> str:
    run = experiment.run(run_name) if experiment is not None and run_name is not None else None
    return model_of(log, run_name, run)


def _settings(run_name: str | None, experiment: Experiment | None) -> dict[str, Any]:
    """What the design tells of a run; every name that some run has, so that a gap is None and no mistake."""
    if experiment is None:
        return {}
    run = experiment.run(run_name) if run_name is not None else None
    own = run.parameters if run is not None else NOTHING
    names = dict.fromkeys(
        (*(variable.name for variable in experiment.variables), *experiment.parameter_names)
    )
    return {
        **{name: experiment.setting(run_name or "", name) for name in names},
        **{f"run.parameters.{name}": own.get(name) for name in experiment.parameter_names},
        "run.type": run.type if run is not None else None,
        "run.model": run.model if run is not None else None,
    }


def _columns(
    log: Log,
    run: str | None,
    model: str,
    epoch: int | None,
    found: Match,
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    """The columns that the log and the design tell; the later ones stand over the earlier."""
    planned = found.planned
    task = without_package(planned.task) if planned is not None else task_name(log)
    label = planned.vis_label if planned is not None and planned.vis_label else log.vis_label
    return {
        **dict.fromkeys(SETUP),
        **setting_columns(log),
        **log.columns,
        **{f"metadata.{name}": value for name, value in log.metadata.items()},
        **{f"task_arg_{name}": value for name, value in log.task_args.items()},
        **{name: value for name, value in settings.items() if value is not None or name not in log.columns},
        "run": run,
        "model": model,
        "task": task,
        "task_name": label or task,
        "vis_label": label,
        "log_task": log.setup.task_name or log.task,
        "epoch": epoch,
        "n_samples": log.samples,
        "n_scored": log.scored,
        "log": log.location,
        "created": log.created.isoformat() if log.created else None,
    }


def _cell(
    log: Log, found: Match, columns: dict[str, Any], derived: Mapping[str, Column], identity: tuple[str, ...]
) -> Cell:
    run, model, task, vis_label, epoch = (columns[name] for name in IDENTITY)
    for name, column in derived.items():
        try:
            columns[name] = column.value(columns)
        except PatternError as error:
            message = f"{error}, over {shown(columns[column.source])} of '{log.location}'"
            hint = "write the pattern without repeats inside of repeats, such as (a+)+"
            raise Problems([Problem(("data", "columns", name, "match"), message, hint)]) from error
    return Cell(run, model, task, vis_label, epoch, log, found, columns, identity)
