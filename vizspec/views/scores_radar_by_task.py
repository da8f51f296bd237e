"""A radar of tasks, a polygon a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.facets import facet_columns
from vizspec.metrics.catalogue import Metric
from vizspec.text.messages import counted
from vizspec.views import _scores
from vizspec.views._many import chosen, on_pages, ranked, with_choice
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views._radar import (
    MOST_AXES,
    MOST_MODELS,
    Radar,
    RadarEntry,
    RadarRow,
    as_drawn,
    check_domain,
    legend_columns,
    outside,
    radar,
    radar_arguments,
    radar_caption,
    radar_pages,
    radar_shapes,
    sorted_rows,
    too_many_axes,
)
from vizspec.views._styles import model_colours
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.selection import Selection, shared

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment


class ScoresRadarByTask(RadarEntry):
    """A radar of at least three tasks, with a polygon for each model that has them all."""

    view: Literal["scores_radar_by_task"]


def plan(entry: ScoresRadarByTask, selection: Selection) -> Iterator[Draft[Radar] | Skip]:
    colour_of = model_colours(selection)

    def draft(metric: Metric) -> Iterator[Draft[Radar] | Skip]:
        pairs = chosen(entry, selection, metric).rows(metric)
        models, tasks = shared(one for one, _ in pairs)
        if len(models) < 3:
            yield Skip(f"a radar needs three axes, and this view has {counted(len(models), 'task')}", metric)
            return
        if (reason := too_many_axes(len(models), "task")) is not None:
            yield Skip(reason, metric)
            return
        whole = {model for model, has in tasks.items() if len(has) == len(models)}
        if not whole:
            yield Skip("no model has a value in every task", metric)
            return
        rows = tuple(
            RadarRow(r.model, r.task, r.task, metric, r.value, r.log_viewer, facets=r.facets)
            for r in _scores.rows_of(pairs, selection)
            if r.model in whole
        )
        best = ranked(selection, metric)
        rows = sorted_rows(entry, rows, best, metric)
        drawn = radar(entry, rows, f"{metric.label} over {_scores.side_of(pairs)}s", colour_of)
        left_out = by_reason((model, "has not every task") for model in tasks if model not in whole)
        notes = (*left_out, *outside(drawn))
        shown = [one for one, _ in pairs if one.model in whole]
        caption = with_choice(with_epochs(radar_caption(drawn), shown), entry, best, metric)
        yield from on_pages(Draft(drawn, drawn.title, caption, metric, notes), radar_pages(drawn))

    return _scores.plan_per_metric(entry, selection, draft)


def outlook(entry: ScoresRadarByTask, experiment: Experiment) -> Iterator[str]:
    tasks = experiment.shown_tasks
    if 0 < len(tasks) < 3:
        tasks_there = counted(len(tasks), "task")
        yield f"a radar needs three axes, and the evaluation matrix has {tasks_there}"


def draw(drawn: Radar) -> Chart:
    shown = as_drawn(drawn)
    columns: dict[str, list[Any]] = {
        "model": [row.model for row in shown.rows],
        "task_id": [row.task for row in shown.rows],
        "task_name": [row.axis for row in shown.rows],
        "score_headline_name": [row.metric.scorer for row in shown.rows],
        "score_headline_metric": [row.metric.id for row in shown.rows],
        "score_headline_value": [row.position for row in shown.rows],
        "log": [row.log_viewer or "" for row in shown.rows],
    }
    return Chart(
        iv.radar(
            "scores_radar_by_task",
            columns,
            {},
            radar_arguments(shown),
            "task_name",
            shown.values,
            shown.scorers,
            legend_columns(shown),
            rings=shown.rings,
            further=lambda pairs: facet_columns([shown.facets[pair] for pair in pairs]),
        )
    )


KIND = Kind(
    entry=ScoresRadarByTask,
    plan=plan,
    draw=draw,
    shapes=radar_shapes,
    formats=DRAWN_FORMATS,
    check=check_domain,
    outlook=outlook,
    skips="there are fewer than three tasks, or no model has them all",
    many=f"{MOST_MODELS} models; with more than {MOST_AXES} tasks none, with the reason",
    function="scores_radar_by_task",
    reserved=("data", "model", "label"),
)
