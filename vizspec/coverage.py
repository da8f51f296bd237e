"""The coverage ledger: every cell of the evaluation matrix is shown, or listed with the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vizspec.cells import Cell, Fate, Fated, Sorting

if TYPE_CHECKING:
    from vizspec.experiment import ExpectedCell, Experiment


@dataclass(frozen=True)
class LedgerRow:
    """One cell of the design, or one found without being planned.

    `shown`: a log of it is in the views. `reason` says why not, or what is odd. `logs` are the paths of
    every log of the cell, the shown one first.
    """

    run: str | None
    task: str
    vis_label: str | None
    epoch: int | None
    shown: bool
    planned: bool
    reason: str | None
    logs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """All cells, the planned ones in the design's order, and the logs that belong to none."""

    rows: tuple[LedgerRow, ...] = ()
    stray: tuple[Fated, ...] = ()

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @property
    def planned_and_shown(self) -> int:
        return sum(row.planned and row.shown for row in self.rows)

    @property
    def not_shown(self) -> tuple[LedgerRow, ...]:
        return tuple(row for row in self.rows if not row.shown)

    @property
    def unplanned(self) -> tuple[LedgerRow, ...]:
        return tuple(row for row in self.rows if not row.planned)


def ledger(sorting: Sorting, experiment: Experiment | None) -> Ledger:
    """Compare the logs with the evaluation matrix; without an experiment every cell is unplanned."""
    with_cell = [
        fated for fated in sorting.fates if fated.cell is not None and fated.fate is not Fate.UNMATCHED
    ]
    stray = tuple(fated for fated in sorting.fates if fated not in with_cell)
    expected = experiment.expected_cells() if experiment is not None else ()
    rows: list[LedgerRow] = []
    claimed: set[str] = set()
    for cell in expected:
        found = [fated for fated in with_cell if fated.cell is not None and _is(fated.cell, cell)]
        claimed |= {fated.log.location for fated in found}
        rows.append(_planned(cell, found))
    rest = [fated for fated in with_cell if fated.log.location not in claimed]
    has_matrix = bool(expected)
    return Ledger((*rows, *_unplanned(rest, has_matrix)), stray)


def _is(cell: Cell, expected: ExpectedCell) -> bool:
    """Whether a log's cell is the planned one; a log without a label or a checkpoint matches by the rest."""
    if cell.run != expected.run or cell.task != expected.task.rpartition("/")[2]:
        return False
    if None not in (cell.vis_label, expected.vis_label) and cell.vis_label != expected.vis_label:
        return False
    return cell.epoch == expected.epoch or expected.epoch is None


def _planned(expected: ExpectedCell, found: Sequence[Fated]) -> LedgerRow:
    kept = [fated for fated in found if fated.fate is Fate.KEPT]
    logs = tuple(fated.log.location for fated in (*kept, *(f for f in found if f not in kept)))
    place = (expected.run, expected.task, expected.vis_label, expected.epoch)
    if kept:
        return LedgerRow(*place, True, True, None, logs)
    return LedgerRow(*place, False, True, _why(found), logs)


def _why(found: Sequence[Fated]) -> str:
    if not found:
        return "no log was found"
    return "; ".join(dict.fromkeys(f"{fated.fate}: {fated.reason}" for fated in found))


def _unplanned(fates: Sequence[Fated], has_matrix: bool) -> list[LedgerRow]:
    groups: dict[tuple[str | None, str, str | None, int | None], list[Fated]] = {}
    for fated in fates:
        cell = fated.cell
        if cell is not None:
            groups.setdefault((cell.run, cell.task, cell.vis_label, cell.epoch), []).append(fated)
    rows = []
    for place, found in groups.items():
        shown = any(fated.fate is Fate.KEPT for fated in found)
        note = "not in the evaluation matrix" if has_matrix else None
        reason = note if shown else _why(found)
        rows.append(LedgerRow(*place, shown, False, reason, tuple(fated.log.location for fated in found)))
    return rows
