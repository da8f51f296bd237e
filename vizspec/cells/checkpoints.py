"""Which checkpoints are shown: the latest of each run and task, all, or those of a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from vizspec.cells.cell import Cell, key_of
from vizspec.cells.log_use import Fate, LogUse, Split

WantedEpochs = Literal["latest", "all"] | tuple[int, ...]
"""Which checkpoints are shown."""


def of_epochs(cells: Sequence[Cell], epochs: WantedEpochs) -> Split:
    """The cells that are shown, and the others with the reason; a cell without a checkpoint is shown."""
    latest: dict[tuple[str | None, ...], int] = {}
    for cell in cells:
        if cell.epoch is not None:
            latest[_series(cell)] = max(cell.epoch, latest.get(_series(cell), cell.epoch))
    kept: list[Cell] = []
    others: list[LogUse] = []
    for cell in cells:
        reason = _why_other_epoch(cell, epochs, latest)
        if reason is None:
            kept.append(cell)
        else:
            others.append(LogUse(cell.log, Fate.OTHER_EPOCH, reason, cell))
    return Split(kept, others)


def epoch_warnings(kept: Sequence[Cell], unused: Sequence[LogUse], epochs: WantedEpochs) -> Iterator[str]:
    """What `latest` hides: tasks of one run shown at different epochs, and later epochs that are no use."""
    if epochs != "latest":
        return
    tasks_of = _names(kept, unused)
    trained: defaultdict[tuple[str | None, str], dict[int, list[str]]] = defaultdict(dict)
    for cell in kept:
        if cell.epoch is not None:
            task = tasks_of[cell.task, cell.task_name]
            trained[cell.run, cell.model].setdefault(cell.epoch, []).append(task)
    for (run, model), tasks in trained.items():
        if len(tasks) > 1:
            shown = "; ".join(f"{epoch} in {_listed(names)}" for epoch, names in sorted(tasks.items()))
            yield f"'{run or model}' is shown at different epochs: {shown} (data.epochs: latest)"
    yield from _later_epochs(kept, unused, tasks_of)


def _why_other_epoch(
    cell: Cell, epochs: WantedEpochs, latest: Mapping[tuple[str | None, ...], int]
) -> str | None:
    if cell.epoch is None or epochs == "all":
        return None
    if epochs == "latest":
        last = latest[_series(cell)]
        return None if cell.epoch == last else f"epoch {last} is shown (data.epochs: latest)"
    return None if cell.epoch in epochs else f"epoch {cell.epoch} is not among data.epochs: {list(epochs)}"


def _series(cell: Cell) -> tuple[str | None, ...]:
    """What the checkpoints of one training have in common, evaluated on one task."""
    others = [name for name in cell.identity if name != "epoch"]
    return key_of(cell, tuple(dict.fromkeys(("run", "model", "task", "vis_label", *others))))


def _names(kept: Sequence[Cell], unused: Sequence[LogUse]) -> Mapping[tuple[str, str], str]:
    """What each task is called, by its name and its label: both, where two tasks have one label."""
    cells = (*kept, *(use.cell for use in unused if use.cell is not None))
    pairs = dict.fromkeys((cell.task, cell.task_name) for cell in cells)
    times = Counter(label for _, label in pairs)
    return {(task, label): label if times[label] == 1 else f"{label} ({task})" for task, label in pairs}


def _later_epochs(
    kept: Sequence[Cell], unused: Sequence[LogUse], tasks_of: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    shown = {_series(cell): cell for cell in kept}
    noticed: set[tuple[object, ...]] = set()
    for use in unused:
        cell = use.cell
        if cell is None or cell.epoch is None or use.fate is Fate.UNMATCHED:
            continue
        earlier = shown.get(_series(cell))
        if earlier is None or earlier.epoch is None or cell.epoch <= earlier.epoch:
            continue
        key = (_series(cell), cell.epoch)
        if key not in noticed:
            noticed.add(key)
            task = tasks_of[cell.task, cell.task_name]
            yield (
                f"'{cell.run or cell.model}' is shown at epoch {earlier.epoch} in '{task}', "
                f"because the log of epoch {cell.epoch} is not used ({use.fate}: {use.reason})"
            )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
