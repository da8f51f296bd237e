"""Bars by task and model, with the estimates' own intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.shapes.model import Axis, Bars, Mark, Panel, Shapes
from vizspec.metrics.catalogue import Metric
from vizspec.views import _room, _scores, _shapes
from vizspec.views._styles import colours
from vizspec.views.base import DRAWN_FORMATS, Chart, ChartEntry, Draft, Kind, Skip, as_options
from vizspec.views.selection import Selection


class ScoresByTask(ChartEntry):
    """Scores of every model in every task or condition, as bars with intervals."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("score_label")
    view: Literal["scores_by_task"]


def plan(entry: ScoresByTask, selection: Selection) -> Iterator[Draft[_scores.Scores] | Skip]:
    colour_of = colours(selection)

    def draft(metric: Metric) -> Iterator[Draft[_scores.Scores]]:
        pairs = selection.rows(metric)
        rows = _scores.rows_of(pairs, selection)
        title = f"{metric.label} by {_scores.side_of(pairs)}"
        caption = _scores.caption_of(entry, selection, metric)
        shown = dict.fromkeys(row.model for row in rows)
        content = _scores.Scores(
            entry,
            rows,
            _scores.axis_label(metric),
            title,
            _scores.axis_of(metric, selection),
            tuple(colour_of[model] for model in shown),
        )
        yield Draft(content, title, caption, metric, _scores.remarks(selection, metric))

    return _scores.plan_per_metric(entry, selection, draft)


def draw(scores: _scores.Scores) -> Chart:
    width = scores.entry.width or _room.facets_width(scores.tasks, len(scores.models))
    scores = _scores.as_drawn(scores, _room.facet_limit(len(scores.tasks), width))
    whiskers = iv.Whiskers(
        "rule_x",
        {"x": iv.MODEL, "fx": iv.TASK, "y1": iv.LOWER, "y2": iv.UPPER, "stroke": "black", "marker": "tick-x"},
        halo="white",
    )
    arguments = {
        "ci": False,
        "score_label": _scores.label_beside_title(scores, width),
        "y_tick_format": _scores.tick_format(scores.domain),
        "y_label_arrow": "none",
        "x_domain": list(scores.models),
        "fx_domain": list(scores.tasks),
        **_scores.colour_arguments(scores.entry, scores.models, scores.colours),
        "y_domain": list(scores.domain),
        **_scores.shared_arguments(scores, width),
    }
    columns = _room.legend_columns(scores.models, width)
    return Chart(
        iv.component(
            "scores_by_task",
            _scores.columns_of(scores.rows),
            arguments,
            whiskers,
            legend_columns=columns,
        )
    )


def shapes(scores: _scores.Scores) -> Shapes:
    """The bars of a task beside each other, a colour a model."""
    scores = _shapes.as_shown(scores)
    models, colours = scores.models, _shapes.colours_of(scores)
    marks: list[Mark] = []
    for place, (model, colour) in enumerate(zip(models, colours, strict=True)):
        rows = [row for row in scores.rows if row.model == model]
        at, slot = tuple(row.task for row in rows), (place, len(models))
        marks.append(Bars(at, tuple(row.value for row in rows), colour, slot=slot))
        marks += _shapes.intervals(rows, at, "y", slot)
    entry: ScoresByTask = scores.entry
    width = entry.width or _room.facets_width(scores.tasks, len(models))
    panel = Panel(tuple(marks), Axis(categories=scores.tasks), _shapes.value_axis(scores))
    return Shapes(
        (panel,),
        scores.title,
        width=width,
        height=entry.height or _shapes.SHAPE_HEIGHT,
        legend=_shapes.legend(models, colours),
    )


KIND = Kind(
    entry=ScoresByTask,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    skips="no evaluation has a value of the metric",
    function="scores_by_task",
    reserved=("data", "model_name", "task_name", "score_value", "score_stderr", "ci", "marks"),
)
