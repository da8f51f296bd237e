"""ROC curves of the models of a task, with the area under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from vizspec.draw.figures.panels import OVERLAY_LIMIT, PAGE_LIMIT
from vizspec.draw.shapes.model import Shapes
from vizspec.statistics.intervals import level_text
from vizspec.statistics.method import Method
from vizspec.views._risk import NO_MODEL, RiskEntry, RiskFigure, TaskPredictions, chart_of, plan_tasks
from vizspec.views.base import (
    FIGURE_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.entry import Need
from vizspec.views.selection import Selection

METHODS = {Method.DELONG: "DeLong, logit scale", Method.NEWCOMBE: "Newcombe, method 5"}
"""What a caption calls the methods of an area's interval."""


class RocCurves(RiskEntry):
    """How well each model's risk scores rank the samples: ROC curves, with AUC and its interval."""

    view: Literal["roc_curves"]


def plan(entry: RocCurves, selection: Selection) -> Iterator[Draft[RiskFigure[RocCurves]] | Skip]:
    level = selection.estimates.level
    return plan_tasks(
        entry,
        selection,
        "ROC curves",
        lambda models: _caption(models, level),
        overlaid=OVERLAY_LIMIT,
        shows_others=True,
    )


def _caption(models: Sequence[TaskPredictions], level: float) -> str:
    """What the legend tells of the areas: by which methods their intervals were worked out, if any were."""
    if all(model.area is None for model in models):
        return "No AUC is known."
    methods = dict.fromkeys(model.method for model in models if model.lower is not None)
    if not methods:
        return "AUC without intervals."
    names = "; ".join(METHODS.get(method, method.value) for method in methods)
    return f"AUC with {level_text(level)} ({names})."


def shapes(figure: RiskFigure[RocCurves]) -> Shapes:
    from vizspec.draw.shapes.roc import RocSeries, roc_shapes
    from vizspec.risk.curves import roc_points

    def series(model: TaskPredictions) -> RocSeries:
        curve = roc_points(model.y_true, model.y_score)
        area = float("nan") if model.area is None else model.area
        return RocSeries(model.label, model.style, curve, area, model.lower, model.upper, len(model.y_true))

    models = [series(model) for model in figure.models]
    behind = [roc_points(model.y_true, model.y_score) for model in figure.behind]
    return roc_shapes(models, figure.title, figure.level, in_panels=figure.in_panels, behind=behind)


def draw(figure: RiskFigure[RocCurves]) -> Chart:
    return Chart(chart_of(figure, shapes(figure)))


KIND = Kind(
    entry=RocCurves,
    plan=plan,
    draw=draw,
    shapes=shapes,
    chart_of=chart_of,
    skips=NO_MODEL,
    many=f"{OVERLAY_LIMIT} models over each other; of more a panel each, {PAGE_LIMIT} in a picture",
    formats=FIGURE_FORMATS,
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
