"""The five risk metrics of a log, by the scorers' definitions."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.risk.make import log_risk
from vizspec.risk.record import LogRisk, RiskEstimate
from vizspec.risk.statistics import risk_estimates
from vizspec.statistics.bounded import half_observation
from vizspec.statistics.method import Method

METRICS = [
    "auc_score",
    "brier_score",
    "expected_calibration_error",
    "risk_calibration_error",
    "mean_risk_score",
]
Y_TRUE, Y_SCORE = (0, 0, 1, 1, 1, 0), (0.1, 0.45, 0.35, 0.85, 0.95, 0.25)


def by_metric(risk: LogRisk, level: float = 0.95) -> dict[str, RiskEstimate]:
    return {estimate.metric: estimate for estimate in risk_estimates(risk, level)}


def test_the_metrics_have_the_scorers_names_in_the_order_of_the_report() -> None:
    assert [one.metric for one in risk_estimates(log_risk(Y_TRUE, Y_SCORE))] == METRICS


def test_the_values_of_a_hand_made_case() -> None:
    found = by_metric(log_risk(Y_TRUE, Y_SCORE))
    assert found["auc_score"].value == pytest.approx(8 / 9)
    squares = [(p - y) ** 2 for p, y in zip(Y_SCORE, Y_TRUE, strict=True)]
    assert found["brier_score"].value == pytest.approx(sum(squares) / 6)
    assert found["mean_risk_score"].value == pytest.approx(sum(Y_SCORE) / 6)
    # each sample has a bin of its own
    distances = [abs(p - y) for p, y in zip(Y_SCORE, Y_TRUE, strict=True)]
    assert found["risk_calibration_error"].value == pytest.approx(sum(distances) / 6)
    # confidences .9 | .55 | .65 | .85 | .95 | .75, right but for the third; (.8, .9] holds .9 and .85
    assert found["expected_calibration_error"].value == pytest.approx((0.25 + 0.45 + 0.65 + 0.05 + 0.25) / 6)


def test_a_mean_has_the_half_observation_interval() -> None:
    found = by_metric(log_risk(Y_TRUE, Y_SCORE))["mean_risk_score"]
    assert found.stderr == pytest.approx(statistics.stdev(Y_SCORE) / math.sqrt(6))
    assert (found.lower, found.upper) == half_observation(Y_SCORE, 0.95)
    assert (found.n, found.method) == (6, Method.HALF_OBSERVATION)


def test_rare_events_do_not_shorten_the_interval_of_a_brier_score() -> None:
    found = by_metric(log_risk([0] * 30, [0.02] * 30))["brier_score"]
    assert found.value == pytest.approx(0.0004)
    assert found.upper is not None
    assert found.upper > 0.02


def test_an_error_that_noise_alone_makes_is_told() -> None:
    chance = np.random.default_rng(1)
    scores = chance.uniform(size=60)
    calibrated = by_metric(log_risk((chance.uniform(size=60) < scores).astype(int).tolist(), scores.tolist()))
    turned = by_metric(log_risk((chance.uniform(size=60) > scores).astype(int).tolist(), scores.tolist()))
    one, other = calibrated["risk_calibration_error"], turned["risk_calibration_error"]
    assert (one.lower, one.note) == (0, "no larger than calibrated predictions may show by chance")
    assert one.noise is not None
    assert one.unbiased is not None
    assert one.value is not None
    assert one.unbiased < one.value < one.noise
    assert other.note is None
    assert other.lower is not None
    assert other.lower > 0


def test_confidence_is_held_against_the_scorer_s_own_value() -> None:
    """A model that is sure and never gives the exact text is badly calibrated in C-ECE, not in R-ECE."""
    risk = log_risk([0, 1] * 20, [0.02, 0.98] * 20, correct=(0.0,) * 40)
    found = by_metric(risk)
    assert found["expected_calibration_error"].value == pytest.approx(0.98)
    assert found["risk_calibration_error"].value == pytest.approx(0.02)


def test_samples_whose_value_is_no_number_are_left_out_of_the_confidence_error_only() -> None:
    found = by_metric(log_risk(Y_TRUE, Y_SCORE, correct=(1.0, None, 1.0, 1.0, 1.0, 1.0)))
    assert (found["expected_calibration_error"].n, found["risk_calibration_error"].n) == (5, 6)
    found = by_metric(log_risk(Y_TRUE, Y_SCORE, correct=(None,) * 6))
    assert found["expected_calibration_error"].value is None
    assert "no sample has a value" in (found["expected_calibration_error"].note or "")


def test_one_class_has_no_area_and_all_the_rest() -> None:
    found = by_metric(log_risk([1, 1, 1], [0.6, 0.7, 0.9]))
    assert found["auc_score"].value is None
    assert found["auc_score"].note == "the samples are of one class"
    assert all(found[metric].value is not None for metric in METRICS[1:])


def test_one_sample_has_values_and_no_interval() -> None:
    found = by_metric(log_risk([1], [0.6]))
    for metric in METRICS[1:]:
        assert found[metric].value is not None
        assert found[metric].lower is found[metric].upper is found[metric].stderr is None
        assert found[metric].note == "one sample: no interval"


def test_no_samples_have_no_numbers() -> None:
    estimates = risk_estimates(log_risk([], []))
    assert [one.metric for one in estimates] == list(METRICS)
    for estimate in estimates:
        assert estimate.value is estimate.lower is estimate.upper is None
        assert estimate.note == "no valid samples"
        assert estimate.n == 0


def test_constant_predictions_have_an_area_without_interval() -> None:
    found = by_metric(log_risk([0, 1, 1], [0.5] * 3))
    assert (found["auc_score"].value, found["auc_score"].lower) == (0.5, None)
    assert found["auc_score"].note == "every prediction is the same: no interval"


@pytest.mark.parametrize("truth", [(0, 1) * 10, (1,) * 20])
@pytest.mark.parametrize("prediction", [0.5, 0.1])
def test_values_that_are_all_alike_have_no_interval_of_zero_width(
    prediction: float, truth: tuple[int, ...]
) -> None:
    found = by_metric(log_risk(truth, [prediction] * 20, correct=(0.0,) * 20))
    for metric in METRICS[1:]:
        one = found[metric]
        assert one.value is not None
        assert (one.lower is None) == (one.upper is None) == (one.method == "none")
        if one.lower is not None and one.upper is not None:
            assert one.upper - one.lower > 0.01


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), max_size=25), st.floats(0.5, 0.999))
def test_every_interval_holds_its_value_within_0_and_1(pairs: list[tuple[int, float]], level: float) -> None:
    found = risk_estimates(log_risk([y for y, _ in pairs], [p for _, p in pairs]), level)
    assert [one.metric for one in found] == list(METRICS)
    for one in found:
        numbers = (one.value, one.lower, one.upper, one.stderr)
        assert all(number is None or math.isfinite(number) for number in numbers)
        if one.lower is not None:
            assert one.value is not None
            assert one.upper is not None
            assert 0 <= one.lower <= one.value + 1e-9
            assert one.value - 1e-9 <= one.upper <= 1
        else:
            assert one.note


def test_the_repeats_stand_in_every_estimate() -> None:
    assert {one.epochs for one in risk_estimates(log_risk(Y_TRUE, Y_SCORE, epochs=3))} == {3}
