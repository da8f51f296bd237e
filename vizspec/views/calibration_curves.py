"""Calibration curves of the models of a task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from vizspec.draw.figures.panels import BANDS_LIMIT, PAGE_LIMIT
from vizspec.draw.shapes.model import Shapes
from vizspec.statistics.intervals import level_text
from vizspec.views._risk import NO_MODEL, RiskEntry, RiskFigure, TaskPredictions, chart_of, plan_tasks
from vizspec.views.base import (
    FIGURE_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.entry import Need, Whole
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.risk.curves import CalibrationCurve, CorpCurve


class CalibrationCurves(RiskEntry):
    """Whether the risk scores are true to size: predicted against observed, with bands and counts."""

    view: Literal["calibration_curves"]
    style: Literal["corp", "bins"] | None = None
    """`corp`: by isotonic regression, without bins; `bins`: in bins; null: in bins where a key of theirs is
    given, else by isotonic regression.
    """
    bins: Annotated[Whole, Field(ge=2, le=1000)] = 10
    """Into how many bins the predictions fall."""
    strategy: Literal["uniform", "quantile"] = "uniform"
    """Bins of equal width, or of about equal counts."""

    @property
    def drawn_as(self) -> Literal["corp", "bins"]:
        """The style in force."""
        of_bins = bool({"bins", "strategy"} & self.model_fields_set)
        return self.style or ("bins" if of_bins else "corp")


def plan(
    entry: CalibrationCurves, selection: Selection
) -> Iterator[Draft[RiskFigure[CalibrationCurves]] | Skip]:
    shown = entry.model_copy(update={"style": entry.drawn_as})
    level = level_text(selection.estimates.level)
    caption = _caption(shown, level)
    return plan_tasks(shown, selection, "Calibration curves", lambda models: caption, overlaid=BANDS_LIMIT)


def _caption(entry: CalibrationCurves, level: str) -> str:
    if entry.drawn_as == "corp":
        bands = f"bands: where calibrated predictions would lie, {level} point by point"
        return f"What each prediction should have been, by isotonic regression (CORP); {bands}."
    width = "equal width" if entry.strategy == "uniform" else "about equal counts"
    return f"{entry.bins} bins of {width}; bands: {level} of each bin (Wilson)."


def shapes(figure: RiskFigure[CalibrationCurves]) -> Shapes:
    from vizspec.draw.shapes.calibration import CalibrationSeries, calibration_shapes
    from vizspec.risk.curves import calibration_points, corp_points

    entry = figure.entry

    def series(model: TaskPredictions) -> CalibrationSeries:
        curve: CalibrationCurve | CorpCurve
        if entry.drawn_as == "corp":
            curve = corp_points(model.y_true, model.y_score, figure.level)
        else:
            curve = calibration_points(model.y_true, model.y_score, entry.bins, entry.strategy, figure.level)
        return CalibrationSeries(model.label, model.style, curve)

    models = [series(model) for model in figure.models]
    return calibration_shapes(models, figure.title, figure.level, in_panels=figure.in_panels)


def draw(figure: RiskFigure[CalibrationCurves]) -> Chart:
    return Chart(chart_of(figure, shapes(figure)))


KIND = Kind(
    entry=CalibrationCurves,
    plan=plan,
    draw=draw,
    shapes=shapes,
    chart_of=chart_of,
    skips=NO_MODEL,
    many=f"{BANDS_LIMIT} models over each other; of more a panel each, {PAGE_LIMIT} in a picture",
    formats=FIGURE_FORMATS,
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
