"""Every planned cell and every log stands in the ledger once, with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import NOON, a_log, an_experiment
from vizspec.cells.coverage import Ledger, ledger
from vizspec.cells.select_logs import select_logs
from vizspec.experiment.model import Experiment, MatrixRow
from vizspec.logs.location import Location
from vizspec.logs.record import Log, Status


def ledger_of(logs: list[Log], design: Experiment | None, **how: Any) -> Ledger:
    return ledger(select_logs(logs, design, **how), design)


def reasons(found: Ledger) -> list[str | None]:
    return [row.reason for row in found.rows]


def test_planned_cells_are_shown_or_missing() -> None:
    found = ledger_of([a_log("r4", epoch=0)], an_experiment(["r4"], epochs=[0, 1]))
    assert [(row.epoch, row.shown, row.reason) for row in found.rows] == [
        (0, True, None),
        (1, False, "no log was found"),
    ]
    assert (found.planned, found.planned_and_shown) == (2, 1)
    assert found.not_shown == found.rows[1:]
    assert found.unplanned == found.stray == ()


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.ERROR, "failed: out of memory"),
        (Status.CANCELLED, "cancelled: out of memory"),
        (Status.UNFINISHED, "unfinished: out of memory"),
    ],
)
def test_a_planned_cell_whose_logs_did_not_succeed_says_so(status: Status, reason: str) -> None:
    logs = [a_log("r4", status=status, reason="out of memory", location=name) for name in ("a", "b")]
    (row,) = ledger_of(logs, an_experiment(["r4"])).rows
    assert (row.shown, row.reason, row.logs) == (False, reason, ("a", "b"))


def test_all_reasons_of_a_cell_are_told() -> None:
    logs = [
        a_log("r4", epoch=0, location="a"),
        a_log("r4", epoch=0, location="b", status=Status.ERROR, reason="no disk"),
        a_log("r4", epoch=1, location="c"),
    ]
    first, second = ledger_of(logs, an_experiment(["r4"], epochs=[0, 1])).rows
    assert first.reason == "other epoch: epoch 1 is shown (data.epochs: latest); failed: no disk"
    assert second.shown


def test_the_shown_log_of_a_cell_stands_first() -> None:
    logs = [a_log("r4", location="a", created=None), a_log("r4", location="b", created=NOON)]
    assert ledger_of(logs, an_experiment(["r4"])).rows[0].logs == ("b", "a")


def test_a_filtered_cell_is_listed_with_the_filter() -> None:
    found = ledger_of([a_log("r4")], an_experiment(["r4"]), where="n_samples > 500")
    assert reasons(found) == ["filtered: data.where is not true of it: n_samples > 500"]


def test_logs_that_cannot_be_read_and_those_of_unknown_runs_belong_to_no_cell() -> None:
    logs = [
        a_log("r4", location="r4/torn.eval", status=Status.UNREADABLE, reason="it is empty"),
        a_log("r5", location="r5/x.eval"),
    ]
    found = ledger_of(logs, an_experiment(["r4"]))
    assert [(use.log.location, use.fate.value) for use in found.stray] == [
        ("r4/torn.eval", "unreadable"),
        ("r5/x.eval", "unmatched"),
    ]
    assert reasons(found) == ["no log was found; these logs of its run cannot be read: 'r4/torn.eval'"]


def test_a_cell_that_was_not_planned_is_shown_and_told_of() -> None:
    logs = [a_log("r4"), a_log("r4", task="sums"), a_log("r4", task="arts", status=Status.ERROR)]
    found = ledger_of(logs, an_experiment(["r4"]))
    assert [(row.task, row.shown, row.planned, row.reason) for row in found.rows] == [
        ("capitals", True, True, None),
        ("arts", False, False, "failed: the log's status is 'error'"),
        ("sums", True, False, "not in the evaluation matrix"),
    ]


def test_without_a_matrix_nothing_is_odd_about_a_cell() -> None:
    assert reasons(ledger_of([a_log("r4")], None)) == [None]
    assert reasons(ledger_of([a_log("r4")], an_experiment(["r4"], matrix=[]))) == [None]


def test_a_registered_task_is_the_one_its_log_names_without_the_package() -> None:
    assert ledger_of([a_log("r4", task="mmlu")], an_experiment(["r4"], ["pkg/mmlu"])).planned_and_shown == 1


def test_a_log_without_a_label_is_the_one_planned_cell_that_it_can_be() -> None:
    design = an_experiment(["r4"], matrix=[MatrixRow("r4", ("capitals",), "balanced", (0,))])
    (row,) = ledger_of([a_log("r4")], design).rows
    assert (row.shown, row.reason) == (True, "its log tells no vis_label and no epoch")


def test_a_log_of_another_label_is_another_cell() -> None:
    design = an_experiment(["r4"], matrix=[MatrixRow("r4", ("capitals",), "balanced")])
    found = ledger_of([a_log("r4", vis_label="skewed")], design)
    assert reasons(found) == ["no log was found", "not in the evaluation matrix"]


def test_a_log_whose_task_is_called_by_its_label_is_the_cell_that_was_planned_under_it() -> None:
    rows = [MatrixRow("r4", (task,), label) for task, label in (("size", "Size"), ("shape", "Shape"))]
    found = ledger_of([a_log("r4", task="Shape", vis_label="Shape")], an_experiment(["r4"], matrix=rows))
    assert [(row.task, row.planned, row.shown, row.reason) for row in found.rows] == [
        ("size", True, False, "no log was found"),
        ("shape", True, True, None),
    ]


def test_a_label_in_the_tasks_place_that_several_planned_tasks_share_is_none_of_them() -> None:
    design = an_experiment(["r4"], matrix=[MatrixRow("r4", ("size", "shape"), "Both")])
    found = ledger_of([a_log("r4", task="Both", vis_label="Both")], design)
    assert reasons(found)[2:] == ["its log does not tell which of 2 planned evaluations it is"]


def test_a_plan_without_epochs_takes_every_checkpoint() -> None:
    found = ledger_of([a_log("r4", epoch=0), a_log("r4", epoch=1)], an_experiment(["r4"]), epochs="all")
    assert [(row.shown, len(row.logs)) for row in found.rows] == [(True, 2)]


def test_a_log_that_may_be_several_planned_cells_is_none_of_them() -> None:
    design = an_experiment(["r4"], epochs=[0, 1])
    found = ledger_of([a_log("r4", location="x")], design)
    assert [(row.planned, row.shown, row.reason) for row in found.rows] == [
        (True, False, "no log was found"),
        (True, False, "no log was found"),
        (False, True, "its log does not tell which of 2 planned evaluations it is"),
    ]


def test_a_log_stands_in_the_closest_planned_cell_only() -> None:
    rows = [MatrixRow("r4", ("capitals",), label) for label in (None, "balanced")]
    found = ledger_of([a_log("r4", vis_label="balanced")], an_experiment(["r4"], matrix=rows))
    assert [(row.vis_label, row.shown) for row in found.rows] == [(None, False), ("balanced", True)]


LOGS = st.builds(
    a_log,
    st.sampled_from([None, "r4", "r8", "stray"]),
    st.sampled_from([None, "hf/local", "hf/r4_epoch_1"]),
    st.sampled_from(["capitals", "sums", "arts"]),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from([None, 0, 1]),
    status=st.sampled_from(Status),
    created=st.none() | st.just(NOON),
    samples=st.sampled_from([None, 5]),
)
ROWS = st.builds(
    MatrixRow,
    st.sampled_from(["r4", "r8"]),
    st.lists(st.sampled_from(["capitals", "sums"]), unique=True).map(tuple),
    st.sampled_from([None, "a", "b"]),
    st.none() | st.lists(st.sampled_from([0, 1, 2]), unique=True, min_size=1).map(tuple),
)


@settings(max_examples=60)
@given(
    st.lists(LOGS, max_size=12),
    st.none() | st.lists(ROWS, max_size=4),
    st.sampled_from(["latest", "all", (0,)]),
    st.sampled_from([None, "task != 'arts'"]),
)
def test_every_log_found_and_every_planned_cell_stands_in_the_ledger_exactly_once(
    logs: list[Log], matrix: list[MatrixRow] | None, epochs: Any, where: str | None
) -> None:
    logs = [replace(log, place=Location(f"{place}.eval")) for place, log in enumerate(logs)]
    design = None if matrix is None else an_experiment(["r4", "r8"], matrix=matrix)
    found = ledger_of(logs, design, epochs=epochs, where=where)
    listed = [location for row in found.rows for location in row.logs]
    listed += [use.log.location for use in found.stray]
    assert sorted(listed) == sorted(log.location for log in logs)
    planned = [(row.run, row.task, row.vis_label, row.epoch) for row in found.rows if row.planned]
    assert planned == (list(design.expected_cells()) if design else [])
    assert all(row.reason for row in found.not_shown)
    assert all(row.logs for row in found.rows if row.shown or not row.planned)


def test_logs_that_name_their_task_with_its_label_are_the_planned_evaluations() -> None:
    labels = ("Plain", "Hinted")
    rows = [MatrixRow(run, ("riddle",), label, (0,)) for run in ("small", "large") for label in labels]
    logs = [
        a_log(
            row.run, task=f"riddle_{row.vis_label}", vis_label=row.vis_label, epoch=0, location=f"{at}.eval"
        )
        for at, row in enumerate(rows)
    ]
    selected = select_logs(logs, an_experiment(["small", "large"], ["riddle"], matrix=rows))
    found = ledger(selected, an_experiment(["small", "large"], ["riddle"], matrix=rows))
    assert (found.planned, found.planned_and_shown, found.unplanned) == (4, 4, ())
    assert {cell.task for cell in selected.cells} == {"riddle"}
    assert {cell.columns["log_task"] for cell in selected.cells} == {"riddle_Plain", "riddle_Hinted"}


def test_a_label_that_is_composed_with_the_task_is_shown_as_the_design_has_it() -> None:
    plan = an_experiment(
        ["r4"], ["bits", "words"], matrix=[MatrixRow("r4", ("bits", "words"), "rank4", (0,))]
    )
    logs = [
        a_log("r4", task=f"{t}_rank4 ({t})", vis_label=f"rank4 ({t})", epoch=0) for t in ("bits", "words")
    ]
    selected = select_logs(logs, plan)
    assert ledger(selected, plan).planned_and_shown == 2
    assert [(cell.task, cell.vis_label) for cell in selected.cells] == [("bits", "rank4"), ("words", "rank4")]
