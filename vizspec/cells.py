"""Cells: one evaluation each (a run, its model, a task, a checkpoint), and what became of every log.

A cell is what the identity columns make it; its newest successful log is kept. Every other log has its
fate told: nothing is dropped without a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from vizspec.expressions import is_true
from vizspec.logs.record import NOTHING, Log, Status
from vizspec.names import natural_key

if TYPE_CHECKING:
    from vizspec.columns import Column
    from vizspec.experiment import Experiment, Run

Epochs = Literal["latest", "all"] | tuple[int, ...]

IDENTITY = ("run", "model", "task", "vis_label", "epoch")


class Fate(StrEnum):
    """What became of a log."""

    KEPT = "kept"
    SUPERSEDED = "superseded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"
    UNMATCHED = "unmatched"
    OTHER_EPOCH = "other epoch"
    FILTERED = "filtered"


@dataclass(frozen=True)
class Fated:
    """A log and what became of it, with the reason in one sentence."""

    log: Log
    fate: Fate
    reason: str
    cell: Cell | None = None


@dataclass(frozen=True)
class Cell:
    """One evaluation. `columns` has every column a spec may name, the derived ones included."""

    run: str | None
    model: str
    task: str
    vis_label: str | None
    epoch: int | None
    log: Log
    columns: Mapping[str, Any] = field(default_factory=lambda: NOTHING, compare=False, hash=False)

    def __hash__(self) -> int:
        return hash((self.run, self.model, self.task, self.vis_label, self.epoch, self.log.location))

    @property
    def task_name(self) -> str:
        """What views call the task: its `vis_label` where it has one."""
        return self.vis_label or self.task


@dataclass(frozen=True)
class Sorting:
    """The cells to show, and the fate of every log that was found."""

    cells: tuple[Cell, ...]
    fates: tuple[Fated, ...]

    def with_fate(self, *fates: Fate) -> tuple[Fated, ...]:
        return tuple(fated for fated in self.fates if fated.fate in fates)


def sort_logs(
    logs: Iterable[Log],
    experiment: Experiment | None = None,
    *,
    identity: Sequence[str] = IDENTITY,
    epochs: Epochs = "latest",
    where: str | None = None,
    columns: Mapping[str, Column] | None = None,
) -> Sorting:
    """Make the cells of the logs, and say of every log what became of it.

    Raises:
        ExpressionError: `where` cannot be worked out over some cell.
    """
    fates: list[Fated] = []
    candidates: list[Cell] = []
    for log in logs:
        cell = _cell(log, experiment, columns or {})
        excluded = _excluded(log, cell, experiment)
        if excluded is not None:
            fates.append(excluded)
        else:
            candidates.append(cell)
    newest, superseded = _newest(candidates, identity)
    shown, other_epochs = _of_epochs(newest, epochs)
    kept, filtered = _where(shown, where)
    kept.sort(key=lambda cell: _place(cell, experiment))
    fates += superseded + other_epochs + filtered
    fates += [Fated(cell.log, Fate.KEPT, "shown", cell) for cell in kept]
    return Sorting(tuple(kept), tuple(sorted(fates, key=lambda fated: natural_key(fated.log.location))))


def run_of(log: Log, experiment: Experiment | None) -> str | None:
    """The run of a log: that of its folder, else the run that the model's name speaks of."""
    if log.run is not None or experiment is None:
        return log.run
    tail, _ = _checkpoint_name(log.model)
    return tail if tail is not None and experiment.run(tail) is not None else None


def model_of(log: Log, run: Run | None) -> str:
    """The base model's name: what the run trains, else what the log was made from, else what it evaluated."""
    named = run.model if run is not None else None
    source = named or log.metadata.get("source_model") or _checkpoint_name(log.model)[0]
    return str(source) if source else "unknown model"


def _checkpoint_name(model: str | None) -> tuple[str | None, int | None]:
    """`hf/1B_ft_epoch_0` is the run `1B_ft` at epoch 0."""
    if model is None:
        return None, None
    tail = model.rpartition("/")[2]
    found = re.fullmatch(r"(.+)_epoch_(\d+)", tail)
    return (found.group(1), int(found.group(2))) if found else (tail, None)


