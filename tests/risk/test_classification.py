"""The answers of a log as a classification into two classes."""

from __future__ import annotations

import pytest

from vizspec.risk.classification import NAMES, ClassifiedSamples, answers_of_risk, classification_estimates
from vizspec.risk.record import LogRisk
from vizspec.statistics.method import Method
from vizspec.statistics.wilson import wilson


def answers(y_true: list[int], correct: list[int], unnamed: int = 0) -> ClassifiedSamples:
    return ClassifiedSamples("1", tuple(y == 1 for y in y_true), tuple(c == 1 for c in correct), unnamed)


def a_risk(y_true: list[int], correct: list[float | None]) -> LogRisk:
    n = len(y_true)
    ids = tuple(map(str, range(n)))
    scores = (0.5,) * n
    return LogRisk("risk_scorer", "1", ("0", "1"), ids, tuple(y_true), scores, scores, tuple(correct), n)


# 6 of the positive class, 4 of them found; 4 of the other, 3 of them rejected
ANSWERS = answers([1] * 6 + [0] * 4, [1, 1, 1, 1, 0, 0, 1, 1, 1, 0])


def test_each_metric_is_that_of_its_definition() -> None:
    values = {each.metric: each.value for each in classification_estimates(ANSWERS, 0.95)}
    assert tuple(values) == NAMES
    assert values == pytest.approx(
        {
            "balanced_accuracy": (4 / 6 + 3 / 4) / 2,
            "f1": 8 / (8 + 2 + 1),
            "precision": 4 / 5,
            "recall": 4 / 6,
            "specificity": 3 / 4,
            "base_rate": 0.6,
            "class_balance": 0.4,
        }
    )


def test_shares_have_wilsons_interval_over_the_samples_that_they_count() -> None:
    recall = next(each for each in classification_estimates(ANSWERS, 0.9) if each.metric == "recall")
    assert ((recall.lower, recall.upper), recall.n, recall.method) == (
        wilson(4 / 6, 6, 0.9),
        6,
        Method.WILSON,
    )


def test_every_interval_holds_its_value_between_zero_and_one() -> None:
    found = classification_estimates(ANSWERS, 0.95)
    assert {each.metric for each in found} == set(NAMES)
    for each in found:
        assert each.value is not None
        assert each.lower is not None
        assert each.upper is not None
        assert 0 <= each.lower <= each.value <= each.upper <= 1


def test_of_one_class_alone_the_other_half_is_not_defined() -> None:
    values = {each.metric: each.value for each in classification_estimates(answers([1, 1], [1, 0]), 0.95)}
    assert values["specificity"] is values["balanced_accuracy"] is None
    assert values["recall"] == 0.5


def test_wrong_answers_that_name_neither_class_are_told_where_they_make_a_difference() -> None:
    found = classification_estimates(answers([1, 1, 0, 0], [1, 1, 0, 1], unnamed=1), 0.95)
    notes = {each.metric: each.note for each in found if each.note is not None}
    assert notes == dict.fromkeys(
        ("f1", "precision"), "1 wrong answer names neither class, and counts as the other"
    )


def test_a_log_with_risk_scores_has_the_answers_of_its_scorer() -> None:
    assert answers_of_risk(a_risk([1, 0, 1], [1, 0, None])) == answers([1, 0], [1, 0])


def test_answers_that_are_neither_right_nor_wrong_make_no_classification() -> None:
    assert answers_of_risk(a_risk([1, 0], [0.5, 1])) is None
    assert answers_of_risk(a_risk([1, 0], [None, None])) is None
