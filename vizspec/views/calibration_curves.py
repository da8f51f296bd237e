"""Calibration curves of the models of a task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from vizspec.draw.figures.panels import OVERLAY_LIMIT
from vizspec.statistics.intervals import level_text
from vizspec.views._risk import NO_MODEL, RiskFigure, TaskPredictions, plan_tasks
from vizspec.views.base import IMAGE_FORMATS, Draft, Entry, Figure, Kind, Need, Skip, Whole
from vizspec.views.selection import Selection


class CalibrationCurves(Entry):
    """Whether the risk scores are true to size: predicted against observed, with bands and counts."""

    view: Literal["calibration_curves"]
    bins: Annotated[Whole, Field(ge=2, le=1000)] = 10
    """Into how many bins the predictions fall."""
    strategy: Literal["uniform", "quantile"] = "uniform"
    """Bins of equal width, or of about equal counts."""


def plan(entry: CalibrationCurves, selection: Selection) -> Iterator[Draft[RiskFigure] | Skip]:
    width = "equal width" if entry.strategy == "uniform" else "about equal counts"
    level = level_text(selection.estimates.level)
    caption = f"{entry.bins} bins of {width}; bands: {level} of each bin (Wilson)."
    return plan_tasks(entry, selection, "Calibration curves", lambda models: caption, overlaid=OVERLAY_LIMIT)


def draw(figure: RiskFigure) -> Figure:
    from vizspec.draw.figures.calibration import CalibrationSeries, calibration_figure
    from vizspec.risk.curves import calibration_points

    entry: CalibrationCurves = figure.entry

    def series(model: TaskPredictions) -> CalibrationSeries:
        curve = calibration_points(model.y_true, model.y_score, entry.bins, entry.strategy, figure.level)
        return CalibrationSeries(model.label, model.style, curve)

    models = [series(model) for model in figure.models]
    return Figure(calibration_figure(models, figure.title, figure.level, in_panels=figure.in_panels))


KIND = Kind(
    entry=CalibrationCurves,
    plan=plan,
    draw=draw,
    skips=NO_MODEL,
    formats=IMAGE_FORMATS,
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
