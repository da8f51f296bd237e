"""A matrix of models and tasks, or of any two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from vizspec.cells.facets import facets_of
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.texts import attribute_text, shortened
from vizspec.draw.palette import blue
from vizspec.draw.shapes.model import Axis, Cells, ColourScale, Panel, Shapes
from vizspec.errors import Loc, Problem
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.text.decimals import short_text, value_text
from vizspec.text.log_viewer import log_link
from vizspec.text.slugs import slug
from vizspec.views import _room, _scores, _shapes
from vizspec.views._many import ManyEntry, chosen, even, on_pages, part_of, ranked, with_choice
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views._pivot import pivot
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Epochs,
    Kind,
    Lookups,
    Skip,
    Truth,
    as_options,
)
from vizspec.views.selection import Selection, shared

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment

MOST_MODELS = 200
"""As many models stand in one picture."""
INK = "#262626"
READABLE = (0.05, 0.65)
"""The part of the colour scheme on which dark text can be read."""
DECIMALS = 3
CELL_PIXELS = 56
MOST_PIXELS = 1200
FRAME_PIXELS = 40
ROW_PIXELS = 13
"""What a label of a row needs, down, and one of a turned column, across."""
AXIS_NAME_PIXELS = 20
PIVOT_TOLD = {"Model": "Row", "Task": "Column"}
"""What the tips of a pivot call what they call model and task elsewhere."""
VALUE_PIXELS = (40, 13)
"""The room that a value takes in a cell, across and down."""


class ScoresHeatmap(ManyEntry):
    """Scores of models and tasks, or of any two columns, as a matrix of colours; needs two values in one."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("model_label", "task_label")
    view: Literal["scores_heatmap"]
    orientation: Literal["horizontal", "vertical"] = "horizontal"
    """`horizontal`: tasks across, models down; `vertical`: the other way round."""
    rows: str | None = None
    """The column of which each value has a row; null: the model, or what `orientation` puts there."""
    columns: str | None = None
    """The column of which each value has a column; null: the task, or what `orientation` puts there."""
    sort: Literal["ascending", "descending"] | None = None
    """Order both axes by their scores; null: in the experiment's order."""
    tip: Truth = True
    """Whether a cell tells its value when pointed at."""
    epochs: Epochs | None = None
    """The checkpoints to show; null: all where `epoch` has rows or columns, else those of `data.epochs`."""

    @property
    def checkpoints(self) -> Epochs | None:
        return self.epochs or ("all" if "epoch" in (self.rows, self.columns) else None)


@dataclass(frozen=True)
class HeatmapScores(_scores.Scores):
    """Scores whose better end is painted the darker."""

    is_lower_better: bool = False
    down: tuple[str, ...] = ()
    """The rows in their order, of a pivot; its `columns` likewise."""
    across: tuple[str, ...] = ()
    names: tuple[str, str] | None = None
    """What a pivot's rows and columns are called."""

    def shown_as(self, models: Mapping[str, str], tasks: Mapping[str, str]) -> Self:
        return replace(
            super().shown_as(models, tasks),
            down=tuple(models[name] for name in self.down),
            across=tuple(tasks[name] for name in self.across),
        )

    @property
    def models(self) -> tuple[str, ...]:
        return self.down or super().models

    @property
    def tasks(self) -> tuple[str, ...]:
        return self.across or super().tasks


def plan(entry: ScoresHeatmap, selection: Selection) -> Iterator[Draft[HeatmapScores] | Skip]:
    def draft(metric: Metric) -> Iterator[Draft[HeatmapScores] | Skip]:
        if entry.rows is not None or entry.columns is not None:
            yield _pivoted(entry, selection, metric)
            return
        shown = chosen(entry, selection, metric)
        pairs = shown.rows(metric)
        models, _ = shared(one for one, _ in pairs)
        if max(len(names) for names in models.values()) < 2:
            yield Skip("no two models share a task (a diagonal matrix)", metric)
            return
        title = f"{metric.label} of models and {_scores.side_of(pairs)}s"
        caption = entry.caption if entry.caption is not None else _caption(metric)
        caption = with_epochs(caption, [one for one, _ in pairs])
        content = HeatmapScores(
            entry,
            _scores.rows_of(pairs, selection),
            _scores.axis_label(metric),
            title,
            _scores.axis_of(metric, selection),
            is_lower_better=metric.better == "lower",
        )
        ordered = _in_order(content)[0 if entry.orientation == "vertical" else 1]
        pages = [part_of(content, some) for some in even(ordered, entry.limit or MOST_MODELS)]
        notes = (*_scores.remarks(shown, metric), *_thinning(pages[0]))
        whole = Draft(
            content, title, with_choice(caption, entry, ranked(selection, metric), metric), metric, notes
        )
        yield from on_pages(whole, pages)

    return _scores.plan_per_metric(entry, selection, draft)


