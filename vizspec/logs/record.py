"""What vizspec knows of one log, whatever it was read from: `.eval`, `.json`, or a row of a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from vizspec.metrics.score import Score

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Status(StrEnum):
    """How a log ended. Only `SUCCESS` logs carry results; the others are kept to be told of."""

    SUCCESS = "success"
    ERROR = "error"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Log:
    """One log. `location` is relative to the experiment's folder ('/'-separated), or a URL.

    `epochs` is Inspect's number of repeats of each sample; `metadata["epoch"]` (see `checkpoint`) is the
    training epoch of the evaluated checkpoint: the two have nothing to do with each other.
    `reason` says in one sentence why a log that is not `SUCCESS` is not used. `columns` are the further
    columns of a row that came from a data frame.
    """

    location: str
    status: Status
    reason: str | None = None
    created: datetime | None = None
    """When the evaluation began, always with its zone."""
    eval_id: str | None = None
    task: str | None = None
    task_args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    model: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    samples: int | None = None
    """Samples in the data set as evaluated, each counted once."""
    completed: int | None = None
    """Samples that were completed, each counted once a repeat."""
    epochs: int = 1
    scores: tuple[Score, ...] = ()
    version: str | None = None
    """The version of inspect-ai that wrote the log."""
    run: str | None = None
    """The run whose folder holds the log, where a pattern with `{run}` matched."""
    sha256: str | None = None
    columns: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def vis_label(self) -> str | None:
        """The task argument `vis_label`, as text (the command line turns `16` into a number)."""
        label = self.task_args.get("vis_label")
        return None if label is None or label == "" else str(label)

    @property
    def checkpoint(self) -> int | None:
        """The training epoch of the evaluated checkpoint: `epoch` of the log's metadata."""
        epoch = self.metadata.get("epoch")
        if isinstance(epoch, bool):
            return None
        if isinstance(epoch, int):
            return epoch
        if isinstance(epoch, str) and epoch.strip().isdecimal():
            return int(epoch)
        return None
