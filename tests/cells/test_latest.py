"""The newest log of a cell, by true time, and conditions that a narrow identity would hide."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.make import NOON, a_log, a_score
from vizspec.cells.log_use import Fate, SelectedLogs
from vizspec.cells.select_logs import select_logs
from vizspec.logs.record import Dataset, Log

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


def test_settings_that_an_identity_of_ones_own_does_not_name_are_told_of() -> None:
    logs = [
        a_log(run, location=f"{run}{hint}", task_args={"hint": hint}, created=time)
        for run in ("r4", "r8")
        for hint, time in ((True, NOON), (False, LATER))
    ]
    assert select_logs(logs, identity=("run", "task")).warnings == (
        "2 logs differ from the newer one of the same cell in task_args.hint, such as 'r4True': "
        "if these are conditions to compare, name the column in data.identity",
    )
    assert select_logs(logs, identity=("run", "task", "task_args.hint")).warnings == ()
    assert len(select_logs(logs).cells) == 4


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


def sized(samples: int, hour: int, **setup: Any) -> Log:
    created = f"2026-01-01T{hour}:00:00Z"
    return a_log("r4", samples=samples, location=f"{samples}.eval", created=created, **setup)


def test_a_newer_trial_takes_no_whole_evaluations_place() -> None:
    selected = select_logs([sized(1000, 10), sized(2, 11)])
    assert uses(selected) == {"1000.eval": "kept", "2.eval": "trial"}
    assert selected.with_fate(Fate.TRIAL)[0].reason == "it scored 2 samples, and '1000.eval' 1,000 samples"
    assert selected.warnings == (
        "1 log is newer than the one that is shown, but has only a part of its samples, such as '2.eval' "
        "(2 of 1,000 samples of '1000.eval'): a trial does not replace a whole evaluation",
    )


def test_an_older_trial_is_replaced_in_silence() -> None:
    selected = select_logs([sized(1000, 11), sized(2, 10)])
    assert (uses(selected)["2.eval"], selected.warnings) == ("superseded", ())


def test_a_limited_log_is_a_trial_however_many_samples_it_has() -> None:
    limited = sized(90, 11, dataset=Dataset(size=100), limits={"limit": 90})
    assert uses(select_logs([sized(100, 10), limited])) == {"100.eval": "kept", "90.eval": "trial"}


def test_a_log_whose_samples_have_no_score_is_a_trial_beside_one_that_scored_all() -> None:
    failing = a_log("r4", location="b", created=LATER, scores=[a_score(scored=80)])
    assert uses(select_logs([a_log("r4", location="a"), failing])) == {"a": "kept", "b": "trial"}


def test_a_newer_log_of_a_smaller_data_set_is_told_of_and_how_to_leave_it_out() -> None:
    (warning,) = select_logs([sized(100, 10), sized(90, 11)]).warnings
    assert warning == (
        "1 log has fewer samples than an older one whose place it takes, such as '90.eval' "
        "(90 of 100 samples of '100.eval'): if it is a trial, leave it out with data.where, as in "
        "'n_samples > 90'"
    )
    assert select_logs([sized(100, 10), sized(90, 11)], where="n_samples > 90").warnings == ()


def test_parts_of_one_size_are_evaluations_of_their_own() -> None:
    logs = [
        a_log("r4", samples=50, location=str(limit), dataset=Dataset(size=100), limits={"limit": limit})
        for limit in ([0, 50], [50, 100])
    ]
    assert [cell.columns["limit"] for cell in select_logs(logs).cells] == [[0, 50], [50, 100]]


SETTINGS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "generate.reasoning_effort": (
        {"generate": {"reasoning_effort": "low"}},
        {"generate": {"reasoning_effort": "high"}},
    ),
    "generate.temperature": ({}, {"generate": {"temperature": 1.0}}),
    "solver": ({"solver": "basic_agent"}, {"solver": "react"}),
    "solver_args.max_attempts": ({"solver_args": {"max_attempts": 1}}, {"solver_args": {"max_attempts": 3}}),
    "model_args.revision": ({"model_args": {"revision": "a"}}, {"model_args": {"revision": "b"}}),
    "model_roles.grader": (
        {"model_roles": {"grader": {"model": "a"}}},
        {"model_roles": {"grader": {"model": "b"}}},
    ),
    "task_package": ({"package": "inspect_evals"}, {"package": "my_evals"}),
    "task_version": ({"task_version": "1"}, {"task_version": "2"}),
    "dataset_name": ({"dataset": Dataset("old")}, {"dataset": Dataset("new")}),
    "message_limit": ({"limits": {"message_limit": 10}}, {"limits": {"message_limit": 20}}),
    "epochs_reducer": ({"reducers": ("mean",)}, {"reducers": ("max",)}),
}


@pytest.mark.parametrize("column", SETTINGS)
def test_whatever_may_change_a_score_makes_an_evaluation_of_its_own(column: str) -> None:
    first, second = SETTINGS[column]
    selected = select_logs([a_log(location="a", **first), a_log(location="b", created=LATER, **second)])
    assert len(selected.cells) == 2
    assert selected.cells[0].identity == ("run", "model", "task", "vis_label", "epoch", column)
    assert selected.warnings == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"generate": {"max_connections": 10}}, {"generate": {"max_connections": 20, "batch": True}}),
        ({"generate": {"max_retries": 1}}, {"generate": {"timeout": 20}}),
        ({"model_args": {"model_path": "/a/ck-out/epoch_0"}}, {"model_args": {"model_path": "/b/epoch_0"}}),
        ({"task_args": {"data_path": "/a/words.json"}}, {"task_args": {"data_path": "/b/words.json"}}),
        ({"task_file": "a.py"}, {"task_file": "b.py"}),
        ({"tags": ("trial",)}, {"metadata": {"note": "x"}}),
        ({"dataset": Dataset("words", "/a/words.json")}, {"dataset": Dataset("words", "/b/words.json")}),
        ({}, {"package": "evals", "task_version": "0", "dataset": Dataset("words")}),
        ({}, {"task_args": {"split": "test"}, "passed": frozenset()}),
    ],
)
def test_what_changes_no_score_makes_no_evaluation(first: dict[str, Any], second: dict[str, Any]) -> None:
    selected = select_logs([a_log(location="a", **first), a_log(location="b", created=LATER, **second)])
    assert (uses(selected), selected.warnings) == ({"a": "superseded", "b": "kept"}, ())


def test_an_argument_that_was_given_is_no_default() -> None:
    given = a_log(location="b", task_args={"split": "test"}, passed=frozenset({"split"}))
    assert len(select_logs([a_log(location="a"), given]).cells) == 2


def test_other_samples_of_one_data_set_are_told_of() -> None:
    logs = [a_log(location=ids, created=at, dataset=Dataset("d", sample_ids=ids)) for ids, at in TWO]
    assert select_logs(logs).warnings == (
        "1 log differs from the newer one of the same cell in sample_ids, such as 'a': "
        "if these are conditions to compare, name the column in data.identity",
    )
    assert len(select_logs(logs, identity=["task", "sample_ids"]).cells) == 2


TWO = (("a", NOON), ("b", LATER))


def test_other_results_of_one_cell_and_one_time_are_told_of() -> None:
    logs = [a_log("r4", location=name, accuracy=value) for name, value in (("a", 0.5), ("b", 0.9))]
    assert select_logs(logs).warnings == (
        "1 log has other results than one of the same cell and the same time: 'a' and 'b', of which the last "
        "is shown; leave one out with data.where, or name a column in which they differ in data.identity",
    )
    copies = [replace(log, eval_id="x") for log in logs]
    assert select_logs(copies).warnings == select_logs(logs).warnings
    assert select_logs([copies[0], replace(copies[0], place=copies[1].place)]).warnings == ()


def test_of_copies_that_with_more_metrics_is_shown() -> None:
    match, includes = a_score("match"), a_score("includes")
    scored = replace(a_log("r4", location="a-scored", scores=[match, includes]), eval_id="x")
    selected = select_logs([replace(a_log("r4", location="z", scores=[match]), eval_id="x"), scored])
    assert uses(selected) == {"z": "superseded", "a-scored": "kept"}
    assert selected.warnings == ()


def test_metrics_that_a_newer_log_of_the_cell_lacks_are_told_of() -> None:
    logs = [
        a_log("r4", location=name, created=at, scores=[a_score(name)])
        for name, at in (("includes", NOON), ("match", LATER))
    ]
    assert select_logs(logs).warnings == (
        "1 log has values of includes/accuracy that the one shown in its place lacks, such as 'includes': "
        "have that one scored by them too (inspect score), or leave it out with data.where",
    )


@pytest.mark.parametrize(
    ("column", "own"),
    [
        ("solver_args.system_message.template", "step_args"),
        ("scorer_args.match.location", "scorer_args"),
    ],
)
def test_what_a_task_gives_its_own_solvers_and_scorers_counts_where_nothing_else_brings_it_about(
    column: str, own: str
) -> None:
    argument = column.split(".", 1)[1]
    one: dict[str, Any] = {own: {argument: "begin"}}
    other: dict[str, Any] = {own: {argument: "end"}}
    assert (
        select_logs([a_log(location="a", **one), a_log(location="b", **other)]).cells[0].identity[-1]
        == column
    )
    by_argument = [
        a_log(location="a", task_args={"style": 1}, **one),
        a_log(location="b", task_args={"style": 2}, **other),
    ]
    assert select_logs(by_argument).cells[0].identity[-1] == "task_args.style"


def test_a_log_that_is_set_aside_though_its_tags_or_metadata_differ_is_told() -> None:
    logs = [
        a_log("r4", location=place, created=created, tags=(tag,), metadata={"prompt": tag, "job_id": place})
        for place, created, tag in (("a", NOON, "short"), ("b", LATER, "long"))
    ]
    selected = select_logs(logs)
    assert uses(selected) == {"a": "superseded", "b": "kept"}
    assert selected.warnings == (
        "1 log differs from the newer one of the same cell in tags, metadata.prompt, such as 'a': "
        "if these are conditions to compare, name the column in data.identity",
    )
