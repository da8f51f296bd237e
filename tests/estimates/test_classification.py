"""What answers are worth as a classification stands in the table of estimates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.make import RISK, a_cell, a_score, some_estimates
from vizspec.cells.cell import Cell
from vizspec.estimates.classification import (
    SCORE,
    cell_answers,
    foreign_classes,
    may_be_classification,
    with_classification,
)
from vizspec.metrics.catalogue import catalogue
from vizspec.risk.classification import ClassifiedSamples
from vizspec.risk.record import LogRisk
from vizspec.samples.scored import SampleScores

ANSWERS = ClassifiedSamples("1", (True, True, False, False), (True, False, True, True))
NAMES = ("a", "b", "c", "d", "e", "f", "g", "h")


def of_two_classes(scorer: str = "match") -> SampleScores:
    wanted = ("no", "yes") * 4
    return SampleScores(
        sample=NAMES, epoch=(1,) * 8, answer=wanted, wanted=wanted, scores={scorer: (1.0,) * 8}
    )


def test_the_metrics_have_intervals_and_no_group_means_them() -> None:
    cell = a_cell(scores=[a_score("match"), a_score("grade", metrics={"quality": 0.5})])
    metrics = catalogue([*cell.log.scores, SCORE])
    rows = with_classification(some_estimates([cell]), metrics, {cell: ANSWERS}).rows
    assert [row.metric.id for row in rows] == [
        "match/accuracy",
        *(f"classification/{name}" for name in ("balanced_accuracy", "f1", "precision", "recall")),
        *(f"classification/{name}" for name in ("specificity", "base_rate", "class_balance")),
        "grade/quality",
    ]
    assert all(row.has_interval for row in rows if row.metric.family == "classification")
    assert not any(metric.family == "classification" for metric in metrics.select(["all"]))
    assert [m.label for m in metrics.select(["classification/f1"])] == ["F1"]


def test_cells_stay_in_their_order_and_what_a_log_stores_stays() -> None:
    own = a_cell("r4", scores=[a_score("match"), a_score("classification", metrics={"f1": 0.25})])
    other = a_cell("r8")
    metrics = catalogue([*own.log.scores, SCORE])
    found = with_classification(some_estimates([other, own]), metrics, {own: ANSWERS})
    assert [row.cell.run for row in found.rows][:2] == ["r8", "r4"]
    assert [row.value for row in found.rows if row.metric.id == "classification/f1"] == [0.25]


@pytest.mark.parametrize(
    ("cell", "may"),
    [
        (a_cell(), True),
        (a_cell(samples=7), False),
        (a_cell(scores=[a_score("grade", metrics={"quality": 0.5})]), False),
        (a_cell(accuracy=None), False),
    ],
)
def test_samples_are_read_where_an_accuracy_judges_enough_of_them(cell: Cell, may: bool) -> None:
    assert may_be_classification(cell) is may


def test_answers_are_those_of_the_risk_scores_or_of_the_targets() -> None:
    plain, risky, unread = (
        a_cell("r4"),
        a_cell("r8", scores=[a_score("risk_scorer", metrics=RISK)]),
        a_cell("r16"),
    )
    scores = (0.5,) * 2
    risk = LogRisk("risk_scorer", "1", ("0", "1"), ("a", "b"), (1, 0), scores, scores, (1.0, 0.0), 2)
    found = cell_answers((plain, risky, unread), {risky: risk}, {plain: of_two_classes()}, None)
    assert found == {
        plain: ClassifiedSamples("yes", (False, True) * 4, (True,) * 8),
        risky: ClassifiedSamples("1", (True, False), (True, False)),
    }
    wavering = replace(risk, correct=(0.5, 1.0))
    assert cell_answers((risky,), {risky: wavering}, {risky: of_two_classes()}, None) == {}


def test_classes_of_which_none_is_the_positive_one_are_told() -> None:
    scores = {a_cell("r4"): of_two_classes()}
    assert list(foreign_classes(scores, "1")) == [
        "the samples of 'r4/eval/capitals/logs/a.eval' are of the classes 'no' and 'yes', and not of "
        "metrics.positive ('1'): it has no metrics of a classification"
    ]
    assert list(foreign_classes(scores, "no")) == list(foreign_classes(scores, None)) == []
