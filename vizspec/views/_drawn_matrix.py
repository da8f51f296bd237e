"""A matrix of scores: its values, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Any, Literal, Protocol, Self

from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.label_texts import attribute_text, shortened
from vizspec.draw.palette import blue
from vizspec.draw.shapes.model import INK, Axis, Cells, ColourScale, Panel, Shapes
from vizspec.text.decimals import short_text, value_text
from vizspec.views import _room, _score_axes, _scores, _shapes
from vizspec.views.base import Chart, ChartLook

MOST_MODELS = 200
"""As many models stand in one picture."""

READABLE = (0.05, 0.65)
"""The part of the colour scheme on which dark text can be read."""

DECIMALS = 3
CELL_PIXELS = 56
MOST_PIXELS = 1200
FRAME_PIXELS = 40
ROW_PIXELS, TURNED_PIXELS = 13, 17
"""What a label of a row needs, down, and one of a turned column, across."""

AXIS_NAME_PIXELS = 20
PIVOT_TOLD = {"Model": "Row", "Task": "Column"}
"""What the tips of a pivot call what they call model and task elsewhere."""

VALUE_PIXELS = (40, 13)
"""The room that a value takes in a cell, across and down."""


class MatrixLook(ChartLook, Protocol):
    """What an entry of a matrix says of its looks."""

    @property
    def orientation(self) -> Literal["horizontal", "vertical"]: ...
    @property
    def sort(self) -> Literal["ascending", "descending"] | None: ...
    @property
    def tip(self) -> bool: ...


@dataclass(frozen=True)
class HeatmapScores(_scores.Scores):
    """Scores whose better end is painted the darker."""

    entry: MatrixLook
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


def thinning(content: HeatmapScores) -> Iterator[str]:
    """That some labels are not shown, for want of room."""
    entry = content.entry
    vertical = entry.orientation == "vertical"
    across, down = (content.models, content.tasks) if vertical else (content.tasks, content.models)
    width = entry.width or _width(across, _room.margin_for(down), _value_room(content))
    every = _every(len(across), width - _room.margin_for(down) - _right_margin(across, width))
    if every > 1:
        other = "horizontal" if vertical else "vertical"
        yield f"one of {every} labels below the columns is shown; orientation: {other} shows them all"


def draw(scores: HeatmapScores) -> Chart:
    entry = scores.entry
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
        "color_tick_format": _score_axes.tick_format(scores.domain),
        **_thinned(across, down, layout),
        **layout,
    }
    if entry.sort is None:
        arguments |= {"x_domain": list(across), "y_domain": list(down)}
    if has_values:
        columns[iv.VALUE_TEXT] = _cell_texts(columns[iv.VALUE])
    columns[iv.VALUE] = _rounded(columns[iv.VALUE])
    down_name, across_name = _axis_names(scores)
    if down_name is not None or across_name is not None:
        # inspect-viz writes `model_label` at the rows and `task_label` at the columns, however it is turned
        names = {"model_label": down_name, "task_label": across_name}
        own = _given({**entry.options, "height": entry.height})
        arguments |= {**_labels_room(layout), **own, **names}
    if all(row.lower is None for row in scores.rows):
        columns.pop(iv.INTERVAL_TEXT)
    tips = PIVOT_TOLD if scores.names else {}
    return Chart(iv.component("scores_heatmap", columns, arguments, keep=("sort",), tips=tips))


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
    entry = scores.entry
    vertical = entry.orientation == "vertical"
    across, down = in_order(scores)
    values = _rounded([row.value for row in scores.rows])
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
        tuple(_cell_texts([row.value for row in scores.rows]) if has_values else [""] * len(values)),
        INK,
    )
    first, last = READABLE[::-1] if scores.is_lower_better else READABLE
    scale = tuple(blue(first + (last - first) * place / 16) for place in range(17))
    down_name, across_name = _axis_names(scores)
    return Shapes(
        (Panel((cells,), Axis(across_name or "", across), Axis(down_name or "", down)),),
        scores.title,
        width=width,
        height=entry.height or layout["height"],
        colour_scale=ColourScale(
            scores.label, (low, high), scale, _score_axes.tick_format(scores.domain) or ""
        ),
    )


def in_order(scores: HeatmapScores) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels across and down: as they come, or by the sum of their values as inspect-viz sorts them.

    `ascending` has the highest on top and on the right, `descending` at the bottom and on the left.
    """
    entry = scores.entry
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
    if any(abs(value) >= _score_axes.LARGE for value in values):
        return [short_text(value) for value in values]
    return [value_text(value) for value in values]


def _rounded(values: Sequence[float]) -> list[float]:
    """The values to three decimals, or where all are small to as many digits of the largest."""
    largest = max(map(abs, values), default=0.0)
    small = max(0, -floor(log10(largest)) - 1) if largest > 0 else 0
    return [round(value, DECIMALS + small) for value in values]


def _is_share_like(domain: tuple[float, float]) -> bool:
    """Whether colours span what an axis of the metric does; others span the values, or all look alike."""
    return domain[0] >= 0 and domain[1] <= 1 + _score_axes.ROOM


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
    high = _every(len(down), layout["height"] - layout["margin_bottom"] - FRAME_PIXELS, ROW_PIXELS)
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


def _every(labels: int, room: float, needed: int = TURNED_PIXELS) -> int:
    """Each so many labels one is shown, where not all fit beside each other in so many pixels."""
    return max(1, ceil(labels * needed / room))
