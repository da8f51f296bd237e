"""Planned evaluations as claims mean them, and those that have no log."""

from __future__ import annotations

from collections.abc import Iterable

from tests.claims.make import a_claim
from tests.make import a_log, a_run, an_experiment
from vizspec.cells.cell import Cell
from vizspec.cells.select_logs import select_logs
from vizspec.claims.model import Claim
from vizspec.claims.planned import meant_by, planned_evaluations, with_logs, without_logs
from vizspec.claims.sides import Case, cases
from vizspec.comparisons.questions import Evaluated
from vizspec.experiment.model import Experiment
from vizspec.logs.record import Log, Status

RUNS = [a_run("small", "org/s", sample_size=100), a_run("large", "org/l", sample_size=1000)]
DESIGN = an_experiment(RUNS, tasks=("capitals", "rivers"))
LEARNING = an_experiment(RUNS, tasks=("capitals",), epochs=(0, 1))


def names_without_logs(
    logs: Iterable[Log], design: Experiment = DESIGN, whatever_checkpoint: bool = False
) -> list[str]:
    planned = planned_evaluations(design)
    found = without_logs(planned, select_logs(logs, design), whatever_checkpoint=whatever_checkpoint)
    return [one.name for one in found]


def cases_of(claim: Claim, *logs: Log) -> list[Case[Cell]]:
    selected = select_logs(logs, DESIGN)
    planned = without_logs(planned_evaluations(DESIGN), selected, whatever_checkpoint=True)
    cells: list[Evaluated] = [*selected.cells, *planned]
    return [with_logs(case) for case in cases(claim, cells)]


def test_planned_evaluations_have_the_columns_that_their_logs_will_have() -> None:
    first = planned_evaluations(DESIGN)[0]
    assert first.name == "small on capitals"
    assert {name: first.columns[name] for name in ("model", "task", "sample_size", "epoch")} == {
        "model": "s",
        "task": "capitals",
        "sample_size": 100,
        "epoch": None,
    }


def test_of_several_checkpoints_those_that_are_shown_are_meant_unless_a_claim_names_epochs() -> None:
    learns = a_claim(of={"epoch": 1}, than={"epoch": 0}, for_each="run")
    assert [one.columns["epoch"] for one in meant_by(learns, LEARNING, "latest")] == [0, 1, 0, 1]
    plain = a_claim(of={"run": "small"}, than={"run": "large"})
    assert [one.columns["epoch"] for one in meant_by(plain, LEARNING, "latest")] == [1, 1]
    assert [one.columns["epoch"] for one in meant_by(plain, LEARNING, (0,))] == [0, 0]


def test_what_logs_alone_will_tell_is_not_asked_of_the_design() -> None:
    assert meant_by(a_claim(of={"solver": "cot"}, than={"run": "small"}), DESIGN, "latest") == ()
    filtered = a_claim(of={"run": "small"}, than={"run": "large"}, where="n_samples > 3")
    assert meant_by(filtered, DESIGN, "latest") == ()


def test_a_failed_log_is_none_that_can_be_shown() -> None:
    logs = [a_log("small", "x"), a_log("small", "x", "rivers", status=Status.ERROR), a_log("large", "x")]
    assert names_without_logs(logs) == ["small on rivers", "large on rivers"]


def test_of_whatever_checkpoint_any_log_of_the_run_on_the_task_is_one() -> None:
    logs = [a_log("small", "x", epoch=0), a_log("large", "x", epoch=0), a_log("large", "x", epoch=1)]
    assert names_without_logs(logs, LEARNING) == ["small on capitals, epoch 1"]
    assert names_without_logs(logs, LEARNING, whatever_checkpoint=True) == []


def test_of_a_run_with_a_log_that_is_of_no_planned_evaluation_nobody_can_tell() -> None:
    assert names_without_logs([a_log("small", "x", "lakes"), a_log("large", "x")]) == ["large on rivers"]


def test_a_combination_is_there_by_name_whichever_side_has_no_log() -> None:
    claim = a_claim(of={"run": "small"}, than={"run": "large"}, for_each="task")
    logs = [a_log("small", "x"), a_log("large", "x", "rivers")]
    assert [(case.name, case.missing) for case in cases_of(claim, *logs)] == [
        ("capitals", "no log of large on capitals can be shown"),
        ("rivers", "no log of small on rivers can be shown"),
    ]


def test_rivals_without_a_log_are_told_and_no_rival_at_all_is_not_testable() -> None:
    claim = a_claim("best", of={"run": "small"}, among=["run"], for_each="task")
    (case, _) = cases_of(claim, a_log("small", "x"))
    assert (case.others, case.missing) == ((), "no log of large on capitals can be shown")


def test_steps_without_a_log_are_told() -> None:
    claim = a_claim("rising", over="sample_size", for_each="task")
    (case, _) = cases_of(claim, a_log("small", "x"))
    assert (case.lacking, case.missing) == (
        ("large on capitals",),
        "no log of large on capitals can be shown",
    )
