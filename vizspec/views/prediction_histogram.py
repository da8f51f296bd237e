"""Histograms of the predicted risks, a panel a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from vizspec.views._risk import NO_MODEL, RiskFigure, TaskPredictions, plan_tasks
from vizspec.views.base import IMAGE_FORMATS, Draft, Entry, Figure, Kind, Need, Skip, Whole
from vizspec.views.selection import Selection


class PredictionHistogram(Entry):
    """How each model's risk scores are spread, by true class, with the base rate."""

    view: Literal["prediction_histogram"]
    bins: Annotated[Whole, Field(ge=1, le=1000)] = 30
    """Into how many bins of equal width the predictions fall."""


def plan(entry: PredictionHistogram, selection: Selection) -> Iterator[Draft[RiskFigure] | Skip]:
    caption = "Predicted probabilities of the positive class by true class; dashed: the base rate."
    return plan_tasks(entry, selection, "Predicted probabilities", lambda models: caption)


def draw(figure: RiskFigure) -> Figure:
    from vizspec.draw.figures.histogram import HistogramSeries, histogram_figure
    from vizspec.risk.curves import histogram

    entry: PredictionHistogram = figure.entry

    def series(model: TaskPredictions) -> HistogramSeries:
        counts = histogram(model.y_true, model.y_score, entry.bins)
        return HistogramSeries(model.label, model.style, counts, model.positive, model.negative)

    models = [series(model) for model in figure.models]
    return Figure(histogram_figure(models, figure.title))


KIND = Kind(
    entry=PredictionHistogram,
    plan=plan,
    draw=draw,
    skips=NO_MODEL,
    formats=IMAGE_FORMATS,
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
