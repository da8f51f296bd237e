"""The risk figures' one door: from truth and predictions of a model to what the figures draw of it."""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.draw.figures.calibration import CalibrationSeries, calibration_figure
from vizspec.draw.figures.histogram import HistogramSeries, histogram_figure
from vizspec.draw.figures.roc import RocSeries, roc_figure
from vizspec.draw.palette import Style
from vizspec.risk.auc import auc
from vizspec.risk.bins import DEFAULT_BINS, Strategy
from vizspec.risk.curves import DEFAULT_HISTOGRAM_BINS, calibration_points, histogram, roc_points

__all__ = [
    "calibration_figure",
    "calibration_series",
    "histogram_figure",
    "histogram_series",
    "roc_figure",
    "roc_series",
]


def roc_series(
    label: str, style: Style, y_true: Sequence[int], y_score: Sequence[float], level: float = 0.95
) -> RocSeries:
    """The model's ROC curve and area. ValueError: the samples are of one class."""
    found = auc(y_true, y_score, level)
    curve = roc_points(y_true, y_score)
    return RocSeries(label, style, curve, found.area, found.lower, found.upper, len(y_true))


def calibration_series(
    label: str,
    style: Style,
    y_true: Sequence[int],
    y_score: Sequence[float],
    bins: int = DEFAULT_BINS,
    strategy: Strategy = "uniform",
    level: float = 0.95,
) -> CalibrationSeries:
    """The model's calibration curve. ValueError: no samples, or less than one bin."""
    return CalibrationSeries(label, style, calibration_points(y_true, y_score, bins, strategy, level))


def histogram_series(
    label: str,
    style: Style,
    y_true: Sequence[int],
    y_score: Sequence[float],
    bins: int = DEFAULT_HISTOGRAM_BINS,
    positive: str = "1",
    negative: str = "0",
) -> HistogramSeries:
    """The model's histogram with the classes' names. ValueError: no samples, or less than one bin."""
    return HistogramSeries(label, style, histogram(y_true, y_score, bins), positive, negative)
