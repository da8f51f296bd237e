"""A calibration error with its standard error and interval.

The error counts the noise of each bin as miscalibration, and resampling adds noise: resampled errors lie over
the estimate as the estimate lies above the truth. The basic bootstrap interval (Davison and Hinkley 1997,
Bootstrap Methods and their Application, section 5.2) turns them over, and so takes much of that bias into
account. It is cut at 0 and 1, widened to hold the estimate, and begins at 0 where calibrated predictions may
well show as large an error. Where all resamples have one error, or nothing of the interval is left but the
estimate, it would claim a certainty that nobody has: then there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vizspec.risk.bins import DEFAULT_BINS, bin_numbers, binned_error, upper_edges

if TYPE_CHECKING:
    from numpy import float64, intp
    from numpy.typing import NDArray

RESAMPLES = 999
BOOTSTRAP = f"basic bootstrap, {RESAMPLES} resamples"
SEED = 20_260_101
"""Fixed: the same samples have the same interval, whenever and wherever it is computed."""
BATCH_ELEMENTS = 1_000_000
"""How many resampled values are held at once: some 30 MB."""
ROUNDING = 1e-12
"""Numbers that lie no farther apart are one number."""
ALIKE = "all values are alike: no interval"
NO_WIDTH = "the bootstrap interval has no width: no interval"

Values = Sequence[float]


class CalibrationError(NamedTuple):
    """The error in ten bins of equal width, and its uncertainty; without an interval `reason` says why."""

    value: float
    lower: float | None
    upper: float | None
    stderr: float | None
    reason: str | None = None


def calibration_error(predicted: Values, actual: Values, level: float = 0.95) -> CalibrationError:
    """The binned error of `predicted` against `actual` with an interval of confidence `level`.

    ValueError: fewer than two predictions.
    """
    if len(predicted) < 2:
        raise ValueError("the interval of a calibration error needs at least two predictions")
    value = binned_error(predicted, actual)
    lower, upper, stderr = _bootstrap(_resampled_error(predicted, actual), len(predicted), level)
    if stderr <= ROUNDING:
        return CalibrationError(value, None, None, None, ALIKE)
    if value <= _error_of_calibrated(predicted, level):
        lower = 0.0
    lower, upper = min(max(lower, 0.0), value), max(min(upper, 1.0), value)
    if upper - lower <= ROUNDING:
        return CalibrationError(value, None, None, stderr, NO_WIDTH)
    return CalibrationError(value, lower, upper, stderr)


def _error_of_calibrated(predicted: Values, level: float) -> float:
    """The binned error that calibrated predictions like these stay under with the chance (1 + level) / 2.

    The truth of such predictions is drawn with their own probabilities (consistency resampling, Bröcker and
    Smith 2007, Weather and Forecasting 22:651), here by the normal approximation of each bin's sum.
    """
    import numpy as np

    probabilities = np.asarray(predicted, dtype=float)
    numbers = bin_numbers(predicted, upper_edges(predicted))
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
