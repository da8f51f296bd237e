"""Which of a cell's logs is kept, and when the others may be evaluations of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from vizspec.cells.cell import IDENTITY, Cell, key_of
from vizspec.cells.columns import text_of
from vizspec.cells.log_use import Fate, LogUse, Split
from vizspec.logs.record import Log, Status
from vizspec.text.messages import counted

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def newest(cells: Sequence[Cell], identity: Sequence[str]) -> Split:
    """The newest of the cells that are alike in the identity columns, the others, and warnings about them.

    Of logs of one time that with the last path is taken; a log without a time is the oldest.
    """
    groups: defaultdict[tuple[str | None, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key_of(cell, identity)].append(cell)
    kept: list[Cell] = []
    superseded: list[LogUse] = []
    smaller: list[tuple[Log, Log]] = []
    unlike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for group in groups.values():
        *older, last = sorted(group, key=lambda cell: (cell.log.created or LONG_AGO, cell.log.location))
        kept.append(last)
        for cell in older:
            superseded.append(LogUse(cell.log, Fate.SUPERSEDED, _why(cell.log, last.log), cell))
            unlike[_differing_arguments(cell.log, last.log)].append(cell.log.location)
        whole = max((cell.log for cell in older), key=lambda log: log.samples or 0, default=last.log)
        if last.log.samples is not None and last.log.samples < (whole.samples or 0):
            smaller.append((last.log, whole))
    unlike.pop((), None)
    return Split(kept, superseded, (*_warnings(unlike), *_of_trials(smaller)))


def conditions_without_runs(cells: Iterable[Cell]) -> tuple[str, ...]:
    """The columns of task arguments in which logs differ that have no run and are alike in all else.

    A run may be evaluated again with other settings; logs that belong to no run are compared by theirs.
    """
    groups: defaultdict[tuple[str | None, ...], list[Log]] = defaultdict(list)
    for cell in cells:
        if cell.run is None and cell.log.status is Status.SUCCESS:
            groups[key_of(cell, IDENTITY)].append(cell.log)
    names = {
        name for first, *rest in groups.values() for log in rest for name in _differing_arguments(log, first)
    }
    return tuple(f"task_args.{name}" for name in sorted(names))


def _why(older: Log, newest: Log) -> str:
    if older.eval_id is not None and older.eval_id == newest.eval_id:
        return f"it is the same evaluation as '{newest.location}'"
    if older.created is None:
        return f"it tells no time, and '{newest.location}' is of the same cell"
    if older.created == newest.created:
        return f"'{newest.location}' is of the same cell and the same time"
    return f"'{newest.location}' is newer"


def _differing_arguments(older: Log, newest: Log) -> tuple[str, ...]:
    """The task arguments in which two logs differ."""
    names = sorted({*older.task_args, *newest.task_args})
    return tuple(
        name for name in names if text_of(older.task_args.get(name)) != text_of(newest.task_args.get(name))
    )


def _of_trials(smaller: Sequence[tuple[Log, Log]]) -> Iterator[str]:
    """Of the newest logs that have fewer samples than an older one of their cell."""
    if not smaller:
        return
    trial, whole = min(smaller, key=lambda pair: pair[0].location)
    count = counted(len(smaller), "log has", "logs have")
    yield (
        f"{count} fewer samples than an older one whose place it takes, such as '{trial.location}' "
        f"({trial.samples:,} of {whole.samples:,} samples of '{whole.location}'): "
        f"if it is a trial, leave it out with data.where, as in 'n_samples > {trial.samples}'"
    )


def _warnings(unlike: dict[tuple[str, ...], list[str]]) -> Iterator[str]:
    for names, logs in unlike.items():
        columns = ", ".join(f"task_args.{name}" for name in names)
        count = counted(len(logs), "log differs", "logs differ")
        yield (
            f"{count} from the newer one of the same cell in {columns}, such as '{min(logs)}': "
            "if these are conditions to compare, name the column in data.identity"
        )
