"""Bars by task and model with the estimates' own intervals; dots in rows where there are many models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, Self

from vizspec.draw.charts import dots as dp
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.palette import distinct
from vizspec.draw.shapes.model import Axis, Bars, DrawnMark, Panel, Points, Shapes
from vizspec.metrics.catalogue import Metric
from vizspec.views import _room, _score_axes, _score_notes, _scores, _shapes
from vizspec.views._many import (
    ManyEntry,
    Order,
    chosen,
    even,
    models_in_order,
    on_pages,
    part_of,
    ranked,
    with_choice,
)
from vizspec.views._styles import model_colours
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.entry import as_options
from vizspec.views.selection import Selection

MOST_BARS = 20
"""As many models have bars beside each other; more have a dot each, one row a model."""
MOST_ROWS = 50
"""As many rows of dots stand in one picture."""
ROW_PIXELS = 18
ROWS_FRAME_PIXELS = 110
PANEL_PIXELS = 190
"""The least width of a panel of dots."""


class ScoresByTask(ManyEntry):
    """Scores of every model in every task or condition, as bars with intervals; of many, rows of dots."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("score_label")
    view: Literal["scores_by_task"]
    sort: Order | None = None
    """The order of the models: by their mean score, the highest or the lowest first, or by their names; null:
    that of the experiment, and of many models the best first."""


@dataclass(frozen=True)
class TaskScores(_scores.Scores):
    """Scores as bars, or as rows of dots."""

    entry: ScoresByTask
    are_rows: bool = False
    order: tuple[str, ...] = ()
    """The models in the order in which they stand."""

    @property
    def models(self) -> tuple[str, ...]:
        there = dict.fromkeys(row.model for row in self.rows)
        return tuple(model for model in self.order if model in there) if self.order else tuple(there)

    def shown_as(self, models: Mapping[str, str], tasks: Mapping[str, str]) -> Self:
        named = super().shown_as(models, tasks)
        return replace(named, order=tuple(models[model] for model in self.models))


def plan(entry: ScoresByTask, selection: Selection) -> Iterator[Draft[TaskScores] | Skip]:
    colour_of = model_colours(selection)

    def draft(metric: Metric) -> Iterator[Draft[TaskScores]]:
        shown = chosen(entry, selection, metric)
        pairs = shown.rows(metric)
        rows = _scores.rows_of(pairs, selection)
        models = tuple(dict.fromkeys(row.model for row in rows))
        in_one = min(entry.limit or len(models), len(models))
        content = TaskScores(
            entry,
            rows,
            _score_axes.axis_label(metric),
            f"{metric.label} by {_scores.side_of(pairs)}",
            _score_axes.axis_of(metric, selection),
            are_rows=in_one > MOST_BARS,
        )
        caption = _score_notes.caption_of(entry, shown, metric)
        notes = _score_notes.remarks(shown, metric)
        if content.are_rows:
            form = f"a row of dots a model in place of bars, of which there would be {len(rows):,}"
            notes = (form, *notes)
        whole = Draft(
            content,
            content.title,
            with_choice(caption, entry, ranked(selection, metric), metric),
            metric,
            notes,
        )
        ordered = _in_order(entry, content, ranked(shown, metric), metric)
        yield from on_pages(whole, list(_pages(content, ordered, colour_of)), "models and tasks")

    return _scores.plan_per_metric(entry, selection, draft)


def _in_order(entry: ScoresByTask, content: TaskScores, best: Sequence[str], metric: Metric) -> Sequence[str]:
    """The models as the entry sorts them; without a word many of them the best first."""
    if entry.sort is None and content.are_rows:
        return best
    return models_in_order(entry, content.models, best, metric)


def _pages(content: TaskScores, models: Sequence[str], colour_of: Mapping[str, str]) -> Iterator[TaskScores]:
    """The content, its models in this order, in pictures of so many models and tasks as can be read."""
    entry = content.entry
    content = replace(content, order=tuple(models), colours=tuple(colour_of[model] for model in models))
    for some in even(models, entry.limit or (MOST_ROWS if content.are_rows else MOST_BARS)):
        if content.are_rows:
            side_by_side = _panels_beside(content.tasks, some, entry.width or _room.WIDEST)
        else:
            side_by_side = _room.facets_beside(content.tasks, len(some), entry.width or _room.WIDEST)
        for tasks in even(content.tasks, side_by_side):
            page = part_of(content, some, tasks)
            if page.rows:
                yield page if content.are_rows else replace(page, colours=distinct(page.colours))


def _panels_beside(tasks: Sequence[str], models: Sequence[str], width: float) -> int:
    """How many panels of dots stand beside each other."""
    return max(1, int((width - _room.margin_for(models, 120)) / _panel_pixels(tasks)))


