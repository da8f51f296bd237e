"""The points of the risk figures: ROC curves, calibration curves, histograms. Numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vizspec.risk.bins import DEFAULT_BINS, Strategy, bin_numbers, upper_edges
from vizspec.statistics.corp import consistency_band, corp
from vizspec.statistics.wilson import wilson

DEFAULT_HISTOGRAM_BINS = 30
CORP_BINS = 40
"""Bins of the counts beside a curve that has none of its own."""
GRID = 101
"""Places at which a band is worked out."""


@dataclass(frozen=True)
class RocCurve:
    """The points of a ROC curve from (0, 0) to (1, 1), false positive rates ascending."""

    false_positive_rate: tuple[float, ...]
    true_positive_rate: tuple[float, ...]


@dataclass(frozen=True)
class CalibrationBin:
    """One bin that holds samples: (lower, upper], what was predicted in it on average and what came true.

    `band_lower`, `band_upper`: Wilson's interval for the share of positives.
    """

    lower: float
    upper: float
    count: int
    mean_predicted: float
    observed: float
    band_lower: float
    band_upper: float


@dataclass(frozen=True)
class CalibrationCurve:
    """The bins that hold samples, ascending, and the edges of all bins from 0 to 1 with their counts."""

    bins: tuple[CalibrationBin, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    n: int


@dataclass(frozen=True)
class CorpCurve:
    """Each distinct prediction, ascending, with the share it should have been and its number of `samples`.

    The bounds are those of the band in which calibrated predictions' shares lie, on the `grid`. `edges` and
    `counts` are bins of equal width over all predictions.
    """

    predicted: tuple[float, ...]
    recalibrated: tuple[float, ...]
    samples: tuple[int, ...]
    grid: tuple[float, ...]
    band_lower: tuple[float, ...]
    band_upper: tuple[float, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    n: int
    miscalibration: float


@dataclass(frozen=True)
class Histogram:
    """Counts of predicted probabilities in bins of equal width, by true class."""

    edges: tuple[float, ...]
    negative: tuple[int, ...]
    positive: tuple[int, ...]
    base_rate: float


def roc_points(y_true: Sequence[int], y_score: Sequence[float]) -> RocCurve:
    """The ROC curve; points in the middle of a straight line are left out.

    ValueError: the samples are of one class.
    """
    import numpy as np

    if len(set(y_true)) < 2:
        raise ValueError("a ROC curve needs samples of both classes")
    scores, truth = np.asarray(y_score, dtype=float), np.asarray(y_true)
    order = np.argsort(-scores, kind="stable")
    last_of_each = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    hits = np.cumsum(truth[order])[last_of_each]
    both = np.array([last_of_each + 1 - hits, hits])
    turns = np.diff(both, 2).any(axis=0)
    corners = both[:, np.concatenate([[True], turns, [True]])] if both.shape[1] > 1 else both
    false_positive, true_positive = np.insert(corners / both[:, -1:], 0, 0.0, axis=1)
    return RocCurve(tuple(false_positive.tolist()), tuple(true_positive.tolist()))


def calibration_points(
    y_true: Sequence[int],
    y_score: Sequence[float],
    bins: int = DEFAULT_BINS,
    strategy: Strategy = "uniform",
    level: float = 0.95,
) -> CalibrationCurve:
    """The calibration curve in `bins` bins, empty ones left out, with a band of confidence `level` a bin.

    ValueError: no samples, or less than one bin.
    """
    import numpy as np

    if len(y_score) == 0:
        raise ValueError("a calibration curve needs at least one sample")
    edges = upper_edges(y_score, bins, strategy)
    numbers = bin_numbers(y_score, edges)
    counts = np.bincount(numbers, minlength=len(edges))
    predicted = np.bincount(numbers, weights=np.asarray(y_score, dtype=float), minlength=len(edges))
    positives = np.bincount(numbers, weights=np.asarray(y_true, dtype=float), minlength=len(edges))
    lower_edges = np.concatenate([[0.0], edges[:-1]])
    filled = [
        _bin(lower_edges[i], edges[i], counts[i], predicted[i], positives[i], level)
        for i in np.flatnonzero(counts)
    ]
    return CalibrationCurve(tuple(filled), (0.0, *edges.tolist()), tuple(counts.tolist()), len(y_score))


def corp_points(y_true: Sequence[int], y_score: Sequence[float], level: float = 0.95) -> CorpCurve:
    """The calibration curve by isotonic regression, with its consistency band (`statistics.corp`).

    ValueError: no samples.
    """
    import numpy as np

    if len(y_score) == 0:
        raise ValueError("a calibration curve needs at least one sample")
    found = corp(y_score, y_true)
    grid = np.linspace(min(y_score), max(y_score), GRID)
    band = consistency_band(y_score, grid, level)
    edges = upper_edges(y_score, CORP_BINS)
    counts = np.bincount(bin_numbers(y_score, edges), minlength=len(edges))
    return CorpCurve(
        found.predicted,
        found.recalibrated,
        found.counts,
        tuple(grid.tolist()),
        band.lower,
        band.upper,
        (0.0, *edges.tolist()),
        tuple(counts.tolist()),
        len(y_score),
        found.miscalibration,
    )


def histogram(
    y_true: Sequence[int], y_score: Sequence[float], bins: int = DEFAULT_HISTOGRAM_BINS
) -> Histogram:
    """How often each probability was predicted, by true class. ValueError: no samples, or less than one bin.

    The bins are those of `vizspec.risk.bins`: (lower, upper], 0 in the first.
    """
    import numpy as np

    if len(y_score) == 0:
        raise ValueError("a histogram needs at least one sample")
    edges = upper_edges(y_score, bins)
    numbers, truth = bin_numbers(y_score, edges), np.asarray(y_true)
    negative, positive = (np.bincount(numbers[truth == label], minlength=len(edges)) for label in (0, 1))
    return Histogram(
        (0.0, *edges.tolist()), tuple(negative.tolist()), tuple(positive.tolist()), float(truth.mean())
    )


def _bin(
    lower: float, upper: float, count: int, predicted: float, positives: float, level: float
) -> CalibrationBin:
    band = wilson(float(positives / count), int(count), level)
    return CalibrationBin(
        lower=float(lower),
        upper=float(upper),
        count=int(count),
        mean_predicted=float(predicted / count),
        observed=float(positives / count),
        band_lower=band.lower,
        band_upper=band.upper,
    )
