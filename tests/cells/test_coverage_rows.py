"""The ledger is data too."""

from __future__ import annotations

from tests.make import NOON, a_log, an_experiment
from vizspec.cells.coverage import ledger
from vizspec.cells.coverage_rows import CoverageRow, coverage_rows
from vizspec.cells.select_logs import select_logs
from vizspec.logs.record import Status


def test_every_planned_evaluation_and_every_log_has_its_row() -> None:
    design = an_experiment(["r4", "r8"])
    logs = [
        a_log("r4", location="new"),
        a_log("r4", location="old", created=None),
        a_log("r9", location="other"),
        a_log("r4", location="torn", status=Status.UNREADABLE, reason="it is empty", task=None),
        a_log("r4", task="sums", location="sums", created=NOON),
    ]
    selected = select_logs(logs, design)
    assert coverage_rows(ledger(selected, design), selected) == (
        CoverageRow("r4", "capitals", None, None, True, True, "kept", "shown", "new", "capitals"),
        CoverageRow(
            *("r4", "capitals", None, None, True, True, "superseded"),
            *("it tells no time, and 'new' is of the same cell", "old", "capitals"),
        ),
        CoverageRow("r8", "capitals", None, None, True, False, "missing", "no log was found"),
        CoverageRow("r4", "sums", None, None, False, True, "kept", "shown", "sums", "sums"),
        CoverageRow(
            *("r9", "capitals", None, None, False, False, "unmatched"),
            *("the experiment has no run 'r9'", "other", "capitals"),
        ),
        CoverageRow("r4", None, None, None, False, False, "unreadable", "it is empty", "torn"),
    )
