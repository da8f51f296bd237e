"""The research question and the variables."""

from __future__ import annotations

from tests.make import an_experiment
from tests.report.make import some_material
from vizspec.report.question import NOT_GIVEN, research_question


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
