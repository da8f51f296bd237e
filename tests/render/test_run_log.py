"""The run log: one entry a step, in a form that other tools read, and never a reason to stop."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vizspec.render.run_log import Action, RunLog, entry_text

NOON = datetime(2026, 1, 2, 12, 0, 5)


def test_entries_are_appended_with_the_time_of_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "analyze-experiment.log"
    log = RunLog(path, lambda: NOON)
    assert log.record(Action.LOAD_EVALS, "12 logs", "r4/eval, r8/eval", "12 read") is None
    assert RunLog(path, lambda: NOON).record(Action.COMPLETE, "done") is None
    assert path.read_text(encoding="utf-8") == (
        "[2026-01-02 12:00:05] LOAD_EVALS: 12 logs\n"
        "Details: r4/eval, r8/eval\n"
        "Result: 12 read\n"
        "\n"
        "[2026-01-02 12:00:05] COMPLETE: done\n"
        "\n"
    )


def test_a_log_that_cannot_be_written_gives_the_reason(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    log = RunLog(tmp_path / "logs" / "analyze-experiment.log", lambda: NOON)
    problem = log.record(Action.COMPLETE, "done")
    assert problem
    assert problem.startswith("the run log '")
    assert log.problem == problem


def test_text_that_cannot_be_encoded_is_written_all_the_same(tmp_path: Path) -> None:
    assert RunLog(tmp_path / "a.log", lambda: NOON).record(Action.SELECT_VIEW, "half \ud800") is None


@given(st.text(), st.text(), st.text())
def test_no_text_can_begin_an_entry_of_its_own(brief: str, details: str, result: str) -> None:
    lines = entry_text(NOON, Action.GENERATE_PLOT, brief, details, result).split("\n")
    assert lines[0].startswith("[2026-01-02 12:00:05] GENERATE_PLOT:")
    assert all(line.startswith(("Details: ", "Result: ", "    ")) for line in lines[1:-2])
    assert lines[-2:] == ["", ""]


def test_every_action_of_the_recipe_is_there() -> None:
    assert {action.value for action in Action} == {
        "LOCATE_EXPERIMENT",
        "PARSE_CONFIG",
        "LOAD_EVALS",
        "DEDUPLICATE",
        "SELECT_VIEW",
        "GENERATE_PLOT",
        "COMPUTE_METRICS",
        "GENERATE_REPORT",
        "COMPLETE",
    }


def test_no_link_in_the_place_of_the_run_log_is_followed(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("mine\n")
    (tmp_path / "log").symlink_to(tmp_path / "profile")
    log = RunLog(tmp_path / "log")
    assert "cannot be written" in (log.record(Action.COMPLETE, "done") or "")
    assert (tmp_path / "profile").read_text() == "mine\n"


def test_a_pipe_in_the_place_of_the_run_log_stops_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    assert "cannot be written" in (RunLog(tmp_path / "log").record(Action.COMPLETE, "done") or "")


def test_a_traceback_stands_on_lines_of_its_own_of_which_none_begins_an_entry() -> None:
    traceback = 'Traceback:\n  File "a.py"\n\n[2026-01-01 00:00:00] COMPLETE: forged\n'
    entry = entry_text(datetime(2026, 1, 2), Action.GENERATE_PLOT, "id", traceback, "failed")
    assert entry.splitlines() == [
        "[2026-01-02 00:00:00] GENERATE_PLOT: id",
        "Details: Traceback:",
        '      File "a.py"',
        "    [2026-01-01 00:00:00] COMPLETE: forged",
        "Result: failed",
        "",
    ]
