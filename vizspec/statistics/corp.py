"""Reliability by isotonic regression: recalibrated predictions, and what the Brier score is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.arrays import SEED, finite, matched
from vizspec.statistics.intervals import check_level

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from vizspec.statistics.arrays import Floats, Values

DRAWS = 500
STEP = 2.0
"""More than the range of a share, so that no row of draws is fitted with the next one."""


class Corp(NamedTuple):
    """A reliability curve: each distinct prediction, ascending, and the share it should have been.

    The Brier score is `miscalibration - discrimination + uncertainty`. `counts`: samples at each prediction.
    """

    predicted: tuple[float, ...]
    recalibrated: tuple[float, ...]
    counts: tuple[int, ...]
    miscalibration: float
    discrimination: float
    uncertainty: float


class CorpBand(NamedTuple):
    """Between what recalibrated values of calibrated predictions lie, at each place of a grid."""

    lower: tuple[float, ...]
    upper: tuple[float, ...]


def corp(predicted: Values, actual: Values) -> Corp:
    """The reliability curve of predictions by isotonic regression, which needs no bins.

    T. Dimitriadis, T. Gneiting and A. I. Jordan, "Stable reliability diagrams for probabilistic classifiers",
    PNAS 118 (2021) e2016191118, by the pool-adjacent-violators algorithm.

    Raises:
        ValueError: lengths differ, there are no samples, or a value is no finite number.
    """
    import numpy as np

    p, y = matched(predicted, actual)
    places, where, counts = np.unique(p, return_inverse=True, return_counts=True)
    means = np.bincount(where, y) / counts
    fitted = _isotonic(means, counts)
    each, base = fitted[where], float(y.mean())
    brier, recalibrated = float(((p - y) ** 2).mean()), float(((each - y) ** 2).mean())
    uncertainty = float(((base - y) ** 2).mean())
    return Corp(
        tuple(map(float, places)),
        tuple(map(float, fitted)),
        tuple(map(int, counts)),
        brier - recalibrated,
        uncertainty - recalibrated,
        uncertainty,
    )


def consistency_band(predicted: Values, grid: Values, level: float = 0.95) -> CorpBand:
    """Where the recalibrated values of calibrated predictions lie with the chance `level`, point by point.

    The outcomes are drawn with the predicted chances and fitted anew (Dimitriadis, Gneiting and Jordan 2021,
    consistency bands). A curve that leaves the band is miscalibrated there.

    Raises:
        ValueError: there are no predictions, one does not lie between 0 and 1, or `level` is no probability.
    """
    import numpy as np

    check_level(level)
    p = finite(predicted)
    if p.min() < 0 or p.max() > 1:
        raise ValueError("a predicted probability lies between 0 and 1")
    places, counts = np.unique(p, return_counts=True)
    shares = np.random.default_rng(SEED).binomial(counts, places, (DRAWS, len(places))) / counts
    curves = _curves(shares, counts, places, np.asarray(grid, dtype=float))
    lower, upper = np.quantile(curves, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return CorpBand(tuple(map(float, lower)), tuple(map(float, upper)))


def _curves(shares: Floats, counts: NDArray[intp], places: Floats, grid: Floats) -> Floats:
    """The isotonic fit of each row at the places of the grid: the rows are one series, each a step higher."""
    import numpy as np

    steps = STEP * np.arange(len(shares))[:, np.newaxis]
    fitted = _isotonic((shares + steps).ravel(), np.tile(counts, len(shares)))
    within = np.clip(grid, places[0], places[-1])
    found = np.interp((within + steps).ravel(), (places + steps).ravel(), fitted)
    curves: Floats = found.reshape(len(shares), len(grid)) - steps
    return curves


def _isotonic(means: Floats, weights: NDArray[intp]) -> Floats:
    from scipy.optimize import isotonic_regression

    fitted: Floats = isotonic_regression(means, weights=weights).x
    return fitted
