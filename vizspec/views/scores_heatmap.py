"""A matrix of models and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from vizspec.draw import inspectviz as iv
from vizspec.metrics import Metric
from vizspec.selection import Selection, shared
from vizspec.views import _scores
from vizspec.views.base import Chart, ChartEntry, Draft, Kind, Skip, Truth

if TYPE_CHECKING:
    from vizspec.experiment import Experiment


class ScoresHeatmap(ChartEntry):
    """Scores of models and tasks as a matrix of colours; needs two models that share a task."""

    view: Literal["scores_heatmap"]
    orientation: Literal["horizontal", "vertical"] = "horizontal"
    """`horizontal`: tasks across, models down; `vertical`: the other way round."""
    sort: Literal["ascending", "descending"] | None = None
    """Order both axes by their scores; null: in the experiment's order."""
    tip: Truth = True
    """Whether a cell tells its value when pointed at."""


def plan(entry: ScoresHeatmap, selection: Selection) -> Iterator[Draft | Skip]:
    def draft(metric: Metric) -> Iterator[Draft | Skip]:
        pairs = selection.rows(metric)
        models, _ = shared(one for one, _ in pairs)
        if max(len(names) for names in models.values()) < 2:
            yield Skip("no two models share a task (a diagonal matrix)", metric)
            return
        title = f"{metric.label} of models and tasks"
        caption = entry.caption if entry.caption is not None else f"{title}."
        content = _scores.Scores(
            entry, _scores.rows_of(pairs, selection), metric.label, title, metric.is_unit
        )
        yield Draft(content, title, caption, metric, _scores.left_out(selection, metric))

    return _scores.plan_per_metric(entry, selection, draft)


def outlook(entry: ScoresHeatmap, experiment: Experiment) -> Iterator[str]:
    if len(experiment.runs) == 1:
        yield "a heatmap needs two models in one task, and the experiment has a single run"


def draw(scores: _scores.Scores) -> Chart:
    entry: ScoresHeatmap = scores.entry
    vertical = entry.orientation == "vertical"
    across, down = (scores.models, scores.tasks) if vertical else (scores.tasks, scores.models)
    arguments = {
        "orientation": entry.orientation,
        "tip": entry.tip,
        "margin_left": _scores.margin_for(down),
        "margin_bottom": _scores.margin_for(across, 75, 200),
        "color_label": scores.label,
        **_scores.shared_arguments(scores),
    }
    if entry.sort is None:
        arguments |= {"x_domain": list(across), "y_domain": list(down)}
    given = iv.component("scores_heatmap", _scores.columns_of(scores.rows), {**arguments, "sort": entry.sort})
    return Chart(given)


KIND = Kind(
    entry=ScoresHeatmap,
    plan=plan,
    draw=draw,
    outlook=outlook,
    skips="no two models share a task (a diagonal matrix)",
    function="scores_heatmap",
    reserved=("data", "model_name", "task_name", "score_value", "marks"),
)
