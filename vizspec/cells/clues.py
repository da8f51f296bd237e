"""What a log tells of the evaluation that it is of: its names for the task, its folder, its arguments."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from vizspec.cells.columns import text_of
from vizspec.cells.matching import Clues, base_name
from vizspec.logs.record import Log
from vizspec.text.registry_names import without_package

UNKNOWN_TASK = "unknown task"

_CELL_FOLDER = re.compile(r"(.+?)(?:_epoch_?([0-9]{1,9})|_base)?", re.DOTALL)
"""The folder of a cell: `{task}_epoch{N}`, `{task}_base` or `{task}`."""


def clues_of(log: Log, run: str | None, epoch: int | None) -> Clues:
    """The clues of a log whose run and checkpoint are known already."""
    setup, folder = log.setup, cell_folder(log)
    in_folder = _CELL_FOLDER.fullmatch(folder or "")
    named = (log.named_beside, folder, in_folder[1] if in_folder else None)
    dataset = (setup.dataset.name, setup.dataset.location)
    return Clues(
        run=run,
        epoch=epoch,
        vis_label=log.vis_label,
        names=_distinct(setup.registered, task_name(log), log.task, setup.task_name),
        folders=_distinct(*named),
        function=setup.registered,
        file=setup.task_file,
        arguments=frozenset((name, text_of(value)) for name, value in log.task_args.items()),
        datasets=frozenset(base_name(text) for text in dataset if text),
    )


def task_name(log: Log) -> str:
    """What the log calls its task, without its package, and without the label that the recipe adds to it."""
    name, label = log.setup.task_name or log.task, log.vis_label
    if not name:
        return UNKNOWN_TASK
    if label is not None and name.endswith(f"_{label}") and name != f"_{label}":
        name = name.removesuffix(f"_{label}")
    return without_package(name) or name


def cell_folder(log: Log) -> str | None:
    """The folder of the log's cell, `riddle_epoch0` in `{run}/eval/riddle_epoch0/logs/`; None elsewhere."""
    location = log.columns.get("log")
    folders = PurePosixPath(location if isinstance(location, str) else log.location).parts[:-1]
    return folders[-2] if len(folders) > 2 and folders[-1] == "logs" and folders[-3] == "eval" else None


def epoch_in_folder(log: Log) -> int | None:
    """The checkpoint that the folder of the log's cell is named after."""
    found = _CELL_FOLDER.fullmatch(cell_folder(log) or "")
    return int(found[2]) if found and found[2] else None


def _distinct(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
