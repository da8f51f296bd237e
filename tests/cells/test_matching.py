"""Each log is matched with the planned evaluation that it is of, by whatever it tells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make import an_experiment
from vizspec.cells.matching import Clues, Match, match
from vizspec.experiment.model import ExpectedCell, Experiment, MatrixRow, TaskSource


def design(*rows: MatrixRow, **sources: TaskSource) -> Experiment:
    tasks = dict.fromkeys(task for row in rows for task in row.tasks)
    return an_experiment(["r4"], tuple(tasks), matrix=rows, task_sources=sources)


def a_row(*tasks: str, label: str | None = None, epochs: tuple[int, ...] | None = None) -> MatrixRow:
    return MatrixRow("r4", tasks, label, epochs)


def clues(*names: str, **more: Any) -> Clues:
    return Clues(run="r4", names=names, **more)


def tasks_of(experiment: Experiment, *logs: Clues) -> list[str | None]:
    return [found.planned.task if found.planned else None for found in match(logs, experiment)]


def test_a_task_that_is_named_with_its_label_is_the_planned_one() -> None:
    plan = design(a_row("riddle", label="Plain", epochs=(0,)), a_row("riddle", label="Hinted", epochs=(0,)))
    logs = [clues("riddle_Plain", vis_label="Plain", epoch=0), clues("riddle_Hinted", vis_label="Hinted")]
    assert match(logs, plan) == (
        Match(ExpectedCell("r4", "riddle", "Plain", 0)),
        Match(ExpectedCell("r4", "riddle", "Hinted", 0)),
    )


def test_a_label_defaults_to_the_runs_name() -> None:
    assert tasks_of(design(a_row("bits")), clues("bits_r4")) == ["bits"]


@pytest.mark.parametrize("label", ["rank4", "rank4 (bits)", "rank4_bits", "bits: rank4", "Rank4"])
def test_a_label_that_is_composed_with_the_task_is_the_planned_one(label: str) -> None:
    plan = design(a_row("bits", "words", label="rank4"))
    assert tasks_of(plan, clues("bits", vis_label=label)) == ["bits"]


def test_another_label_is_another_evaluation() -> None:
    assert tasks_of(design(a_row("bits", label="Plain")), clues("bits", vis_label="Hinted")) == [None]


def test_a_number_in_a_label_counts_however_it_is_written() -> None:
    assert tasks_of(design(a_row("bits", label="1.10")), clues("bits", vis_label="1.1")) == ["bits"]


def test_tasks_that_share_one_function_are_told_apart_by_their_folders() -> None:
    plan = design(a_row("acs", "acs_terse", epochs=(0,)))
    logs = [clues("acs", folders=("acs",), epoch=0), clues("acs", folders=("acs_terse",), epoch=0)]
    assert tasks_of(plan, *logs) == ["acs", "acs_terse"]


def test_a_folder_counts_less_than_the_name_of_another_planned_task() -> None:
    assert tasks_of(design(a_row("sums", "capitals")), clues("sums", folders=("capitals",))) == ["sums"]


def test_a_folder_counts_more_where_one_function_serves_both_tasks() -> None:
    sources = {name: TaskSource("acs.py", "acs") for name in ("short", "acs")}
    plan = design(a_row("short", "acs"), **sources)
    assert tasks_of(plan, clues("acs", folders=("short",), function="acs")) == ["short"]


def test_a_task_argument_may_hold_the_planned_name() -> None:
    log = clues("tabular", arguments=frozenset({("task_name", "acs_income")}))
    assert tasks_of(design(a_row("acs_income", "acs_travel")), log) == ["acs_income"]


def test_a_task_is_known_by_its_function_or_its_file() -> None:
    plan = design(a_row("income", "travel"), income=TaskSource("x/a.py", "acs"), travel=TaskSource("b.py"))
    assert tasks_of(plan, clues("acs", function="acs"), clues("other", file="y/b.py")) == ["income", "travel"]


def test_tasks_of_one_function_are_told_apart_by_their_data_or_their_arguments() -> None:
    plan = design(
        a_row("income", "travel", "age"),
        income=TaskSource(None, "acs", "/data/income.json"),
        travel=TaskSource(None, "acs", "/data/travel.json"),
        age=TaskSource(None, "acs", None, {"column": "age"}),
    )
    logs = [
        clues("acs", function="acs", datasets=frozenset({"travel"})),
        clues("acs", function="acs", arguments=frozenset({("data_path", "/scratch/income.json")})),
        clues("acs", function="acs", arguments=frozenset({("column", "age"), ("seed", "1")})),
    ]
    assert tasks_of(plan, *logs) == ["travel", "income", "age"]


def test_a_name_that_python_cannot_have_is_found_by_its_letters() -> None:
    assert tasks_of(design(a_row("breast-cancer")), clues("breast_cancer")) == ["breast-cancer"]


def test_a_clue_that_is_not_exact_takes_no_evaluation_that_has_its_log() -> None:
    plan = design(a_row("income"), income=TaskSource(None, "acs"))
    logs = [clues("income"), clues("acs", function="acs")]
    assert tasks_of(plan, *logs) == ["income", None]


def test_logs_of_several_names_are_not_one_evaluation_by_a_loose_clue() -> None:
    plan = design(a_row("income"), income=TaskSource("acs.py"))
    assert tasks_of(plan, clues("one", file="acs.py"), clues("two", file="acs.py")) == [None, None]


def test_what_stays_ambiguous_is_none_with_all_that_may_be_meant() -> None:
    plan = design(a_row("income", "travel"), income=TaskSource("acs.py"), travel=TaskSource("acs.py"))
    (found,) = match([clues("acs", file="acs.py")], plan)
    assert found.planned is None
    assert [cell.task for cell in found.candidates] == ["income", "travel"]


def test_logs_that_tell_the_same_are_of_one_evaluation() -> None:
    assert tasks_of(design(a_row("bits")), clues("bits"), clues("bits")) == ["bits", "bits"]


def test_the_epoch_decides_between_checkpoints() -> None:
    found = match([clues("bits", epoch=1)], design(a_row("bits", epochs=(0, 1))))
    assert found == (Match(ExpectedCell("r4", "bits", None, 1)),)


def test_a_log_of_an_unknown_run_and_one_without_a_design_match_nothing() -> None:
    assert match([Clues(run="r9", names=("bits",)), Clues(run=None)], design(a_row("bits"))) == (
        Match(),
        Match(),
    )
    assert match([clues("bits")], None) == (Match(),)
