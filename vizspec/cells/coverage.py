"""The coverage ledger: every cell of the evaluation matrix is shown, or listed with the reason why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vizspec.cells.log_use import Fate, LogUse, SelectedLogs

if TYPE_CHECKING:
    from vizspec.experiment.model import ExpectedCell, Experiment


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
    """All cells, the planned ones in the design's order, and the logs that belong to none.

    Every log found is in exactly one row, or among the stray ones: logs that cannot be read, and logs of
    runs that the design does not know.
    """

    rows: tuple[LedgerRow, ...] = ()
    stray: tuple[LogUse, ...] = ()

    @property
    def planned(self) -> int:
        """How many cells the evaluation matrix has."""
        return sum(row.planned for row in self.rows)

    @property
    def planned_and_shown(self) -> int:
        """How many cells of the evaluation matrix are in the views."""
        return sum(row.planned and row.shown for row in self.rows)

    @property
    def not_shown(self) -> tuple[LedgerRow, ...]:
        """The cells that are not in the views."""
        return tuple(row for row in self.rows if not row.shown)

    @property
    def unplanned(self) -> tuple[LedgerRow, ...]:
        """The cells that are not in the evaluation matrix."""
        return tuple(row for row in self.rows if not row.planned)


def ledger(selected: SelectedLogs, experiment: Experiment | None) -> Ledger:
    """Compare the logs with the evaluation matrix; without an experiment every cell is unplanned."""
    expected = experiment.expected_cells() if experiment is not None else ()
    stray = tuple(use for use in selected.uses if _is_stray(use))
    found: dict[ExpectedCell, list[LogUse]] = {cell: [] for cell in expected}
    rest: list[tuple[LogUse, int]] = []
    for use in selected.uses:
        if use.cell is None or _is_stray(use):
            continue
        planned = use.cell.match.planned
        if planned is not None:
            found[planned].append(use)
        else:
            rest.append((use, len(use.cell.match.candidates)))
    unreadable = _unreadable_of_runs(stray)
    rows = [_planned(cell, logs, unreadable.get(cell.run, ())) for cell, logs in found.items()]
    return Ledger((*rows, *_unplanned(rest, bool(expected))), stray)


def _is_stray(use: LogUse) -> bool:
    return use.cell is None or use.fate is Fate.UNMATCHED


def _unreadable_of_runs(stray: Iterable[LogUse]) -> Mapping[str, list[str]]:
    logs: defaultdict[str, list[str]] = defaultdict(list)
    for use in stray:
        if use.fate is Fate.UNREADABLE and use.log.run is not None:
            logs[use.log.run].append(use.log.location)
    return logs


def _planned(expected: ExpectedCell, found: Sequence[LogUse], unreadable: Sequence[str]) -> LedgerRow:
    kept = [use for use in found if use.fate is Fate.KEPT]
    reason = _oddity(expected, kept) if kept else _why(found, unreadable)
    return LedgerRow(
        expected.run,
        expected.task,
        expected.vis_label,
        expected.epoch,
        shown=bool(kept),
        planned=True,
        reason=reason,
        logs=_shown_first(found),
    )


def _oddity(expected: ExpectedCell, kept: Sequence[LogUse]) -> str | None:
    """What the shown logs do not tell, although the plan does: they were matched by the rest."""
    cells = [use.cell for use in kept if use.cell is not None]
    has_no_label = expected.vis_label is not None and any(cell.log.vis_label is None for cell in cells)
    has_no_epoch = expected.epoch is not None and any(cell.epoch is None for cell in cells)
    lacking = [name for name, lacks in (("vis_label", has_no_label), ("epoch", has_no_epoch)) if lacks]
    return f"its log tells no {' and no '.join(lacking)}" if lacking else None


def _why(found: Sequence[LogUse], unreadable: Sequence[str] = ()) -> str:
    if found:
        decisive = [use for use in found if use.fate is not Fate.SUPERSEDED] or found
        return "; ".join(dict.fromkeys(map(_fate_and_reason, decisive)))
    if unreadable:
        listed = ", ".join(f"'{location}'" for location in unreadable)
        return f"no log was found; these logs of its run cannot be read: {listed}"
    return "no log was found"


def _fate_and_reason(use: LogUse) -> str:
    return use.reason if use.fate.value in use.reason else f"{use.fate}: {use.reason}"


def _unplanned(rest: Iterable[tuple[LogUse, int]], has_matrix: bool) -> list[LedgerRow]:
    groups: defaultdict[tuple[str | None, str, str | None, int | None], list[LogUse]] = defaultdict(list)
    candidates: dict[tuple[str | None, str, str | None, int | None], int] = {}
    for use, meant in rest:
        cell = use.cell
        if cell is not None:
            place = (cell.run, cell.task, cell.vis_label, cell.epoch)
            groups[place].append(use)
            candidates[place] = meant
    rows = []
    for place, found in groups.items():
        shown = any(use.fate is Fate.KEPT for use in found)
        reason = _why_unplanned(candidates[place]) if shown and has_matrix else None
        logs = _shown_first(found)
        rows.append(LedgerRow(*place, shown, False, reason if shown else _why(found), logs))
    return rows


def _why_unplanned(candidates: int) -> str:
    if candidates:
        return f"its log does not tell which of {candidates} planned evaluations it is"
    return "not in the evaluation matrix"


def _shown_first(found: Sequence[LogUse]) -> tuple[str, ...]:
    ordered = sorted(found, key=lambda use: use.fate is not Fate.KEPT)
    return tuple(use.log.location for use in ordered)