def _pivoted(entry: ScoresHeatmap, selection: Selection, metric: Metric) -> Draft[HeatmapScores] | Skip:
    """The matrix of the entry's own columns; what it does not name is the model, or the task."""
    rows, columns = entry.rows or "model", entry.columns or "task_name"
    found = pivot(rows, columns, selection, metric)
    if not found.values:
        return Skip(f"no evaluation has a value of both '{rows}' and '{columns}'", metric)
    if found.is_diagonal:
        return Skip(f"no two values of '{rows}' share one of '{columns}' (a diagonal matrix)", metric)
    title = f"{metric.label} by {found.names[0]} and {found.names[1]}"
    content = HeatmapScores(
        entry,
        tuple(_row(row, column, estimate, selection) for (row, column), estimate in found.values.items()),
        _scores.axis_label(metric),
        title,
        _scores.axis_of(metric, selection),
        is_lower_better=metric.better == "lower",
        down=found.rows,
        across=found.columns,
        names=found.names,
    )
    labels = {one.cell: f"{one.model} · {one.task}" for one in selection.labelled}
    without = by_reason((labels[cell], f"no value of '{column}'") for cell, column in found.without)
    notes = (*without, *_scores.remarks(selection, metric), *_thinning(content))
    caption = entry.caption if entry.caption is not None else _caption(metric)
    if "epoch" not in (rows, columns):
        caption = with_epochs(caption, [one for one, _ in selection.rows(metric)])
    parts = (("view", f"scores_heatmap_{slug(rows)}_{slug(columns)}"),)
    return Draft(content, title, caption, metric, notes, parts, grid=found.grid)


def _row(row: str, column: str, estimate: Estimate, selection: Selection) -> _scores.ScoreRow:
    assert estimate.value is not None
    link = log_link(selection.log_viewer, estimate.cell.log.location)
    bounds = estimate.lower, estimate.upper, estimate.stderr
    facets = facets_of(estimate.cell, selection.labels)
    return _scores.ScoreRow(row, column, estimate.value, *bounds, link, facets=facets)


def _caption(metric: Metric) -> str:
    """How to read the colours: the title tells what they are of."""
    better = "" if metric.better is None else "; darker is better"
    return f"Each cell is one evaluation{better}."


def _thinning(content: HeatmapScores) -> Iterator[str]:
    """That some labels are not shown, for want of room."""
    entry: ScoresHeatmap = content.entry
    vertical = entry.orientation == "vertical"
    across, down = (content.models, content.tasks) if vertical else (content.tasks, content.models)
    width = entry.width or _width(across, _room.margin_for(down), _value_room(content))
    every = _every(len(across), width - _room.margin_for(down) - _right_margin(across, width))
    if every > 1:
        other = "horizontal" if vertical else "vertical"
        yield f"one of {every} labels below the columns is shown; orientation: {other} shows them all"


