"""The coverage ledger as rows of data: each planned evaluation and each log, with its fate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vizspec.cells.coverage import Ledger, LedgerRow
from vizspec.cells.log_use import Fate, LogUse, SelectedLogs

MISSING = "missing"
"""The fate of a planned evaluation that has no log."""


@dataclass(frozen=True)
class CoverageRow:
    """A log, or a planned evaluation without one (`log` is None then); what is not known is None.

    `planned`: the evaluation is one of the design's matrix; `shown`: some log of it is in the views, or this
    one of those that are not planned. `fate` is the log's (kept, superseded, trial, failed, …) with the
    reason, or `missing`. `log_task` is what the log calls the task.
    """

    run: str | None
    task: str | None
    vis_label: str | None
    epoch: int | None
    planned: bool
    shown: bool
    fate: str
    reason: str | None
    log: str | None = None
    log_task: str | None = None


def coverage_rows(ledger: Ledger, selected: SelectedLogs) -> tuple[CoverageRow, ...]:
    """The rows in the ledger's order, the logs that belong to no evaluation last."""
    uses = {use.log.location: use for use in selected.uses}
    rows = [row for each in ledger.rows for row in _of_evaluation(each, uses)]
    stray = [
        _of_log(LedgerRow(use.log.run, use.log.task or "", None, None, False, False, None), use)
        for use in ledger.stray
    ]
    return (*rows, *stray)


def _of_evaluation(row: LedgerRow, uses: dict[str, LogUse]) -> Iterator[CoverageRow]:
    for location in row.logs:
        yield _of_log(row, uses[location])
    if not row.logs:
        place = (row.run, row.task, row.vis_label, row.epoch)
        yield CoverageRow(*place, row.planned, row.shown, MISSING, row.reason)


def _of_log(row: LedgerRow, use: LogUse) -> CoverageRow:
    return CoverageRow(
        row.run,
        row.task or None,
        row.vis_label,
        row.epoch,
        row.planned,
        row.shown if row.planned else use.fate is Fate.KEPT,
        use.fate.value,
        use.reason,
        use.log.location,
        use.log.setup.task_name or use.log.task,
    )
