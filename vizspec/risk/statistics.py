"""The risk metrics of one log, recomputed from its samples, each with an interval.

The definitions are those of the risk scorers. With y the truth (1: the positive class is right) and p its
predicted probability: `auc_score` the area under the ROC curve; `brier_score` the mean of (p - y)²;
`mean_risk_score` the mean of p; `risk_calibration_error` (R-ECE) the binned error of p against y;
`expected_calibration_error` (C-ECE) the binned error of the confidence (the probability of the likelier
option) against the scorer's own value: whether the answer given, as text, was right. That answer need not be
the likelier option: with sampling, or in other words, it is not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from vizspec.risk.auc import NO_METHOD, auc
from vizspec.risk.bins import binned_error
from vizspec.risk.calibration import ALIKE, BOOTSTRAP, ROUNDING, calibration_error
from vizspec.risk.record import LogRisk, RiskEstimate

AUC = "auc_score"
BRIER = "brier_score"
CONFIDENCE_ERROR = "expected_calibration_error"
RISK_ERROR = "risk_calibration_error"
MEAN_RISK = "mean_risk_score"

T_INTERVAL = "t"
NO_SAMPLES = "no valid samples"

Values = Sequence[float]


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
    reason = "every prediction is the same: no interval" if found.method == NO_METHOD else None
    return RiskEstimate(
        AUC,
        found.area,
        found.lower,
        found.upper,
        found.stderr,
        risk.n_valid,
        found.method,
        reason,
        risk.epochs,
    )


def _mean(metric: str, values: Values, risk: LogRisk, level: float) -> RiskEstimate:
    """A mean of values between 0 and 1 with Student's interval, cut at 0 and 1; none where all are alike."""
    import numpy as np
    from scipy.stats import t

    n = len(values)
    if n == 0:
        return _undefined(metric, risk, NO_SAMPLES)
    mean = float(np.mean(values))
    if n == 1:
        return _single(metric, mean, risk)
    if max(values) - min(values) <= ROUNDING:
        return RiskEstimate(metric, mean, None, None, None, n, NO_METHOD, ALIKE, risk.epochs)
    stderr = float(np.std(values, ddof=1) / math.sqrt(n))
    half = float(t.ppf((1 + level) / 2, n - 1)) * stderr
    lower, upper = max(mean - half, 0.0), min(mean + half, 1.0)
    return RiskEstimate(metric, mean, lower, upper, stderr, n, T_INTERVAL, None, risk.epochs)


def _confidence_error(risk: LogRisk, level: float) -> RiskEstimate:
    """C-ECE, of the samples whose value is a number."""
    if risk.n_valid == 0:
        return _undefined(CONFIDENCE_ERROR, risk, NO_SAMPLES)
    pairs = [(p, c) for p, c in zip(risk.confidence, risk.correct, strict=True) if c is not None]
    if not pairs:
        return _undefined(CONFIDENCE_ERROR, risk, "no sample has a value that is a number")
    confidence, correct = zip(*pairs, strict=True)
    return _calibration(CONFIDENCE_ERROR, confidence, correct, risk, level)


def _calibration(metric: str, predicted: Values, actual: Values, risk: LogRisk, level: float) -> RiskEstimate:
    n = len(predicted)
    if n == 0:
        return _undefined(metric, risk, NO_SAMPLES)
    if n == 1:
        return _single(metric, binned_error(predicted, actual), risk)
    found = calibration_error(predicted, actual, level)
    method = NO_METHOD if found.lower is None else BOOTSTRAP
    return RiskEstimate(
        metric,
        found.value,
        found.lower,
        found.upper,
        found.stderr,
        n,
        method,
        found.reason,
        risk.epochs,
    )


def _single(metric: str, value: float, risk: LogRisk) -> RiskEstimate:
    return RiskEstimate(metric, value, None, None, None, 1, NO_METHOD, "one sample: no interval", risk.epochs)


def _undefined(metric: str, risk: LogRisk, reason: str) -> RiskEstimate:
    return RiskEstimate(metric, None, None, None, None, risk.n_valid, NO_METHOD, reason, risk.epochs)
