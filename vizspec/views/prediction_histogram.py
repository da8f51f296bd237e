"""Histograms of the predicted risks, a panel a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from vizspec.draw.histogram import HistogramSeries, histogram_figures
from vizspec.draw.panels import panel_pages
from vizspec.risk.curves import histogram
from vizspec.selection import Selection
from vizspec.views._risk import RiskFigure, Series, plan_tasks
from vizspec.views.base import Draft, Entry, Figure, Kind, Need, Skip, Whole


class PredictionHistogram(Entry):
    """How each model's risk scores are spread, by true class, with the base rate."""

    view: Literal["prediction_histogram"]
    bins: Annotated[Whole, Field(ge=1, le=1000)] = 30
    """Into how many bins of equal width the predictions fall."""


def plan(entry: PredictionHistogram, selection: Selection) -> Iterator[Draft | Skip]:
    def series_of(series: Series) -> HistogramSeries:
        risk = series.risk
        others = " or ".join(option for option in risk.options if option != risk.positive)
        return HistogramSeries(
            series.label,
            series.style,
            histogram(risk.y_true, risk.y_score, entry.bins),
            risk.positive,
            others or f"not {risk.positive}",
        )

    caption = "Predicted probabilities of the positive class by true class; dashed: the base rate."
    return plan_tasks(entry, selection, "Predicted probabilities", series_of, panel_pages, caption)


def draw(figure: RiskFigure[HistogramSeries]) -> Figure:
    return Figure(histogram_figures(figure.series, figure.title)[figure.page])


KIND = Kind(
    entry=PredictionHistogram,
    plan=plan,
    draw=draw,
    skips="no log has a risk scorer, or none of a task has two valid samples of both classes",
    formats=("png", "svg"),
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
