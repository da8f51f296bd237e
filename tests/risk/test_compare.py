"""A stored metric that is not what the samples say is told with both numbers."""

from __future__ import annotations

import math

import pytest

from tests.risk.make import log_risk
from vizspec.risk.compare import differences, stored_differs
from vizspec.risk.record import RiskEstimate
from vizspec.risk.statistics import risk_estimates
from vizspec.statistics.method import Method


def estimate(value: float | None, epochs: int = 1) -> RiskEstimate:
    return RiskEstimate("expected_calibration_error", value, None, None, None, 120, Method.NONE, None, epochs)


def test_a_wrong_stored_value_is_told_with_both_numbers() -> None:
    assert stored_differs(0.758, estimate(0.0353)) == (
        "expected_calibration_error: the log stores 0.758, its 120 samples give 0.0353; "
        "the recomputed value is shown"
    )


def test_one_sample_is_told_of_as_one() -> None:
    one = RiskEstimate("brier_score", 0.25, None, None, None, 1, Method.NONE)
    assert stored_differs(0.5, one) == (
        "brier_score: the log stores 0.5, its 1 sample gives 0.25; the recomputed value is shown"
    )


def test_repeats_are_given_as_the_likely_reason() -> None:
    message = stored_differs(0.983, estimate(0.943, epochs=3))
    assert message is not None
    assert "first of the 3 repeats" in message


@pytest.mark.parametrize(
    ("stored", "recomputed"),
    [
        (0.0353, 0.0353),
        (0.0353 + 1e-12, 0.0353),
        (0.035, 0.0354),
        (0.0354, 0.03535),
        (0.035346, 0.0353462),
        (None, 0.5),
        (0.5, None),
        (math.nan, 0.5),
    ],
)
def test_rounding_and_the_unknown_are_no_difference(stored: float | None, recomputed: float | None) -> None:
    assert stored_differs(stored, estimate(recomputed)) is None


@pytest.mark.parametrize(
    ("stored", "recomputed"), [(0.035, 0.0356), (0.5, 0.5004), (0.0353462, 0.0353), (0.03534621, 0.035348)]
)
def test_more_than_rounding_is_a_difference(stored: float | None, recomputed: float | None) -> None:
    assert stored_differs(stored, estimate(recomputed)) is not None


def test_the_metrics_of_a_log_are_compared_by_name_old_names_too() -> None:
    risk = log_risk([0, 1, 1, 0], [0.2, 0.9, 0.4, 0.4])
    estimates = risk_estimates(risk)
    stored = {one.metric: one.value for one in estimates} | {"accuracy": 0.1}
    assert differences(stored, risk, estimates) == []
    assert len(differences(stored | {"ece": 0.9}, risk, estimates)) == 1
    assert len(differences(stored | {"auc_score": 0.1, "mean_risk_score": 0.9}, risk, estimates)) == 2


def test_another_positive_class_than_the_log_s_compares_what_is_the_same_for_both() -> None:
    risk = log_risk([0, 1, 1, 0], [0.2, 0.9, 0.4, 0.4], positive="0")
    estimates = risk_estimates(risk)
    stored = {one.metric: 0.99 for one in estimates}
    metrics = [message.split(":")[0] for message in differences(stored, risk, estimates)]
    assert metrics == ["auc_score", "brier_score", "expected_calibration_error"]


def test_stored_numbers_that_the_samples_do_not_give_are_told_with_the_reason() -> None:
    risk = log_risk([], [], positive="", options=())
    stored = {"auc_score": 0.5, "brier_score": 0.25, "mean_risk_score": None, "ece": math.nan}
    assert differences(stored, risk, risk_estimates(risk)) == [
        "the log stores auc_score 0.5, brier_score 0.25; its samples give no value (no valid samples), "
        "and none is shown"
    ]
