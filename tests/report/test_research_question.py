"""The research question and the variables."""

from __future__ import annotations

from tests.make import an_experiment
from tests.report.make import some_material
from vizspec.experiment.model import Run, TrainingDataset
from vizspec.report.research_question import NOT_GIVEN, research_question
from vizspec.text.decimals import DASH


def test_without_an_experiment_there_is_no_question() -> None:
    assert research_question(some_material()) == ()


def test_question_hypothesis_and_variables_are_shown() -> None:
    experiment = an_experiment(
        question="Does it?", hypothesis="Yes.", variables={"rank": [4, 8], "balanced": [True, False]}
    )
    (section,) = research_question(some_material(experiment=experiment))
    assert (section.question, section.hypothesis) == ("Does it?", "Yes.")
    assert section.variables
    assert section.variables.rows == (("rank", "ordinal", "4, 8"), ("balanced", "binary", "True, False"))


def test_what_the_experiment_does_not_give_is_said() -> None:
    (section,) = research_question(some_material(experiment=an_experiment()))
    assert (section.question, section.hypothesis, section.variables) == (NOT_GIVEN, NOT_GIVEN, None)


def test_a_variable_of_many_levels_is_cut_short() -> None:
    experiment = an_experiment(variables={"seed": list(range(30))})
    (section,) = research_question(some_material(experiment=experiment))
    assert section.variables
    assert section.variables.rows[0][2] == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … (30 in all)"


def test_why_the_experiment_was_made_is_told() -> None:
    (section,) = research_question(some_material(experiment=an_experiment(purpose="To choose a rank.")))
    assert section.purpose == "To choose a rank."


def test_training_data_are_told_with_their_splits_and_the_runs_that_name_them() -> None:
    experiment = an_experiment(
        datasets=(
            TrainingDataset("small", "data/small.json", train=1000, validation=100),
            TrainingDataset("large", "data/large.json", train=40000, validation=100),
        ),
        runs=(Run("r4", dataset="small"), Run("r8", dataset="large"), Run("base")),
    )
    (section,) = research_question(some_material(experiment=experiment))
    assert section.training
    assert section.training.headers == ("Training data", "File", "Train", "Validation", "Runs")
    assert section.training.rows == (
        ("small", "data/small.json", "1,000", "100", "r4"),
        ("large", "data/large.json", "40,000", "100", "r8"),
    )


def test_a_file_of_training_data_that_one_run_names_for_itself_is_told_too() -> None:
    experiment = an_experiment(
        datasets=(TrainingDataset("small", "small.json"),),
        runs=(Run("r4", dataset="small"), Run("r8", parameters={"dataset_path": "own.json"})),
    )
    (section,) = research_question(some_material(experiment=experiment))
    assert section.training
    assert section.training.rows == (("small", "small.json", "r4"), (DASH, "own.json", "r8"))


def test_how_the_training_data_were_made_is_told() -> None:
    experiment = an_experiment(
        data_generation={
            "tool": "text_gen",
            "split_ratio": 0.8,
            "conditions": {"plain": {"a": 1}, "short": {}},
        }
    )
    (section,) = research_question(some_material(experiment=experiment))
    assert section.generation
    assert section.generation.rows == (
        ("tool", "text_gen"),
        ("split ratio", "0.8"),
        ("conditions", "plain, short"),
    )