def _cell(log: Log, experiment: Experiment | None, derived: Mapping[str, Column]) -> Cell:
    run_name = run_of(log, experiment)
    run = experiment.run(run_name) if experiment is not None and run_name is not None else None
    epoch = log.checkpoint if log.checkpoint is not None else _checkpoint_name(log.model)[1]
    task = (log.task or "unknown task").rpartition("/")[2]
    model = model_of(log, run)
    columns: dict[str, Any] = {
        **log.columns,
        **{f"metadata.{name}": value for name, value in log.metadata.items()},
        **{f"task_args.{name}": value for name, value in log.task_args.items()},
        **{f"task_arg_{name}": value for name, value in log.task_args.items()},
        **_run_columns(run),
        "run": run_name,
        "model": model,
        "task": task,
        "task_name": log.vis_label or task,
        "vis_label": log.vis_label,
        "epoch": epoch,
        "n_samples": log.samples,
        "log": log.location,
        "created": log.created.isoformat() if log.created else None,
    }
    for name, column in derived.items():
        columns[name] = column.value(columns)
    return Cell(run_name, model, task, log.vis_label, epoch, log, columns)


def _run_columns(run: Run | None) -> dict[str, Any]:
    if run is None:
        return {}
    parameters = {f"run.parameters.{name}": value for name, value in run.parameters.items()}
    return {**run.parameters, **parameters, "run.type": run.type, "run.model": run.model}


_NOT_USED = {
    Status.ERROR: Fate.FAILED,
    Status.CANCELLED: Fate.CANCELLED,
    Status.UNFINISHED: Fate.UNFINISHED,
    Status.UNREADABLE: Fate.UNREADABLE,
}


def _excluded(log: Log, cell: Cell, experiment: Experiment | None) -> Fated | None:
    if log.status is not Status.SUCCESS:
        fate = _NOT_USED[log.status]
        known = None if fate is Fate.UNREADABLE else cell
        return Fated(log, fate, log.reason or f"the log's status is '{log.status}'", known)
    if experiment is not None and experiment.runs and cell.run and experiment.run(cell.run) is None:
        return Fated(log, Fate.UNMATCHED, f"the experiment has no run '{cell.run}'", cell)
    return None


def _newest(cells: Sequence[Cell], identity: Sequence[str]) -> tuple[list[Cell], list[Fated]]:
    groups: dict[tuple[str, ...], list[Cell]] = {}
    for cell in cells:
        groups.setdefault(tuple(repr(cell.columns.get(name)) for name in identity), []).append(cell)
    kept: list[Cell] = []
    superseded: list[Fated] = []
    for group in groups.values():
        *older, newest = sorted(group, key=lambda cell: (_time(cell.log), cell.log.location))
        kept.append(newest)
        superseded += [
            Fated(cell.log, Fate.SUPERSEDED, f"'{newest.log.location}' is newer", cell) for cell in older
        ]
    return kept, superseded


def _of_epochs(cells: Sequence[Cell], epochs: Epochs) -> tuple[list[Cell], list[Fated]]:
    latest: dict[tuple[str | None, ...], int] = {}
    for cell in cells:
        if cell.epoch is not None:
            latest[_series(cell)] = max(cell.epoch, latest.get(_series(cell), cell.epoch))
    kept: list[Cell] = []
    others: list[Fated] = []
    for cell in cells:
        if cell.epoch is None or epochs == "all":
            kept.append(cell)
        elif epochs == "latest" and cell.epoch < latest[_series(cell)]:
            reason = f"epoch {latest[_series(cell)]} is shown (data.epochs: latest)"
            others.append(Fated(cell.log, Fate.OTHER_EPOCH, reason, cell))
        elif epochs != "latest" and cell.epoch not in epochs:
            reason = f"epoch {cell.epoch} is not among data.epochs: {list(epochs)}"
            others.append(Fated(cell.log, Fate.OTHER_EPOCH, reason, cell))
        else:
            kept.append(cell)
    return kept, others


def _series(cell: Cell) -> tuple[str | None, ...]:
    """The cells that are checkpoints of one training, evaluated on one task."""
    return (cell.run, cell.model, cell.task, cell.vis_label)


def _where(cells: Sequence[Cell], where: str | None) -> tuple[list[Cell], list[Fated]]:
    if where is None:
        return list(cells), []
    kept = [cell for cell in cells if is_true(where, cell.columns)]
    reason = f"data.where is false of it: {where}"
    return kept, [Fated(c.log, Fate.FILTERED, reason, c) for c in cells if c not in kept]


def _place(cell: Cell, experiment: Experiment | None) -> tuple[Any, ...]:
    """Runs in the design's order, then by name (r4 before r16); tasks in the design's order; epochs."""
    runs = [run.name for run in experiment.runs] if experiment is not None else []
    tasks = list(experiment.tasks) if experiment is not None else []
    return (
        runs.index(cell.run) if cell.run in runs else len(runs),
        natural_key(cell.run or ""),
        natural_key(cell.model),
        tasks.index(cell.task) if cell.task in tasks else len(tasks),
        natural_key(cell.task_name),
        -1 if cell.epoch is None else cell.epoch,
        cell.log.location,
    )


def _time(log: Log) -> datetime:
    return log.created or datetime.min.replace(tzinfo=UTC)
