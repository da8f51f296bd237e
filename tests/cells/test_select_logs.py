"""Which log of a cell is kept, and what becomes of all others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import NOON, a_log, a_run, an_experiment
from vizspec.cells.columns import Column
from vizspec.cells.log_use import Fate, SelectedLogs
from vizspec.cells.select_logs import select_logs, why_invalid
from vizspec.errors import Problem, Problems
from vizspec.expressions import ExpressionError
from vizspec.logs.location import Location
from vizspec.logs.record import Status

LATER = NOON + timedelta(hours=1)


def uses(selected: SelectedLogs) -> dict[str, str]:
    return {use.log.location: use.fate.value for use in selected.uses}


def test_the_newest_log_of_a_cell_is_kept() -> None:
    selected = select_logs(
        [a_log("r4", location="b.eval"), a_log("r4", location="a.eval", created=LATER)], an_experiment()
    )
    assert uses(selected) == {"a.eval": "kept", "b.eval": "superseded"}
    assert selected.with_fate(Fate.SUPERSEDED)[0].reason == "'a.eval' is newer"


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (Status.ERROR, "failed"),
        (Status.CANCELLED, "cancelled"),
        (Status.UNFINISHED, "unfinished"),
        (Status.UNREADABLE, "unreadable"),
    ],
)
def test_a_newer_log_that_did_not_succeed_replaces_no_good_one(status: Status, fate: str) -> None:
    selected = select_logs(
        [a_log("r4", location="good"), a_log("r4", location="bad", status=status, created=LATER)]
    )
    assert uses(selected) == {"good": "kept", "bad": fate}
    bad = selected.with_fate(Fate(fate))[0]
    assert bad.reason == f"the log's status is '{status}'"
    assert (bad.cell is None) == (status is Status.UNREADABLE)


@pytest.mark.parametrize(
    "difference",
    [
        {"run": "r8"},
        {"task": "sums"},
        {"vis_label": "balanced"},
        {"epoch": 0},
        {"model": "hf/3B"},
    ],
)
def test_evaluations_that_differ_in_a_column_of_the_identity_are_all_kept(difference: dict[str, Any]) -> None:
    given: dict[str, Any] = {"run": "r4", "model": "hf/1B", "task": "capitals"}
    selected = select_logs([a_log(**given, location="a"), a_log(**{**given, **difference}, location="b")])
    assert len(selected.cells) == 2


def test_a_run_is_one_model_although_older_logs_call_it_local() -> None:
    logs = [
        a_log("r4", "hf/local", location="old", epoch=0),
        a_log("r4", "hf/r4_epoch_0", location="new", epoch=0, created=LATER),
    ]
    assert uses(select_logs(logs, an_experiment())) == {"new": "kept", "old": "superseded"}


def test_checkpoints_are_told_by_the_model_string_alone() -> None:
    selected = select_logs(
        [a_log(None, "hf/r4_epoch_0", location="a"), a_log(None, "hf/r4_epoch_1", location="b")],
        an_experiment(),
        epochs="all",
    )
    assert [(cell.run, cell.model, cell.epoch) for cell in selected.cells] == [
        ("r4", "1B", 0),
        ("r4", "1B", 1),
    ]


def test_further_columns_can_make_a_cell() -> None:
    logs = [a_log("r4", location=str(hint), task_args={"hint": hint}) for hint in (True, False)]
    assert len(select_logs(logs, identity=["run", "task"]).cells) == 1
    selected = select_logs(logs, identity=("run", "task", "task_args.hint"))
    assert len(selected.cells) == 2
    assert selected.cells[0].identity == ("run", "task", "task_args.hint")


def test_an_identity_that_no_log_has_is_an_error() -> None:
    with pytest.raises(Problems) as raised:
        select_logs([a_log("r4")], identity=("run", "modle"))
    assert raised.value.problems == (
        Problem(("data", "identity", 1), "no log has a column 'modle'", "did you mean 'model'?"),
    )
    assert select_logs([], identity=("modle",)).cells == ()
    assert len(select_logs([a_log("r4")], identity=("run", "task_args.hint")).cells) == 1


def test_logs_of_an_unknown_run_are_kept_apart_where_the_design_has_runs() -> None:
    logs = [a_log("r4"), a_log("copy of r4", location="x")]
    selected = select_logs(logs, an_experiment(["r4"]))
    assert [cell.run for cell in selected.cells] == ["r4"]
    assert selected.with_fate(Fate.UNMATCHED)[0].reason == "the experiment has no run 'copy of r4'"
    assert len(select_logs(logs, an_experiment([])).cells) == 2
    assert len(select_logs(logs).cells) == 2


def test_a_log_without_a_run_is_shown() -> None:
    assert len(select_logs([a_log(None, "openai/gpt-4o")], an_experiment(["r4"])).cells) == 1


def test_rows_are_filtered_by_their_columns() -> None:
    logs = [a_log("r4", samples=10), a_log("r8", samples=50)]
    selected = select_logs(logs, where="n_samples >= 50")
    assert [cell.run for cell in selected.cells] == ["r8"]
    assert selected.with_fate(Fate.FILTERED)[0].reason == "data.where is not true of it: n_samples >= 50"


def test_a_small_trial_that_is_filtered_does_not_hide_the_whole_evaluation() -> None:
    logs = [a_log("r4", location="whole"), a_log("r4", location="trial", samples=5, created=LATER)]
    assert uses(select_logs(logs, where="n_samples >= 50")) == {"whole": "kept", "trial": "filtered"}


def test_a_parameter_that_one_run_lacks_is_not_known_rather_than_a_mistake() -> None:
    design = an_experiment([a_run("r4", lora_rank=4), a_run("base", kind="control")])
    logs = [a_log("r4"), a_log("base")]
    assert [cell.run for cell in select_logs(logs, design, where="lora_rank == 4").cells] == ["r4"]
    assert [cell.run for cell in select_logs(logs, design, where="lora_rank >= 4").cells] == ["r4"]
    assert [cell.run for cell in select_logs(logs, design, where="lora_rank < 5").cells] == ["r4"]


def test_a_filter_that_cannot_be_worked_out_names_the_log() -> None:
    with pytest.raises(ExpressionError) as caught:
        select_logs([a_log("r4", location="r4/x.eval")], where="n_samples >= 'x'")
    assert str(caught.value) == (
        "'n_samples >= 'x'' cannot be worked out: '>=' not supported between instances of 'int' and 'str'"
        " (in the log 'r4/x.eval')"
    )


def test_a_filter_over_a_column_that_no_log_has_names_no_log() -> None:
    with pytest.raises(ExpressionError) as caught:
        select_logs([a_log("r4")], where="n_sample >= 50")
    assert str(caught.value) == (
        "'n_sample >= 50' speaks of the column 'n_sample', which no evaluation has; did you mean 'n_samples'?"
    )


def test_a_derived_column_without_any_value_is_told_of() -> None:
    columns = {"rank": Column.model_validate({"from": "rnu"})}
    assert select_logs([a_log("r4")], columns=columns).warnings == (
        "the derived column 'rank' has no value for any log (from 'rnu')",
    )
    assert select_logs([], columns=columns).warnings == ()


def test_cells_stand_in_the_designs_order_and_others_by_their_numbers() -> None:
    design = an_experiment(["z", "r16"], ["sums", "capitals"])
    logs = [a_log("r16", task=task, epoch=1) for task in ("capitals", "arts", "sums")]
    logs += [a_log("z", epoch=1), a_log("z", epoch=0)]
    shown = select_logs(logs, design, epochs="all").cells
    assert [(cell.run, cell.task, cell.epoch) for cell in shown] == [
        ("z", "capitals", 0),
        ("z", "capitals", 1),
        ("r16", "sums", 1),
        ("r16", "capitals", 1),
        ("r16", "arts", 1),
    ]
    free = select_logs([a_log(run) for run in ("r16", "r4", "r8")]).cells
    assert [cell.run for cell in free] == ["r4", "r8", "r16"]


LOGS = st.builds(
    a_log,
    st.sampled_from([None, "r4", "r8", "stray"]),
    st.sampled_from([None, "hf/local", "hf/r4_epoch_1"]),
    st.sampled_from(["capitals", "sums"]),
    st.sampled_from([None, "a", 1]),
    st.sampled_from([None, 0, 1, 2]),
    status=st.sampled_from(Status),
    created=st.none() | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))])),
    samples=st.sampled_from([None, 5, 100]),
)


def unlike(logs: list[Any]) -> list[Any]:
    return [replace(log, place=Location(f"{place}.eval")) for place, log in enumerate(logs)]


@settings(max_examples=50)
@given(
    st.lists(LOGS, max_size=12).map(unlike),
    st.booleans(),
    st.sampled_from(["latest", "all", (0,), (1, 2)]),
    st.sampled_from([None, "task == 'sums'"]),
)
def test_every_log_has_one_fate_and_every_shown_cell_its_log(
    logs: list[Any], with_design: bool, epochs: Any, where: str | None
) -> None:
    design = an_experiment(["r4", "r8"], ["capitals", "sums"], epochs=[0, 1]) if with_design else None
    selected = select_logs(logs, design, epochs=epochs, where=where)
    assert sorted(uses(selected)) == sorted(log.location for log in logs)
    assert len(selected.uses) == len(logs)
    assert {cell.log.location for cell in selected.cells} == {
        use.log.location for use in selected.with_fate(Fate.KEPT)
    }
    assert all(use.reason for use in selected.uses)
    assert select_logs(logs[::-1], design, epochs=epochs, where=where) == selected


@settings(max_examples=50)
@given(st.lists(LOGS, max_size=12).map(unlike))
def test_a_cell_with_a_successful_log_is_always_shown(logs: list[Any]) -> None:
    selected = select_logs(logs, epochs="all")
    good = [log for log in logs if log.status is Status.SUCCESS]
    kept_or_older = selected.with_fate(Fate.KEPT, Fate.SUPERSEDED)
    assert len(kept_or_older) == len(good)
    for use in selected.with_fate(Fate.SUPERSEDED):
        assert use.cell is not None
        places = [(c.run, c.model, c.task, c.vis_label, c.epoch) for c in selected.cells]
        older = use.cell
        assert places.count((older.run, older.model, older.task, older.vis_label, older.epoch)) == 1


def test_an_evaluation_of_which_no_log_succeeded_is_told_of_where_no_design_does() -> None:
    running = a_log(model="hf/3B", status=Status.UNFINISHED, reason="it did not finish", location="b.eval")
    broken = a_log(model="hf/1B", status=Status.ERROR, reason="it failed", location="c.eval")
    good = a_log(model="hf/1B", location="a.eval")
    sorted_logs = select_logs([good, broken, running])
    assert sorted_logs.warnings == (
        "1 log is not shown, and no other of the same evaluation: 'b.eval' (it did not finish)",
    )
    assert select_logs([broken, running]).warnings == (
        "2 logs are not shown, and no other of the same evaluation: 'b.eval' (it did not finish) and others",
    )


def test_a_log_with_invalidated_samples_is_left_out_and_an_older_valid_one_kept() -> None:
    old = a_log("r4", location="old.eval", created="2026-01-01T10:00:00Z")
    new = replace(a_log("r4", location="new.eval"), invalidated=True, invalid=3)
    selected = select_logs([old, new])
    assert [cell.log.location for cell in selected.cells] == ["old.eval"]
    (use,) = selected.with_fate(Fate.INVALIDATED)
    assert use.reason == "3 of 100 samples were invalidated"


def test_of_an_invalidated_log_whose_samples_cannot_be_read_that_much_is_said() -> None:
    assert why_invalid(replace(a_log("r4"), invalidated=True)) == "samples of it were invalidated"
    assert why_invalid(replace(a_log("r4", samples=1), invalid=1)) == "1 of 1 sample was invalidated"
