"""Where the files of an experiment lie and what its logs call things: as written now, and as earlier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from vizspec.demo.design import DemoCell, DemoDesign, DemoRun
from vizspec.errors import UserError


@dataclass(frozen=True)
class FolderLayout:
    """One version of the folder layout. All paths are relative to the experiment's folder."""

    name: str
    logs: Callable[[DemoCell], PurePosixPath]
    """The folder of a cell's log."""
    model: Callable[[DemoCell], str]
    """The model's name in a cell's log, without its provider."""
    artifacts: Callable[[str], PurePosixPath]
    """The folder of a run's training artifacts, which holds one folder per checkpoint."""
    finetuned_key: str
    """The key of the log's metadata that tells fine-tuned models."""

    def metadata(self, design: DemoDesign, cell: DemoCell) -> Mapping[str, Any]:
        """The metadata of a cell's log. Runs without checkpoints have no `epoch`."""
        run = design.run(cell.run)
        fields: dict[str, Any] = {self.finetuned_key: is_finetuned(run), "source_model": run.model}
        return fields if cell.epoch is None else {"epoch": cell.epoch, **fields}


def layout_named(name: str) -> FolderLayout:
    """The layout of that name; `UserError` if there is none."""
    if name not in LAYOUTS:
        raise UserError(f"there is no layout {name!r}", f"the layouts are: {', '.join(LAYOUTS)}")
    return LAYOUTS[name]


def is_finetuned(run: DemoRun) -> bool:
    """Whether the run's model was trained, here or earlier."""
    return run.type != "control"


def _logs_by_task(cell: DemoCell) -> PurePosixPath:
    checkpoint = "" if cell.epoch is None else f"_epoch{cell.epoch}"
    return PurePosixPath(cell.run, "eval", f"{cell.task}{checkpoint}", "logs")


def _model_of_checkpoint(cell: DemoCell) -> str:
    return cell.run if cell.epoch is None else f"{cell.run}_epoch_{cell.epoch}"


LAYOUTS = {
    "current": FolderLayout(
        "current",
        logs=_logs_by_task,
        model=_model_of_checkpoint,
        artifacts=lambda run: PurePosixPath(run, "artifacts"),
        finetuned_key="is_finetuned",
    ),
    "older": FolderLayout(
        "older",
        logs=lambda cell: PurePosixPath(cell.run, "eval", "logs"),
        model=lambda cell: "local",
        artifacts=lambda run: PurePosixPath("output", f"ck-out-{run}"),
        finetuned_key="finetuned",
    ),
}