def _panel_pixels(tasks: Sequence[str]) -> int:
    """The width of a panel of dots whose task's name stands over it."""
    return max(PANEL_PIXELS, min(_room.label_pixels(tasks), _room.LONGEST_FACET_PIXELS) + 14)


def draw(scores: TaskScores) -> Chart:
    return _rows_of_dots(scores) if scores.are_rows else _bars(scores)


def _rows_of_dots(scores: TaskScores) -> Chart:
    entry = scores.entry
    width, left = _rows_width(scores), _room.margin_for(scores.models, 120)
    scores = _scores.as_drawn(scores, _room.facet_limit(len(scores.tasks), width - left))
    attributes: dict[str, Any] = {
        "x_label": scores.label,
        "x_domain": list(scores.domain),
        "x_tick_format": _score_axes.tick_format(scores.domain),
        "width": width,
        "height": entry.height or _rows_height(scores),
        "margin_left": left,
        "margin_right": 20,
        **entry.options,
    }
    title = _scores.shared_arguments(scores, width, left)["title"]
    look = dp.DotLayout(
        title,
        dict(zip(scores.models, scores.colours, strict=True)),
        scores.tasks,
        {name: value for name, value in attributes.items() if value is not None},
    )
    return Chart(dp.dots(_scores.columns_of(scores.rows), look))


def _rows_width(scores: TaskScores) -> float:
    entry = scores.entry
    left = _room.margin_for(scores.models, 120)
    needed = left + _panel_pixels(scores.tasks) * len(scores.tasks)
    return entry.width or max(_room.DEFAULT_WIDTH, min(_room.WIDEST, needed))


def _rows_height(scores: TaskScores) -> float:
    return ROWS_FRAME_PIXELS + ROW_PIXELS * len(scores.models)


def _bars(scores: TaskScores) -> Chart:
    width = scores.entry.width or _room.facets_width(scores.tasks, len(scores.models))
    scores = _scores.as_drawn(scores, _room.facet_limit(len(scores.tasks), width))
    whiskers = iv.WhiskerColumns(
        "rule_x",
        {"x": iv.MODEL, "fx": iv.TASK, "y1": iv.LOWER, "y2": iv.UPPER, "stroke": "black", "marker": "tick-x"},
        halo="white",
    )
    arguments = {
        "ci": False,
        "score_label": _scores.label_beside_title(scores, width),
        "y_tick_format": _score_axes.tick_format(scores.domain),
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


def shapes(scores: TaskScores) -> Shapes:
    return _shapes_of_rows(scores) if scores.are_rows else _shapes_of_bars(scores)


def _shapes_of_rows(scores: TaskScores) -> Shapes:
    """A panel a task beside each other, in each a dot a model over its interval."""
    width, height = _rows_width(scores), scores.entry.height or _rows_height(scores)
    scores = _shapes.as_shown(scores)
    colour_of = dict(zip(scores.models, _shapes.colours_of(scores), strict=True))
    panels = []
    for task in scores.tasks:
        marks: list[DrawnMark] = []
        for row in scores.rows:
            if row.task == task:
                marks += _shapes.intervals([row], [row.model], "x", colour=colour_of[row.model])
                marks.append(Points((row.value,), (row.model,), colour_of[row.model]))
        axis = replace(_shapes.value_axis(scores), label="")
        title = task if len(scores.tasks) > 1 else ""
        panels.append(Panel(tuple(marks), axis, Axis(categories=scores.models), title=title))
    return Shapes(
        tuple(panels),
        scores.title,
        columns=len(panels),
        width=width,
        height=height,
        x_label=scores.label,
        shares_y=True,
    )


def _shapes_of_bars(scores: TaskScores) -> Shapes:
    """The bars of a task beside each other, a colour a model."""
    scores = _shapes.as_shown(scores)
    models, colours = scores.models, _shapes.colours_of(scores)
    marks: list[DrawnMark] = []
    for place, (model, colour) in enumerate(zip(models, colours, strict=True)):
        rows = [row for row in scores.rows if row.model == model]
        at, slot = tuple(row.task for row in rows), (place, len(models))
        marks.append(Bars(at, tuple(row.value for row in rows), colour, slot=slot))
        marks += _shapes.intervals(rows, at, "y", slot)
    entry = scores.entry
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
    many=f"bars of {MOST_BARS} models; of more a row of dots each, the best first, {MOST_ROWS} in a picture",
    function="scores_by_task",
    reserved=("data", "model_name", "task_name", "score_value", "score_stderr", "ci", "marks"),
)
