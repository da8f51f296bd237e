"""ROC curves of the models of a task, with the area under each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from vizspec.draw.panels import overlay_pages
from vizspec.selection import Selection
from vizspec.views._risk import NO_MODEL, Predictions, RiskFigure, plan_tasks
from vizspec.views.base import Draft, Entry, Figure, Kind, Need, Skip


class RocCurves(Entry):
    """How well each model's risk scores rank the samples: ROC curves, with AUC and its interval."""

    view: Literal["roc_curves"]


def plan(entry: RocCurves, selection: Selection) -> Iterator[Draft | Skip]:
    caption = f"ROC curves; AUC with {selection.estimates.level:.0%} intervals (DeLong, logit scale)."
    return plan_tasks(entry, selection, "ROC curves", overlay_pages, caption)


def draw(figure: RiskFigure) -> Figure:
    from vizspec.draw.roc import RocSeries, roc_figures
    from vizspec.risk.curves import roc_points

    def series(model: Predictions) -> RocSeries:
        curve = roc_points(model.y_true, model.y_score)
        area = float("nan") if model.area is None else model.area
        return RocSeries(model.label, model.style, curve, area, model.lower, model.upper, len(model.y_true))

    models = [series(model) for model in figure.models]
    return Figure(roc_figures(models, figure.title, figure.level)[figure.page])


KIND = Kind(
    entry=RocCurves,
    plan=plan,
    draw=draw,
    skips=NO_MODEL,
    formats=("png", "svg"),
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
