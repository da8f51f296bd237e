"""Histograms of the predicted risks, a panel a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from vizspec.draw.figures.panels import PAGE_LIMIT
from vizspec.draw.shapes.model import Shapes
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


class PredictionHistogram(RiskEntry):
    """How each model's risk scores are spread, by true class, with the base rate."""

    view: Literal["prediction_histogram"]
    bins: Annotated[Whole, Field(ge=1, le=1000)] = 30
    """Into how many bins of equal width the predictions fall."""


def plan(
    entry: PredictionHistogram, selection: Selection
) -> Iterator[Draft[RiskFigure[PredictionHistogram]] | Skip]:
    caption = "Predicted probabilities of the positive class by true class; dashed: the base rate."
    return plan_tasks(entry, selection, "Predicted probabilities", lambda models: caption)


def shapes(figure: RiskFigure[PredictionHistogram]) -> Shapes:
    from vizspec.draw.shapes.histogram import HistogramSeries, histogram_shapes
    from vizspec.risk.curves import histogram

    entry = figure.entry

    def series(model: TaskPredictions) -> HistogramSeries:
        counts = histogram(model.y_true, model.y_score, entry.bins)
        return HistogramSeries(model.label, model.style, counts, model.positive, model.negative)

    return histogram_shapes([series(model) for model in figure.models], figure.title)


def draw(figure: RiskFigure[PredictionHistogram]) -> Chart:
    return Chart(chart_of(figure, shapes(figure)))


KIND = Kind(
    entry=PredictionHistogram,
    plan=plan,
    draw=draw,
    shapes=shapes,
    chart_of=chart_of,
    skips=NO_MODEL,
    many=f"a panel each of {PAGE_LIMIT} models in a picture",
    formats=FIGURE_FORMATS,
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
