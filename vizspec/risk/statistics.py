"""The risk metrics of one log, recomputed from its samples, each with an interval.

The definitions are those of the risk scorers. With y the truth (1: the positive class is right) and p its
predicted probability: `auc_score` the area under the ROC curve; `brier_score` the mean of (p - y)²;
`mean_risk_score` the mean of p; `risk_calibration_error` (R-ECE) the binned error of p against y;
`expected_calibration_error` (C-ECE) the binned error of the confidence (the probability of the likelier option)
against the scorer's own value: whether the answer given, as text, was right. That answer need not be the
likelier option: with sampling, or in other words, it is not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vizspec.risk.auc import NO_METHOD, auc
from vizspec.risk.bins import DEFAULT_BINS, bin_numbers, binned_error, upper_edges
from vizspec.risk.record import LogRisk, RiskEstimate

if TYPE_CHECKING:
    from numpy import float64, intp
    from numpy.typing import NDArray

AUC = "auc_score"
BRIER = "brier_score"
CONFIDENCE_ERROR = "expected_calibration_error"
RISK_ERROR = "risk_calibration_error"
MEAN_RISK = "mean_risk_score"

T_INTERVAL = "t"
BOOTSTRAP = "basic bootstrap, 999 resamples"
RESAMPLES = 999
SEED = 20_260_101
"""Fixed: the same samples have the same interval, whenever and wherever it is computed."""
BATCH_ELEMENTS = 1_000_000
"""How many resampled values are held at once: some 30 MB."""

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
        return _undefined(AUC, risk, "the samples are of one class" if risk.y_true else "no valid samples")
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
    """A mean of values between 0 and 1 with Student's interval, cut at 0 and 1."""
    import numpy as np
    from scipy.stats import t

    n = len(values)
    if n == 0:
        return _undefined(metric, risk, "no valid samples")
    mean = float(np.mean(values))
    if n == 1:
        return RiskEstimate(
            metric, mean, None, None, None, 1, NO_METHOD, "one sample: no interval", risk.epochs
        )
    stderr = float(np.std(values, ddof=1) / math.sqrt(n))
    half = float(t.ppf((1 + level) / 2, n - 1)) * stderr
    lower, upper = max(mean - half, 0.0), min(mean + half, 1.0)
    return RiskEstimate(metric, mean, lower, upper, stderr, n, T_INTERVAL, None, risk.epochs)


def _confidence_error(risk: LogRisk, level: float) -> RiskEstimate:
    """C-ECE, of the samples whose value is a number."""
    pairs = [(p, c) for p, c in zip(risk.confidence, risk.correct, strict=True) if c is not None]
    if not pairs:
        return _undefined(CONFIDENCE_ERROR, risk, "no sample has a value that is a number")
    confidence, correct = zip(*pairs, strict=True)
    return _calibration(CONFIDENCE_ERROR, confidence, correct, risk, level)


def _calibration(metric: str, predicted: Values, actual: Values, risk: LogRisk, level: float) -> RiskEstimate:
    """A binned error with a bootstrap interval.

    The error counts the noise of each bin as miscalibration, and resampling adds noise: the resampled errors
    lie above the estimate as the estimate lies above the truth. The basic interval turns them over, and so takes
    much of that bias into account. It is cut at 0 and 1, widened to hold the estimate, and begins at 0 where
    calibrated predictions would often show as large an error.
    """
    n = len(predicted)
    if n == 0:
        return _undefined(metric, risk, "no valid samples")
    value = binned_error(predicted, actual)
    if n == 1:
        return RiskEstimate(
            metric, value, None, None, None, 1, NO_METHOD, "one sample: no interval", risk.epochs
        )
    lower, upper, stderr = _bootstrap(_resampled_error(predicted, actual), n, level)
    return RiskEstimate(
        metric,
        value,
        min(max(lower, 0.0), value) if value > _error_of_calibrated(predicted, level) else 0.0,
        max(min(upper, 1.0), value),
        stderr,
        n,
        BOOTSTRAP,
        None,
        risk.epochs,
    )


def _error_of_calibrated(predicted: Values, level: float) -> float:
    """The binned error that calibrated predictions like these stay under with the chance (1 + level) / 2.

    The truth of such predictions is drawn with their own probabilities (consistency resampling, Bröcker and Smith
    2007, Weather and Forecasting 22:651), here by the normal approximation of each bin's sum.
    """
    import numpy as np

    probabilities = np.asarray(predicted, dtype=float)
    numbers = bin_numbers(probabilities, upper_edges(probabilities))
    variances = np.bincount(numbers, probabilities * (1 - probabilities), DEFAULT_BINS)
    draws = np.random.default_rng(SEED).standard_normal((RESAMPLES, DEFAULT_BINS)) * np.sqrt(variances)
    return float(np.quantile(np.abs(draws).sum(axis=1) / len(probabilities), (1 + level) / 2))


Statistic = Callable[..., "NDArray[float64]"]


def _resampled_error(predicted: Values, actual: Values) -> Statistic:
    """The binned error of many resamples at once, given as rows of sample numbers.

    A sample keeps its bin, so that the error of a resample is the sum over bins of |sum of distances| / n.
    """
    import numpy as np

    numbers = bin_numbers(predicted, upper_edges(predicted))
    distances = np.asarray(predicted, dtype=float) - np.asarray(actual, dtype=float)

    def error(chosen: NDArray[intp], axis: int = -1) -> NDArray[float64]:
        rows = np.atleast_2d(chosen)
        cells = numbers[rows] + DEFAULT_BINS * np.arange(len(rows))[:, None]
        sums = np.bincount(cells.ravel(), distances[rows].ravel(), DEFAULT_BINS * len(rows))
        errors: NDArray[float64] = np.abs(sums.reshape(len(rows), -1)).sum(axis=1) / rows.shape[axis]
        return errors if chosen.ndim > 1 else errors[0]

    return error


def _bootstrap(statistic: Statistic, n: int, level: float) -> tuple[float, float, float]:
    """(lower, upper, standard error) by the basic bootstrap over `n` samples."""
    import numpy as np
    from scipy.stats import bootstrap

    found = bootstrap(
        (np.arange(n),),
        statistic,
        n_resamples=RESAMPLES,
        batch=max(1, BATCH_ELEMENTS // n),
        vectorized=True,
        confidence_level=level,
        method="basic",
        rng=np.random.default_rng(SEED),
    )
    interval = found.confidence_interval
    return float(interval.low), float(interval.high), float(found.standard_error)


def _undefined(metric: str, risk: LogRisk, reason: str) -> RiskEstimate:
    return RiskEstimate(metric, None, None, None, None, risk.n_valid, NO_METHOD, reason, risk.epochs)
