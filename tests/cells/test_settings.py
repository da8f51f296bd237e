"""The settings of an evaluation as columns."""

from __future__ import annotations

from tests.make import a_cell, a_log, a_score
from vizspec.cells.columns import PREFIXES, SETUP
from vizspec.cells.settings import differing, setting_columns, setting_text
from vizspec.logs.record import Dataset


def test_the_whole_setup_is_columns() -> None:
    log = a_log(
        package="evals",
        task_version="2",
        task_file="a.py",
        dataset=Dataset("acs", "org/acs", 500, "0123456789abcdef"),
        solver="react",
        solver_args={"attempts": 3},
        model_args={"revision": "a"},
        generate={"temperature": 0.5},
        model_roles={"grader": {"model": "openai/gpt", "config": {"temperature": 0, "timeout": 9}}},
        limits={"limit": 10},
        reducers=("mean", "max"),
        tags=("final", "v2"),
    )
    assert setting_columns(log) == {
        "task_package": "evals",
        "task_version": "2",
        "task_file": "a.py",
        "dataset": "acs",
        "dataset_name": "acs",
        "dataset_location": "org/acs",
        "dataset_samples": 500,
        "sample_ids": "01234567",
        "solver": "react",
        "solver_args": {"attempts": 3},
        "solver_args.attempts": 3,
        "model_args": {"revision": "a"},
        "model_args.revision": "a",
        "generate.temperature": 0.5,
        "model_generate_config": {"temperature": 0.5},
        "model_generate_config.temperature": 0.5,
        "model_roles": {"grader": {"model": "openai/gpt", "config": {"temperature": 0, "timeout": 9}}},
        "model_roles.grader": "openai/gpt",
        "model_roles.grader.temperature": 0,
        "epochs_reducer": "mean, max",
        "tags": "final, v2",
        "limit": 10,
    }


def test_every_column_of_a_setup_is_a_known_name() -> None:
    log = a_log(solver="a", generate={"seed": 1}, limits={"limit": 1}, task_args={"x": 1})
    assert all(name in SETUP or name.startswith(PREFIXES) for name in setting_columns(log))


def test_a_cell_has_the_columns_that_no_log_tells() -> None:
    assert all(a_cell("r4").columns[name] is None for name in SETUP)


def test_a_data_set_without_a_name_is_called_by_the_end_of_its_place() -> None:
    assert setting_columns(a_log(dataset=Dataset(None, "/data/words.json")))["dataset"] == "words.json"


def test_a_path_is_compared_by_its_last_part_and_a_text_by_all_of_it() -> None:
    assert [setting_text(value) for value in ("/a/b.json", "s3://a/b.json", "C:\\a\\b.json")] == [
        "b.json"
    ] * 3
    assert [setting_text(value) for value in ("org/a", "a/b.csv", "/", True, 1.0)] == [
        "org/a",
        "a/b.csv",
        "/",
        "true",
        "1.0",
    ]


def test_an_argument_of_a_scorer_is_no_difference_from_a_log_that_was_not_scored_by_it() -> None:
    graded = a_log(scores=[a_score("graded")], scorer_args={"graded.model": "judge"})
    assert differing([graded, a_log(scores=[a_score("match")])], every=True) == ()
    assert differing([graded, a_log(scores=[a_score("graded")])], every=True) == ("scorer_args.graded.model",)
    assert differing([graded, a_log(scores=[a_score("graded")])]) == ()


def test_an_objects_place_in_memory_is_no_difference() -> None:
    assert setting_text("<function f at 0x7f01ab>") == "<function f>"


def test_logs_that_lack_a_setting_differ_from_those_that_have_it() -> None:
    logs = [a_log(), a_log(model_args={"adapter": "lora", "device": "cuda:1"}, limits={"limit": 3})]
    assert differing(logs) == ("model_args.adapter",)
    assert differing(logs, every=True) == ("limit", "model_args.adapter")
