"""Calibration curves of the models of a task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from vizspec.draw.calibration import CalibrationSeries, calibration_figures
from vizspec.draw.panels import overlay_pages
from vizspec.risk.curves import calibration_points
from vizspec.selection import Selection
from vizspec.views._risk import RiskFigure, Series, plan_tasks
from vizspec.views.base import Draft, Entry, Figure, Kind, Need, Skip, Whole


class CalibrationCurves(Entry):
    """Whether the risk scores are true to size: predicted against observed, with bands and counts."""

    view: Literal["calibration_curves"]
    bins: Annotated[Whole, Field(ge=2, le=1000)] = 10
    """Into how many bins the predictions fall."""
    strategy: Literal["uniform", "quantile"] = "uniform"
    """Bins of equal width, or of about equal counts."""


def plan(entry: CalibrationCurves, selection: Selection) -> Iterator[Draft | Skip]:
    level = selection.estimates.level

    def series_of(series: Series) -> CalibrationSeries:
        risk = series.risk
        curve = calibration_points(risk.y_true, risk.y_score, entry.bins, entry.strategy, level)
        return CalibrationSeries(series.label, series.style, curve)

    width = "equal width" if entry.strategy == "uniform" else "about equal counts"
    caption = f"Calibration in {entry.bins} bins of {width}; bands: {level:.0%} Wilson intervals of each bin."
    return plan_tasks(entry, selection, "Calibration curves", series_of, overlay_pages, caption)


def draw(figure: RiskFigure[CalibrationSeries]) -> Figure:
    return Figure(calibration_figures(figure.series, figure.title, figure.level)[figure.page])


KIND = Kind(
    entry=CalibrationCurves,
    plan=plan,
    draw=draw,
    skips="no log has a risk scorer, or none of a task has two valid samples of both classes",
    formats=("png", "svg"),
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
