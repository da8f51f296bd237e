"""What a log tells of the evaluation that it is of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.make import a_log
from vizspec.cells.clues import cell_folder, clues_of, epoch_in_folder, task_name
from vizspec.cells.matching import Clues
from vizspec.logs.record import Dataset, Log, Setup


def located(location: str) -> Log:
    return a_log("r4", location=location)


@pytest.mark.parametrize(
    ("name", "label", "task"),
    [
        ("riddle_Plain", "Plain", "riddle"),
        ("pkg/riddle_Plain", "Plain", "riddle"),
        ("riddle_a/b", "a/b", "riddle"),
        ("riddle_16", 16, "riddle"),
        ("riddle_Plain", None, "riddle_Plain"),
        ("riddle_Plain", "Hinted", "riddle_Plain"),
        ("Plain", "Plain", "Plain"),
    ],
)
def test_a_task_is_called_without_its_package_and_its_label(name: str, label: object, task: str) -> None:
    log = a_log("r4", task=name.rpartition("/")[2], vis_label=label)
    assert task_name(replace(log, setup=Setup(task_name=name))) == task


def test_a_log_that_names_no_task_has_an_unknown_one() -> None:
    assert task_name(a_log("r4", task=None)) == "unknown task"


def test_a_cells_folder_names_its_task_and_its_checkpoint() -> None:
    named = located("r4/eval/two words_epoch12/logs/a.eval")
    assert (cell_folder(named), epoch_in_folder(named)) == ("two words_epoch12", 12)
    bare = located("r4/eval/words_base/logs/a.eval")
    assert clues_of(bare, "r4", None).folders == ("words_base", "words")


@pytest.mark.parametrize("location", ["r4/eval/logs/a.eval", "logs/a.eval", "a.eval"])
def test_other_folders_name_nothing(location: str) -> None:
    log = located(location)
    assert (cell_folder(log), epoch_in_folder(log), clues_of(log, "r4", None).folders) == (None, None, ())


def test_all_that_a_log_tells_is_a_clue() -> None:
    log = replace(
        a_log("r4", task="words_Plain", vis_label="Plain", task_args={"n": 1}, location="a.eval"),
        named_beside="terse words",
        setup=Setup(
            registered="words",
            task_name="words_Plain",
            task_file="tasks/words.py",
            dataset=Dataset("words", "/data/words_80.json"),
        ),
    )
    assert clues_of(log, "r4", 0) == Clues(
        run="r4",
        epoch=0,
        vis_label="Plain",
        names=("words", "words_Plain"),
        folders=("terse words",),
        function="words",
        file="tasks/words.py",
        arguments=frozenset({("vis_label", "Plain"), ("n", "1")}),
        datasets=frozenset({"words", "words_80"}),
    )
