"""Data sets, fitted models and their answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from vizspec.demo.data import Answer, answers, examples, load
from vizspec.demo.design import DemoCell, DemoDesign
from vizspec.demo.kinds import KINDS, SIZE, balanced, demo, regression, several_tasks


def right(design: DemoDesign, cell: DemoCell) -> int:
    """How many answers of a cell are the true ones."""
    table = load(design.dataset)
    asked = examples(table, design.task(cell.task), design.samples)
    said = answers(design, table, cell, design.samples)
    return sum(e.target == a.text for e, a in zip(asked, said, strict=True))


def test_a_prompt_tells_the_tasks_columns_and_the_truth_is_the_data_sets() -> None:
    first = examples(load("breast_cancer"), SIZE, 1)[0]
    assert first.row == 1
    case, question = first.prompt.split("\n")
    assert case.startswith("Case 1: mean radius ")
    assert "mean perimeter " in case
    assert "texture" not in case
    assert question == "Is the tumour malignant? Answer 1 for yes, 0 for no."
    assert first.target in {"0", "1"}


def test_the_positive_answer_is_the_malignant_class() -> None:
    table = load("breast_cancer")
    targets = Counter(e.target for e in examples(table, SIZE, len(table.outcome)))
    assert targets == {"1": 212, "0": 357}


def test_no_two_prompts_are_alike() -> None:
    prompts = [e.prompt for e in examples(load("digits"), several_tasks().tasks[0], 100)]
    assert len(set(prompts)) == 100


@pytest.mark.slow
def test_a_trained_classifier_answers_with_its_likelier_option() -> None:
    design = demo()
    for answer in answers(design, load(design.dataset), DemoCell("forest_tuned", SIZE.name, 1), 20):
        odds = answer.token_probabilities
        assert list(odds) == ["0", "1"]
        assert sum(odds.values()) == pytest.approx(1)
        assert odds[answer.text] >= 0.5


def test_probabilities_keep_away_from_zero_whose_logarithm_is_not_finite() -> None:
    design = replace(demo(), samples=100)
    said = answers(design, load(design.dataset), DemoCell("naive-bayes_tuned", SIZE.name, 1), 100)
    assert min(min(a.token_probabilities.values()) for a in said) >= 1e-6


def test_the_base_model_mostly_talks_and_sometimes_names_no_option() -> None:
    design = demo()
    said = answers(design, load(design.dataset), DemoCell("logistic_base", SIZE.name), 40)
    assert Counter(len(a.text) for a in said) == {14: 27, 1: 13}
    assert [tuple(a.token_probabilities) for a in said[11:14]] == [("I", "0", "1"), ("I",), ("I", "0", "1")]


def test_models_are_better_than_chance_and_the_base_model_is_not_as_good() -> None:
    design = demo()
    trained = right(design, DemoCell("forest_tuned", SIZE.name, 1))
    assert trained > 0.8 * design.samples
    assert right(design, DemoCell("logistic_base", SIZE.name)) < trained


def test_balanced_training_calls_more_tumours_malignant() -> None:
    design, task = balanced(), balanced().tasks[0].name
    table = load(design.dataset)
    called = {
        run: sum(a.text == "1" for a in answers(design, table, DemoCell(run, task, 0), design.samples))
        for run in ("forest_balanced", "forest_imbalanced")
    }
    assert called["forest_balanced"] > called["forest_imbalanced"]


def test_a_regression_answers_numbers_without_probabilities() -> None:
    design = regression()
    said = answers(design, load(design.dataset), DemoCell("ridge_tuned", "progression_body", 0), 13)
    assert all(25 < float(answer.text) < 346 for answer in said[:12])
    assert said[12] == Answer("It cannot be said.", {})


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_design_gives_the_same_answers(kind: str) -> None:
    design = KINDS[kind]()
    cell = design.evaluated()[0]
    first, again = (answers(design, load(design.dataset), cell, design.samples) for _ in range(2))
    assert first == again
