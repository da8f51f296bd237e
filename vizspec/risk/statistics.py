"""The risk metrics of one log, recomputed from its samples, each with an interval.

The definitions are those of the risk scorers. With y the truth (1: the positive class is right) and p its
predicted probability: `auc_score` the area under the ROC curve; `brier_score` the mean of (p - y)²;
`mean_risk_score` the mean of p; `risk_calibration_error` (R-ECE) the binned error of p against y;
`expected_calibration_error` (C-ECE) the binned error of the confidence (the probability of the likelier
option) against the scorer's own value: whether the answer given, as text, was right. That answer need not be
the likelier option: with sampling, or in other words, it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vizspec.metrics.known_metrics import AUC
from vizspec.risk.auc import auc
from vizspec.risk.bins import bin_numbers, binned_error, upper_edges
from vizspec.risk.record import LogRisk, RiskEstimate
from vizspec.statistics.calibration import binned_error_interval
from vizspec.statistics.means import mean
from vizspec.statistics.method import Method

BRIER = "brier_score"
CONFIDENCE_ERROR = "expected_calibration_error"
RISK_ERROR = "risk_calibration_error"
MEAN_RISK = "mean_risk_score"

METRICS = (AUC, BRIER, CONFIDENCE_ERROR, RISK_ERROR, MEAN_RISK)
"""What samples give, as the scorers name it."""

OF_SAMPLE: Mapping[str, Callable[[float, int], float]] = {
    AUC: lambda score, truth: score,
    BRIER: lambda score, truth: (score - truth) ** 2,
    MEAN_RISK: lambda score, truth: score,
}
"""What one sample adds to a metric, of its risk score and its class, where differences of it are judged."""

NO_SAMPLES = "no valid samples"
ONE_SAMPLE = "one sample: no interval"
NO_WIDTH = "predictions and outcomes agree in every bin: no interval"
LIKE_CALIBRATED = "no larger than calibrated predictions may show by chance"
ROUNDING = 1e-12
"""Numbers that lie no farther apart are one number."""

SampleValues = Sequence[float]


def risk_estimates(risk: LogRisk, level: float = 0.95) -> tuple[RiskEstimate, ...]:
    """The five metrics of one log at the confidence `level`, named as the scorers name them.

    What is not defined (an area with one class, anything without samples) has no value and says why.
    """
    return (
        _area(risk, level),
        _mean(BRIER, [(p - y) ** 2 for p, y in zip(risk.y_score, risk.y_true, strict=True)], risk, level),
        _confidence_error(risk, level),
        _calibration(RISK_ERROR, risk.y_score, risk.y_true, risk, level),
        _mean(MEAN_RISK, risk.y_score, risk, level),
    )


def _area(risk: LogRisk, level: float) -> RiskEstimate:
    if len(set(risk.y_true)) < 2:
        return _undefined(AUC, risk, "the samples are of one class" if risk.y_true else NO_SAMPLES)
    found = auc(risk.y_true, risk.y_score, level)
    return RiskEstimate(
        AUC,
        found.area,
        found.lower,
        found.upper,
        found.stderr,
        risk.n_valid,
        found.method,
        found.note,
        risk.epochs,
    )


def _mean(metric: str, values: SampleValues, risk: LogRisk, level: float) -> RiskEstimate:
    """A mean of values between 0 and 1."""
    n = len(values)
    if n == 0:
        return _undefined(metric, risk, NO_SAMPLES)
    found = mean(values, level=level)
    if n == 1:
        return _single(metric, found.value, risk)
    return RiskEstimate(
        metric, found.value, found.lower, found.upper, found.stderr, n, found.method, None, risk.epochs
    )


def _confidence_error(risk: LogRisk, level: float) -> RiskEstimate:
    """C-ECE, of the samples whose value is a number."""
    if risk.n_valid == 0:
        return _undefined(CONFIDENCE_ERROR, risk, NO_SAMPLES)
    pairs = [(p, c) for p, c in zip(risk.confidence, risk.correct, strict=True) if c is not None]
    if not pairs:
        return _undefined(CONFIDENCE_ERROR, risk, "no sample has a value that is a number")
    confidence, correct = zip(*pairs, strict=True)
    return _calibration(CONFIDENCE_ERROR, confidence, correct, risk, level)


def _calibration(
    metric: str, predicted: SampleValues, actual: SampleValues, risk: LogRisk, level: float
) -> RiskEstimate:
    n = len(predicted)
    if n == 0:
        return _undefined(metric, risk, NO_SAMPLES)
    value = binned_error(predicted, actual)
    if n == 1:
        return _single(metric, value, risk)
    bins = bin_numbers(predicted, upper_edges(predicted))
    found = binned_error_interval(predicted, actual, bins, level)
    if found.upper - found.lower <= ROUNDING:
        return RiskEstimate(metric, value, None, None, None, n, Method.NONE, NO_WIDTH, risk.epochs)
    return RiskEstimate(
        metric,
        value,
        min(found.lower, value),
        max(found.upper, value),
        found.stderr,
        n,
        Method.TEST_INVERSION,
        LIKE_CALIBRATED if found.is_noise else None,
        risk.epochs,
        found.noise_limit,
        found.unbiased,
    )


def _single(metric: str, value: float, risk: LogRisk) -> RiskEstimate:
    return RiskEstimate(metric, value, None, None, None, 1, Method.NONE, ONE_SAMPLE, risk.epochs)


def _undefined(metric: str, risk: LogRisk, reason: str) -> RiskEstimate:
    return RiskEstimate(metric, None, None, None, None, risk.n_valid, Method.NONE, reason, risk.epochs)
