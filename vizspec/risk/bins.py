"""Bins of predicted probabilities, by the convention of the risk scorers' own metrics.

A bin holds its upper edge and not its lower one; 0 is in the first. Binned errors depend on the noise of the
last digit at an edge, so the edges of equal-width bins are computed just as the scorers compute them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from vizspec.statistics.arrays import Floats, Values

Strategy = Literal["uniform", "quantile"]

DEFAULT_BINS = 10
"""How many bins the stored calibration errors have."""


def upper_edges(y_score: Values, bins: int = DEFAULT_BINS, strategy: Strategy = "uniform") -> Floats:
    """The upper edge of each bin, ascending; the last is 1.

    `uniform`: `bins` bins of equal width. `quantile`: bins of about equal counts, fewer where values repeat.
    ValueError: less than one bin.
    """
    import numpy as np

    if bins < 1:
        raise ValueError(f"a calibration curve has at least one bin, not {bins}")
    if strategy == "quantile":
        inner = np.quantile(np.asarray(y_score, dtype=float), np.arange(1, bins) / bins)
        return np.append(np.unique(inner[inner < 1]), 1.0)
    width = 1.0 / bins
    edges: Floats = np.arange(bins, dtype=np.float64) * width + width
    edges[-1] = 1.0
    return edges


def bin_numbers(y_score: Values, edges: Floats) -> NDArray[intp]:
    """The number of each score's bin, from 0."""
    import numpy as np

    numbers = np.searchsorted(edges, np.asarray(y_score, dtype=float), side="left")
    return np.minimum(numbers, len(edges) - 1)


def binned_error(predicted: Values, actual: Values, bins: int = DEFAULT_BINS) -> float:
    """The expected calibration error of Naeini, Cooper and Hauskrecht (2015), in bins of equal width.

    Sum over bins of |mean predicted - mean actual|, weighted by the bins' shares. ValueError: no predictions.
    """
    import numpy as np

    if len(predicted) == 0:
        raise ValueError("a calibration error needs at least one prediction")
    numbers = bin_numbers(predicted, upper_edges(predicted, bins))
    distance = np.asarray(predicted, dtype=float) - np.asarray(actual, dtype=float)
    return float(np.abs(np.bincount(numbers, weights=distance, minlength=bins)).sum() / len(distance))
