"""What the run log tells of a render."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.make import a_log, some_facts
from tests.report.make import a_step, failed, made, skipped
from vizspec.logs.record import Status as LogStatus
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Plan, Skipped
from vizspec.render.result import Rendered
from vizspec.render.run_log import RunLog, RunLogEntries


def logged_parts(tmp_path: Path) -> list[list[str]]:
    """The entries without their times."""
    text = (tmp_path / "run.log").read_text(encoding="utf-8")
    return [[line.partition("] ")[2] or line for line in entry.splitlines()] for entry in text.split("\n\n")][
        :-1
    ]


def recorder(tmp_path: Path) -> RunLogEntries:
    return RunLogEntries(RunLog(tmp_path / "run.log", lambda: datetime(2026, 1, 30, 12)))


def test_logs_are_told_by_their_fates_and_what_supersedes_them(tmp_path: Path) -> None:
    logs = [
        a_log("a", location="new.eval", created="2026-01-02T00:00:00+00:00"),
        a_log("a", location="old.eval", created="2026-01-01T00:00:00+00:00"),
        a_log("b", location="bad.eval", status=LogStatus.ERROR, reason="out of memory"),
    ]
    plan = Plan((a_step(id="one"), Skipped("two", 1, "scores_heatmap", None, "one model")))
    recorder(tmp_path).planned(some_facts(logs), plan)
    entries = logged_parts(tmp_path)
    assert entries[0] == ["LOAD_EVALS: 3 logs", "Result: 1 failed, 1 kept, 1 superseded"]
    assert entries[1][0] == "DEDUPLICATE: old.eval"
    assert "new.eval" in entries[1][1]
    assert entries[2:] == [
        ["SELECT_VIEW: one", "Result: render"],
        ["SELECT_VIEW: two", "Result: skip: one model"],
    ]


def test_every_output_is_told_with_its_files_and_a_failure_with_its_traceback(tmp_path: Path) -> None:
    trace = "Traceback (most recent call last):\n  ValueError: no"
    broken = Outcome(
        a_step(id="two"), (FileOutcome("two.html", OutputStatus.FAILED, "ValueError: no", traceback=trace),)
    )
    jobs = made(a_step("jobs", id="three", view="compute_utilization"))
    outcomes = (made(a_step("one", id="one")), broken, jobs, skipped("four", "one model"))
    rendered = Rendered(outcomes, tmp_path / "analysis", "report.md")
    recorder(tmp_path).finished(rendered)
    assert logged_parts(tmp_path) == [
        ["GENERATE_PLOT: one", "Details: one.html, one.png", "Result: made"],
        ["GENERATE_PLOT: two", "Result: failed: ValueError: no"],
        [
            "GENERATE_PLOT: two: traceback",
            "Details: Traceback (most recent call last):",
            "      ValueError: no",
        ],
        ["COMPUTE_METRICS: three", "Details: jobs.html, jobs.png", "Result: made"],
        ["GENERATE_REPORT: report.md"],
        [f"COMPLETE: {tmp_path / 'analysis'}", "Result: 1 failed, 2 made, 1 skipped"],
    ]


def test_a_render_of_nothing_is_told_too(tmp_path: Path) -> None:
    recorder(tmp_path).finished(Rendered((), tmp_path, None))
    assert logged_parts(tmp_path) == [[f"COMPLETE: {tmp_path}", "Result: nothing to draw"]]


def test_a_run_log_that_cannot_be_written_is_a_reason_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "run.log").mkdir()
    unwritable = recorder(tmp_path)
    unwritable.finished(Rendered((failed(a_step(), "no"),), tmp_path, None))
    assert "cannot be written" in (unwritable.problem or "")
