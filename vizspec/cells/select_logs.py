"""The fate of every log: the newest successful log of a cell is kept, every other has its reason told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vizspec.cells.cell import IDENTITY, Cell, key_of, make_cells
from vizspec.cells.checkpoints import WantedEpochs, epoch_warnings, of_epochs
from vizspec.cells.columns import PREFIXES
from vizspec.cells.latest import conditions, newest
from vizspec.cells.log_use import Fate, LogUse, SelectedLogs, Split
from vizspec.errors import Problem, Problems
from vizspec.expressions import ExpressionError, NoSuchName, is_true_of
from vizspec.logs.record import Log, Status
from vizspec.text.messages import agreeing, counted, shown, suggestion
from vizspec.text.natural_order import natural_key
from vizspec.text.registry_names import without_package

if TYPE_CHECKING:
    from vizspec.cells.columns import Column
    from vizspec.experiment.model import Experiment

_NOT_USED = {
    Status.ERROR: Fate.FAILED,
    Status.CANCELLED: Fate.CANCELLED,
    Status.UNFINISHED: Fate.UNFINISHED,
    Status.UNREADABLE: Fate.UNREADABLE,
}


def select_logs(
    logs: Iterable[Log],
    experiment: Experiment | None = None,
    *,
    identity: Sequence[str] = IDENTITY,
    epochs: WantedEpochs = "latest",
    where: str | None = None,
    columns: Mapping[str, Column] | None = None,
) -> SelectedLogs:
    """Make the cells of the logs, and say of every log what became of it.

    Successful logs of the design's runs are filtered by `where`, then the newest of each cell is taken,
    then those of the epochs that are asked for. So a small trial that `where` leaves out does not hide the
    whole evaluation before it. Where the identity is the default one, the settings in which logs of one cell
    differ are part of it.

    Raises:
        ExpressionError: `where` cannot be worked out over some cell; names its log.
        Problems: a column of `identity` is one that no log has.
    """
    logs = tuple(logs)
    cells = make_cells(logs, experiment, columns, identity)
    _check_identity(cells, identity)
    usable = _usable(cells, experiment)
    matching = _where(usable.kept, where)
    further = conditions(matching.kept, identity) if tuple(identity) == IDENTITY else ()
    if further:
        identity = (*identity, *further)
        cells = tuple(replace(cell, identity=identity) for cell in cells)
        usable = _usable(cells, experiment)
        matching = _where(usable.kept, where)
    last = newest(matching.kept, identity)
    chosen = of_epochs(last.kept, epochs)
    kept = sorted(chosen.kept, key=_place(experiment))
    uses = usable.others + matching.others + last.others + chosen.others
    warnings = (
        *_without_values(cells, columns or {}),
        *last.warnings,
        *(_without_success(usable.others, usable.kept, identity) if experiment is None else ()),
        *epoch_warnings(kept, uses, epochs),
    )
    uses += [LogUse(cell.log, Fate.KEPT, "shown", cell) for cell in kept]
    every_checkpoint = sorted(last.kept, key=_place(experiment))
    return SelectedLogs(tuple(kept), tuple(sorted(uses, key=_by_location)), warnings, tuple(every_checkpoint))


def _check_identity(cells: Sequence[Cell], identity: Sequence[str]) -> None:
    known = [name for name in cells[0].columns if not name.startswith(PREFIXES)] if cells else []
    problems = [
        Problem(("data", "identity", place), f"no log has a column {shown(name)}", suggestion(name, known))
        for place, name in enumerate(identity)
        if cells and name not in cells[0].columns and not name.startswith(PREFIXES)
    ]
    if problems:
        raise Problems(problems)


def _usable(cells: Sequence[Cell], experiment: Experiment | None) -> Split:
    """The cells whose logs succeeded and whose runs are those of the design, where it names any."""
    usable: list[Cell] = []
    excluded: list[LogUse] = []
    runs = {run.name for run in experiment.runs} if experiment is not None else set()
    for cell in cells:
        log = cell.log
        if log.status is not Status.SUCCESS:
            known = None if log.status is Status.UNREADABLE else cell
            reason = log.reason or f"the log's status is '{log.status}'"
            excluded.append(LogUse(log, _NOT_USED[log.status], reason, known))
        elif runs and cell.run is not None and cell.run not in runs:
            reason = f"the experiment has no run '{cell.run}'"
            excluded.append(LogUse(log, Fate.UNMATCHED, reason, cell))
        elif log.invalidated:
            excluded.append(LogUse(log, Fate.INVALIDATED, why_invalid(log), cell))
        else:
            usable.append(cell)
    return Split(usable, excluded)


def why_invalid(log: Log) -> str:
    """How much of the log somebody has declared invalid, in a sentence."""
    if log.invalid is None:
        return "samples of it were invalidated"
    whole = "" if log.samples is None else f" of {log.samples:,}"
    samples = agreeing(log.samples or log.invalid, "sample")
    return f"{log.invalid:,}{whole} {samples} {agreeing(log.invalid, 'was', 'were')} invalidated"


def _where(cells: Sequence[Cell], where: str | None) -> Split:
    if where is None:
        return Split(list(cells), [])
    matching: list[Cell] = []
    filtered: list[LogUse] = []
    for cell in cells:
        if _holds(where, cell):
            matching.append(cell)
        else:
            reason = f"data.where is not true of it: {where}"
            filtered.append(LogUse(cell.log, Fate.FILTERED, reason, cell))
    return Split(matching, filtered)


def _holds(where: str, cell: Cell) -> bool:
    try:
        return is_true_of(where, cell.columns)
    except NoSuchName:
        raise
    except ExpressionError as error:
        raise ExpressionError(f"{error} (in the log '{cell.log.location}')") from error


def _place(experiment: Experiment | None) -> Callable[[Cell], tuple[Any, ...]]:
    """Runs in the design's order, then by name (r4 before r16); tasks in the design's order; epochs."""
    names = [run.name for run in experiment.runs] if experiment is not None else []
    planned = [without_package(task) for task in experiment.tasks] if experiment is not None else []
    runs = {name: place for place, name in reversed(list(enumerate(names)))}
    tasks = {name: place for place, name in reversed(list(enumerate(planned)))}

    def place(cell: Cell) -> tuple[Any, ...]:
        return (
            runs.get(cell.run or "", len(runs)),
            natural_key(cell.run or ""),
            natural_key(cell.model),
            tasks.get(cell.task, len(tasks)),
            natural_key(cell.task_name),
            -1 if cell.epoch is None else cell.epoch,
            natural_key(cell.log.location),
        )

    return place


def _without_success(
    others: Sequence[LogUse], usable: Sequence[Cell], identity: Sequence[str]
) -> Iterator[str]:
    """Of evaluations of which no log succeeded at any checkpoint; a design's coverage tells of its own."""
    names = [name for name in identity if name != "epoch"]
    there = {key_of(cell, names) for cell in usable}
    lost = [
        one
        for one in others
        if one.cell is not None and one.fate is not Fate.INVALIDATED and key_of(one.cell, names) not in there
    ]
    if lost:
        first = min(lost, key=_by_location)
        count = counted(len(lost), "log is", "logs are")
        yield (
            f"{count} not shown, and no other of the same evaluation: '{first.log.location}' ({first.reason})"
            + (" and others" if len(lost) > 1 else "")
        )


def _without_values(cells: Sequence[Cell], derived: Mapping[str, Column]) -> Iterator[str]:
    for name, column in derived.items():
        if cells and all(cell.columns[name] is None for cell in cells):
            yield f"the derived column '{name}' has no value for any log (from '{column.source}')"


def _by_location(use: LogUse) -> tuple[object, ...]:
    return natural_key(use.log.location)
