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
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"
    UNMATCHED = "unmatched"
    OTHER_EPOCH = "other epoch"
    FILTERED = "filtered"


@dataclass(frozen=True)
class Fated:
    """A log and what became of it, with the reason in one sentence; an unreadable log has no cell."""

    log: Log
    fate: Fate
    reason: str
    cell: Cell | None = None


@dataclass(frozen=True)
class Sorting:
    """The cells to show, in the design's order, and the fate of every log that was found, by its path.

    `warnings` are sentences on what a reader of the shown cells would not expect.
    """

    cells: tuple[Cell, ...]
    fates: tuple[Fated, ...]
    warnings: tuple[str, ...] = ()

    def with_fate(self, *fates: Fate) -> tuple[Fated, ...]:
        """The logs that met one of these fates."""
        return tuple(fated for fated in self.fates if fated.fate in fates)


class Parted(NamedTuple):
    """The cells that go on, those that do not with their fates, and sentences on what may surprise in it."""

    kept: list[Cell]
    others: list[Fated]
    warnings: tuple[str, ...] = ()