def check(entry: ScoresHeatmap, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    for key, name in (("rows", entry.rows), ("columns", entry.columns)):
        if name is not None:
            yield from lookups.column((*loc, key), name)
    if entry.rows is not None and entry.rows == entry.columns:
        yield Problem((*loc, "columns"), f"'{entry.columns}' is `rows` already", "name another column")
    if entry.orientation == "vertical" and (entry.rows is not None or entry.columns is not None):
        message = "`rows` and `columns` tell what stands where"
        yield Problem((*loc, "orientation"), message, "leave it out, or turn them round")

    for key in ("top", "limit"):
        if getattr(entry, key) is not None and (entry.rows is not None or entry.columns is not None):
            message = f"`{key}` is of models, and `rows` and `columns` have any values"
            yield Problem((*loc, key), message, "leave it out, and choose with `where`")


def outlook(entry: ScoresHeatmap, experiment: Experiment) -> Iterator[str]:
    if len(experiment.runs) == 1 and entry.rows is None and entry.columns is None:
        yield "a heatmap needs two models in one task, and the experiment has a single run"


def draw(scores: HeatmapScores) -> Chart:
    entry: ScoresHeatmap = scores.entry
    scores = _scores.as_drawn(scores)
    vertical = entry.orientation == "vertical"
    across, down = (scores.models, scores.tasks) if vertical else (scores.tasks, scores.models)
    left = _room.margin_for(down)
    columns = _scores.columns_of(scores.rows)
    room = _value_room(scores)
    shared = _scores.shared_arguments(scores, _width(across, left, room), left)
    layout = {**_layout(across, down, shared["width"]), **_given(shared)}
    has_values = _has_values(layout, len(across), len(down), room)
    arguments = {
        "orientation": entry.orientation,
        "tip": entry.tip,
        "sort": entry.sort,
        "cell": {"text": INK},
        "color_scheme": "blues",
        "color_range": READABLE[::-1] if scores.is_lower_better else READABLE,
        "color_label": scores.label,
        "color_domain": list(scores.domain) if _is_share_like(scores.domain) else None,
        "color_tick_format": _scores.tick_format(scores.domain),
        **_thinned(across, down, layout),
        **layout,
    }
    if entry.sort is None:
        arguments |= {"x_domain": list(across), "y_domain": list(down)}
    if has_values:
        columns[iv.VALUE_TEXT] = _cell_texts(columns[iv.VALUE])
    columns[iv.VALUE] = [round(value, DECIMALS) for value in columns[iv.VALUE]]
    down_name, across_name = _axis_names(scores)
    if down_name is not None or across_name is not None:
        # inspect-viz writes `model_label` at the rows and `task_label` at the columns, however it is turned
        names = {"model_label": down_name, "task_label": across_name}
        own = _given({**entry.options, "height": entry.height})
        arguments |= {**_labels_room(layout), **own, **names}
    if all(row.lower is None for row in scores.rows):
        columns.pop(iv.INTERVAL_TEXT)
    told = PIVOT_TOLD if scores.names else {}
    return Chart(iv.component("scores_heatmap", columns, arguments, keep=("sort",), told=told))


def _axis_names(scores: HeatmapScores) -> tuple[str | None, str | None]:
    """What stands beside the rows and below the columns: what the options say, else the columns' names."""
    options, (rows, columns) = scores.entry.options, scores.names or (None, None)
    of_rows, of_columns = options.get("model_label"), options.get("task_label")
    if scores.entry.orientation == "vertical":
        of_rows, of_columns = of_columns, of_rows
    return _axis_name(of_rows or rows), _axis_name(of_columns or columns)


def _axis_name(name: str | None) -> str | None:
    return None if name is None else attribute_text(shortened(name, _scores.SCORE_LABEL_LIMIT))


def _labels_room(layout: dict[str, Any]) -> dict[str, Any]:
    """The names of the axes beside their labels, with room for them."""
    return {
        "margin_left": layout["margin_left"] + AXIS_NAME_PIXELS,
        "margin_bottom": layout["margin_bottom"] + AXIS_NAME_PIXELS,
        "height": layout["height"] + AXIS_NAME_PIXELS,
        "x_label_anchor": "center",
        "y_label_anchor": "center",
        "x_label_arrow": "none",
        "y_label_arrow": "none",
    }


def shapes(scores: HeatmapScores) -> Shapes:
    """A cell for each evaluation, as dark as its chart's."""
    scores = _shapes.as_shown(scores)
    entry: ScoresHeatmap = scores.entry
    vertical = entry.orientation == "vertical"
    across, down = _in_order(scores)
    values = [round(row.value, DECIMALS) for row in scores.rows]
    low, high = scores.domain if _is_share_like(scores.domain) else (min(values), max(values))
    columns = tuple(row.model if vertical else row.task for row in scores.rows)
    rows = tuple(row.task if vertical else row.model for row in scores.rows)
    width = entry.width or _width(across, _room.margin_for(down), _value_room(scores))
    layout = {**_layout(across, down, width), "width": width}
    has_values = _has_values(layout, len(across), len(down), _value_room(scores))
    cells = Cells(
        columns,
        rows,
        tuple(_colour(value, low, high, scores.is_lower_better) for value in values),
        tuple(_cell_texts(values) if has_values else [""] * len(values)),
        INK,
    )
    first, last = READABLE[::-1] if scores.is_lower_better else READABLE
    scale = tuple(blue(first + (last - first) * place / 16) for place in range(17))
    is_short = _scores.tick_format(scores.domain) is not None
    down_name, across_name = _axis_names(scores)
    return Shapes(
        (Panel((cells,), Axis(across_name or "", across), Axis(down_name or "", down)),),
        scores.title,
        width=width,
        height=entry.height or layout["height"],
        colour_scale=ColourScale(scores.label, (low, high), scale, is_short),
    )


def _in_order(scores: HeatmapScores) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels across and down: as they come, or by the sum of their values as inspect-viz sorts them.

    `ascending` has the highest on top and on the right, `descending` at the bottom and on the left.
    """
    entry: ScoresHeatmap = scores.entry
    sums: dict[str, dict[str, float]] = {"model": {}, "task": {}}
    for row in scores.rows:
        for side, label in (("model", row.model), ("task", row.task)):
            sums[side][label] = sums[side].get(label, 0.0) + row.value
    wide, high = ("model", "task") if entry.orientation == "vertical" else ("task", "model")
    if entry.sort is None:
        return (scores.models, scores.tasks) if wide == "model" else (scores.tasks, scores.models)
    is_ascending = entry.sort == "ascending"
    return (
        tuple(sorted(sums[wide], key=sums[wide].__getitem__, reverse=not is_ascending)),
        tuple(sorted(sums[high], key=sums[high].__getitem__, reverse=is_ascending)),
    )


def _colour(value: float, low: float, high: float, is_lower_better: bool) -> str:
    """The blue of a value on a scale whose better end is the darker."""
    share = min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5
    first, last = READABLE[::-1] if is_lower_better else READABLE
    return blue(first + (last - first) * share)


def _value_room(scores: HeatmapScores) -> int:
    """The pixels that the longest value needs across."""
    return max(VALUE_PIXELS[0], _room.label_pixels(_cell_texts([row.value for row in scores.rows])) + 8)


def _cell_texts(values: Sequence[float]) -> list[str]:
    """The values as cells show them: short, `1.2M`, where some are large."""
    if any(abs(value) >= _scores.LARGE for value in values):
        return [short_text(value) for value in values]
    return [value_text(value) for value in values]


def _is_share_like(domain: tuple[float, float]) -> bool:
    """Whether colours span what an axis of the metric does; others span the values, or all look alike."""
    return domain[0] >= 0 and domain[1] <= 1 + _scores.ROOM


def _width(across: Sequence[str], left: int, room: int) -> int:
    """As wide as the values of all columns need beside each other, as far as a picture can be."""
    needed = room * len(across)
    right = _right_margin(across, needed)
    return max(_room.DEFAULT_WIDTH, min(_room.WIDEST, left + needed + right))


def _right_margin(across: Sequence[str], room: float) -> int:
    """The room that the last label takes beside the frame where labels are turned."""
    if _room.fits_level(across, room):
        return 20
    return max(20, int(_room.SLANT * _room.label_pixels(across) - room / len(across) / 2) + 20)


def _thinned(across: Sequence[str], down: Sequence[str], layout: dict[str, Any]) -> dict[str, Any]:
    """The labels of an axis that has no room for all."""
    wide = _every(len(across), layout["width"] - layout["margin_left"] - layout["margin_right"])
    high = _every(len(down), layout["height"] - layout["margin_bottom"] - FRAME_PIXELS)
    shown = {"x_ticks": (across, wide), "y_ticks": (down, high)}
    return {axis: list(labels[::every]) for axis, (labels, every) in shown.items() if every > 1}


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if value is not None}


def _has_values(layout: dict[str, Any], across: int, down: int, room: int) -> bool:
    """Whether values fit into the cells; where they do not, colours and tips tell them."""
    wide: float = (layout["width"] - layout["margin_left"] - layout["margin_right"]) / across
    high: float = (layout["height"] - layout["margin_bottom"] - FRAME_PIXELS) / down
    return wide >= room - 2 and high >= VALUE_PIXELS[1]


def _layout(across: Sequence[str], down: Sequence[str], width: float) -> dict[str, Any]:
    """Margins and height: labels are turned only where they cannot stand side by side."""
    left = _room.margin_for(down)
    is_level = _room.fits_level(across, width - left - 20)
    slant = _room.SLANT * _room.label_pixels(across)
    bottom = 30 if is_level else int(slant) + 30
    return {
        "margin_left": left,
        "margin_right": 20 if is_level else _right_margin(across, width - left),
        "margin_bottom": bottom,
        "x_tick_rotate": 0 if is_level else 45,
        "height": FRAME_PIXELS + bottom + _rows_height(len(down)),
    }


def _rows_height(rows: int) -> int:
    """As high as cells are wanted, as far as a screen goes; but no lower than the labels of all rows need."""
    return max(min(CELL_PIXELS * rows, MOST_PIXELS), ROW_PIXELS * rows)


def _every(across: int, width: float) -> int:
    """Each so many labels one is shown below the columns, where not all fit beside each other."""
    return max(1, ceil(across * ROW_PIXELS / width))


KIND = Kind(
    entry=ScoresHeatmap,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    outlook=outlook,
    check=check,
    skips="no two models share a task (a diagonal matrix)",
    many=f"{MOST_MODELS} models; labels that have no room are thinned, with a note",
    function="scores_heatmap",
    reserved=("data", "model_name", "task_name", "score_value", "marks"),
)
