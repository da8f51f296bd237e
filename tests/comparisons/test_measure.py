"""What an evaluation scored, a value a sample; only where the log's own value is made of these."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.comparisons.make import an_evaluation, measured, scored
from tests.make import a_cell, a_metric, a_score
from vizspec.comparisons.measure import measure, never_judged
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.samples.scored import NoScores, SampleScores
from vizspec.statistics.arrays import UNIT, Range


def repeats(*rows: tuple[str, int, float | None]) -> SampleScores:
    samples, epochs, values = zip(*rows, strict=True)
    n = len(rows)
    return SampleScores(samples, epochs, ("?",) * n, ("!",) * n, {"match": values})


def a_risk(**named: Any) -> LogRisk:
    return LogRisk(
        "risk_scorer", "1", ("0", "1"), ("1", "3"), (0, 1), (0.2, 0.7), (0.8, 0.7), (1.0, 1.0), 3, **named
    )


RISK = scored({"1": 1.0, "2": 1.0, "3": 1.0}, scorer="risk_scorer")


def test_repeats_are_averaged_within_their_sample() -> None:
    cell = a_cell("r4", scores=[a_score(metrics={"accuracy": 0.75})])
    found = measured(cell, repeats(("1", 1, 1.0), ("1", 2, 0.0), ("2", 1, 1.0), ("2", 2, None)))
    assert (found.samples, found.values, found.epochs) == (("1", "2"), (0.5, 1.0), 2)


@pytest.mark.parametrize(
    ("reducer", "values"),
    [
        ("max", (1.0, 1.0)),
        ("at_least_2", (0.0, 1.0)),
        ("mode", (1.0, 1.0)),
        ("pass_at_1", (0.5, 1.0)),
        ("pass_at_2", (1.0, 1.0)),
    ],
)
def test_repeats_are_reduced_as_the_log_reduced_them(reducer: str, values: tuple[float, ...]) -> None:
    stored = sum(values) / 2
    cell = a_cell("r4", scores=[a_score(metrics={"accuracy": stored}, reducer=reducer)])
    rows = repeats(("1", 1, 1.0), ("1", 2, 0.0), ("2", 1, 1.0), ("2", 2, 1.0))
    found = measure(cell, a_metric(f"match_{reducer}/accuracy"), rows)
    assert not isinstance(found, str)
    assert found.values == values


def test_another_reducer_is_not_guessed() -> None:
    cell = a_cell("r4", scores=[a_score(reducer="best_of")])
    found = measure(cell, a_metric("match_best_of/accuracy"), scored({"1": 1.0}))
    assert found == "reduces its repeats by best_of, which is not worked out anew"


def test_a_chance_in_more_repeats_than_a_sample_has_is_not_known() -> None:
    cell = a_cell("r4", scores=[a_score(metrics={"accuracy": 1.0}, reducer="pass_at_2")])
    found = measure(
        cell, a_metric("match_pass_at_2/accuracy"), repeats(("1", 1, 1.0), ("1", 2, 0.0), ("2", 1, 1.0))
    )
    assert not isinstance(found, str)
    assert found.values == (1.0, None)


def test_a_mean_that_is_not_the_stored_one_is_not_compared() -> None:
    cell = a_cell("r4", accuracy=0.9)
    reason = measure(cell, a_metric(), scored({"1": 1.0, "2": 0.0}))
    assert reason == "stores 0.9 as its Match Accuracy, where the mean of its samples' scores is 0.5"


def test_a_metric_that_is_no_mean_of_samples_is_not_compared() -> None:
    cell = a_cell("r4", scores=[a_score(metrics={"rmse": 3.0})])
    reason = measure(cell, a_metric("match/rmse"), scored({"1": 1.0, "2": 0.0}))
    assert reason == "stores a RMSE that is no mean of single samples' scores"


@pytest.mark.parametrize(
    ("metric", "values", "reach"),
    [
        ("match/accuracy", (1.0, 0.5), UNIT),
        ("match/mean", (1.0, 0.0), UNIT),
        ("match/mean", (1.0, 7.0), Range()),
        ("match/accuracy", (1.0, 1.5), Range()),
    ],
    ids=["within the metric's range", "zeros and ones", "no range is known", "outside the metric's range"],
)
def test_the_range_of_scores(metric: str, values: tuple[float, ...], reach: Range) -> None:
    cell, scores = an_evaluation("r4", values, a_metric(metric))
    assert measured(cell, scores, a_metric(metric)).scores == reach


def test_samples_without_a_score_stay_as_unknown() -> None:
    cell, scores = an_evaluation("r4", [1.0, None, 0.0])
    assert measured(cell, scores).values == (1.0, None, 0.0)
    assert measured(cell, scores).known == {"1": 1.0, "3": 0.0}


def test_an_area_is_of_risk_scores_with_their_classes() -> None:
    found = measure(a_cell("r4"), a_metric("risk_scorer/auc_score"), RISK, a_risk())
    assert not isinstance(found, str)
    assert (found.values, found.truth) == ((0.2, None, 0.7), {"1": 0, "3": 1})


def test_a_brier_score_is_of_squared_errors() -> None:
    found = measure(a_cell("r4"), a_metric("risk_scorer/brier_score"), RISK, a_risk())
    assert not isinstance(found, str)
    assert found.values == (pytest.approx(0.04), None, pytest.approx(0.09))


def test_risk_scores_of_one_class_have_a_brier_score() -> None:
    only = NoRisk("has one class only", a_risk())
    found = measure(a_cell("r4"), a_metric("risk_scorer/brier_score"), RISK, only)
    assert not isinstance(found, str)


def test_differences_of_calibration_errors_are_never_judged() -> None:
    assert never_judged(a_metric("risk_scorer/risk_calibration_error")) is not None
    assert never_judged(a_metric("risk_scorer/brier_score")) is None


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (None, "is a row of a data frame, which holds no samples"),
        (NoScores("holds no samples"), "holds no samples"),
        (scored({"1": 1.0}, scorer="f1"), "holds no scores of match for its samples"),
        (scored({"1": None, "2": None}), "has no sample with a number as its score of match"),
    ],
)
def test_why_there_is_nothing_to_compare(scores: SampleScores | NoScores | None, reason: str) -> None:
    assert measure(a_cell("r4"), a_metric(), scores) == reason


def test_a_cluster_is_what_the_metadata_say_and_else_the_sample_itself() -> None:
    cell = a_cell("r4", accuracy=0.5)
    rows = scored({"1": 1.0, "2": 0.0}, metadata={"patient": ["a", None]})
    found = measure(cell, a_metric(), rows, cluster="patient")
    assert not isinstance(found, str)
    assert found.clusters == {"1": "=a", "2": "sample 2"}


def test_clusters_that_no_sample_tells_are_not_passed_over() -> None:
    rows = scored({"1": 1.0, "2": 0.0}, metadata={"patient": [None, None]})
    found = measure(a_cell("r4", accuracy=0.5), a_metric(), rows, cluster="patient")
    assert found == "tells no patient of its samples, by which they are clustered"


def test_mean_errors_of_numbers_are_compared_by_each_samples_error() -> None:
    pairs = {"numbers": ((1.0, 2.0), (5.0, 2.0), None)}
    scores = replace(scored({"1": 2.0, "2": 2.0, "3": None}, scorer="numbers"), pairs=pairs)
    cell = a_cell("r4", scores=[a_score("numbers", metrics={"mae": 2.0, "mse": 5.0, "rmse": 5.0**0.5})])
    assert measured(cell, scores, a_metric("numbers/mae")).values == (1.0, 3.0, None)
    assert measured(cell, scores, a_metric("numbers/mse")).values == (1.0, 9.0, None)
    assert "is no mean" in str(measure(cell, a_metric("numbers/rmse"), scores))
    other = a_cell("r4", scores=[a_score("numbers", metrics={"mae": 2.5})])
    assert "is no mean" in str(measure(other, a_metric("numbers/mae"), scores))
