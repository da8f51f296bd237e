"""From the truth and the predictions of a model to what the risk figures draw of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.palette import Style
from vizspec.draw.shapes.calibration import CalibrationSeries, calibration_shapes
from vizspec.draw.shapes.histogram import HistogramSeries, histogram_shapes
from vizspec.draw.shapes.roc import RocSeries, roc_shapes
from vizspec.risk.auc import auc
from vizspec.risk.bins import DEFAULT_BINS, Strategy
from vizspec.risk.curves import (
    DEFAULT_HISTOGRAM_BINS,
    RocCurve,
    calibration_points,
    histogram,
    roc_points,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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


def roc_figure(
    series: Sequence[RocSeries],
    title: str = "ROC curves",
    level: float = 0.95,
    *,
    in_panels: bool = False,
    behind: Sequence[RocCurve] = (),
) -> Figure:
    """The figure of `roc_shapes`."""
    return figure_of(roc_shapes(series, title, level, in_panels=in_panels, behind=behind))


def calibration_figure(
    series: Sequence[CalibrationSeries],
    title: str = "Calibration curves",
    level: float = 0.95,
    *,
    in_panels: bool = False,
) -> Figure:
    """The figure of `calibration_shapes`."""
    return figure_of(calibration_shapes(series, title, level, in_panels=in_panels))


def histogram_figure(part: Sequence[HistogramSeries], title: str = "Predicted probabilities") -> Figure:
    """The figure of `histogram_shapes`."""
    return figure_of(histogram_shapes(part, title))
