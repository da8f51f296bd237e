"""What became of each log that was found: a record for every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vizspec.cells.cell import Cell
from vizspec.logs.record import Log


class Fate(StrEnum):
    """What became of a log."""

    KEPT = "kept"
    SUPERSEDED = "superseded"
    TRIAL = "trial"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"
    INVALIDATED = "invalidated"
    UNMATCHED = "unmatched"
    OTHER_EPOCH = "other epoch"
    FILTERED = "filtered"


@dataclass(frozen=True)
class LogUse:
    """A log and what became of it, with the reason in one sentence; an unreadable log has no cell."""

    log: Log
    fate: Fate
    reason: str
    cell: Cell | None = None


@dataclass(frozen=True)
class SelectedLogs:
    """The cells to show, in the design's order, and the fate of every log that was found, by its path.

    `warnings` are sentences on what a reader of the shown cells would not expect. `every_checkpoint` has the
    shown cells and those of other checkpoints, in the same order.
    """

    cells: tuple[Cell, ...]
    uses: tuple[LogUse, ...]
    warnings: tuple[str, ...] = ()
    every_checkpoint: tuple[Cell, ...] = ()

    def with_fate(self, *uses: Fate) -> tuple[LogUse, ...]:
        """The logs that met one of these fates."""
        return tuple(use for use in self.uses if use.fate in uses)


class Split(NamedTuple):
    """The cells that go on, those that do not with their fates, and sentences on what may surprise in it."""

    kept: list[Cell]
    others: list[LogUse]
    warnings: tuple[str, ...] = ()
