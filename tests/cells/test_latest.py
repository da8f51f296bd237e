"""The newest log of a cell, by true time, and conditions that a narrow identity would hide."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.make import NOON, a_log
from vizspec.cells.log_use import Fate, SelectedLogs
from vizspec.cells.select_logs import select_logs

LATER = NOON + timedelta(hours=1)


def uses(selected: SelectedLogs) -> dict[str, str]:
    return {use.log.location: use.fate.value for use in selected.uses}


def test_time_is_compared_with_its_zone() -> None:
    selected = select_logs(
        [
            a_log("r4", location="east", created="2026-01-02T20:00:00+09:00"),
            a_log("r4", location="west", created="2026-01-02T12:00:00-05:00"),
        ]
    )
    assert uses(selected) == {"east": "superseded", "west": "kept"}


def test_a_log_without_a_time_is_the_oldest() -> None:
    selected = select_logs([a_log("r4", location="b", created=None), a_log("r4", location="a")])
    assert uses(selected) == {"a": "kept", "b": "superseded"}
    assert selected.with_fate(Fate.SUPERSEDED)[0].reason == "it tells no time, and 'a' is of the same cell"


def test_logs_of_one_time_are_decided_by_their_paths_in_any_order() -> None:
    logs = [a_log("r4", location="a"), a_log("r4", location="b")]
    assert uses(select_logs(logs)) == uses(select_logs(logs[::-1])) == {"a": "superseded", "b": "kept"}
    reason = select_logs(logs).with_fate(Fate.SUPERSEDED)[0].reason
    assert reason == "'b' is of the same cell and the same time"


def test_a_copy_of_a_log_is_called_one() -> None:
    logs = [replace(a_log("r4", location=name), eval_id="x1") for name in ("a", "b")]
    reason = select_logs(logs).with_fate(Fate.SUPERSEDED)[0].reason
    assert reason == "it is the same evaluation as 'b'"


def test_conditions_that_the_identity_does_not_name_are_told_of() -> None:
    logs = [
        a_log(run, location=f"{run}{hint}", task_args={"hint": hint}, created=time)
        for run in ("r4", "r8")
        for hint, time in ((True, NOON), (False, LATER))
    ]
    assert select_logs(logs).warnings == (
        "2 logs differ from the newer one of the same cell in task_args.hint, such as 'r4True': "
        "if these are conditions to compare, name the column in data.identity",
    )
    assert select_logs(logs, identity=("run", "task", "task_args.hint")).warnings == ()


def test_a_plain_repetition_is_no_warning() -> None:
    logs = [a_log("r4", location="a", vis_label=1), a_log("r4", location="b", vis_label="1")]
    assert select_logs(logs).warnings == ()


def test_logs_without_a_run_that_differ_in_a_task_argument_are_cells_of_their_own() -> None:
    logs = [
        a_log(location=f"{hint}{time}", task_args={"hint": hint}, created=time)
        for hint in (False, True)
        for time in (NOON, LATER)
    ]
    selected = select_logs(logs)
    assert uses(selected) == {
        f"False{NOON}": "superseded",
        f"False{LATER}": "kept",
        f"True{NOON}": "superseded",
        f"True{LATER}": "kept",
    }
    assert [cell.columns["task_args.hint"] for cell in selected.cells] == [False, True]
    assert selected.warnings == ()


def test_an_identity_of_ones_own_stands() -> None:
    logs = [a_log(location=str(hint), task_args={"hint": hint}) for hint in (False, True)]
    assert len(select_logs(logs, identity=["model", "task"]).cells) == 1


def test_a_failed_log_makes_no_condition() -> None:
    from vizspec.logs.record import Status

    logs = [a_log(location="a"), a_log(location="b", task_args={"hint": True}, status=Status.ERROR)]
    assert [cell.identity for cell in select_logs(logs).cells] == [
        ("run", "model", "task", "vis_label", "epoch")
    ]


def test_a_newer_log_of_fewer_samples_is_told_of_and_how_to_leave_it_out() -> None:
    whole = a_log("r4", samples=1000, location="full.eval", created="2026-01-01T10:00:00Z")
    trial = a_log("r4", samples=2, location="smoke.eval", created="2026-01-02T10:00:00Z")
    (warning,) = select_logs([whole, trial]).warnings
    assert warning == (
        "1 log has fewer samples than an older one whose place it takes, such as 'smoke.eval' "
        "(2 of 1,000 samples of 'full.eval'): if it is a trial, leave it out with data.where, as in "
        "'n_samples > 2'"
    )
    assert select_logs([whole, trial], where="n_samples > 2").warnings == ()
    again = a_log("r4", samples=1000, location="again.eval", created="2026-01-03T10:00:00Z")
    assert select_logs([whole, trial, again]).warnings == ()
