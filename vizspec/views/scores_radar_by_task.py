"""A radar of tasks, a polygon a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from vizspec.draw import inspectviz as iv
from vizspec.draw.texts import chart_texts, shortened
from vizspec.metrics import Metric
from vizspec.selection import Selection, shared
from vizspec.views import _room, _scores
from vizspec.views._styles import colours
from vizspec.views.base import Chart, ChartEntry, Draft, Kind, Number, Skip

if TYPE_CHECKING:
    from vizspec.experiment import Experiment

CIRCLE_PIXELS = 300
LEGEND_PIXELS = 420
AXIS_LIMIT = 24
LINE_EMS = 9
"""Where the label of an axis is broken into lines."""
EM_PIXELS = 10

Normalization = Literal["absolute", "min_max", "percentile"]


class RadarEntry(ChartEntry):
    """What both radar views take."""

    normalization: Normalization = "absolute"
    """How an axis is scaled: as it is, by the lowest and highest value, or by rank among the models."""
    domain: tuple[Number, Number] | None = None
    """The ends of every axis for `min_max`; by default those of the data."""


class ScoresRadarByTask(RadarEntry):
    """A radar of at least three tasks, with a polygon for each model that has them all."""

    view: Literal["scores_radar_by_task"]


@dataclass(frozen=True)
class Radar:
    """What a radar shows: rows of models, an axis label each, and the axes where lower is better."""

    entry: RadarEntry
    rows: tuple[RadarRow, ...]
    title: str
    inverted: tuple[str, ...]
    colours: tuple[str, ...] = ()
    """Those of `models`, in their order."""

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.model for row in self.rows))


@dataclass(frozen=True)
class RadarRow:
    """The value of one model on one axis."""

    model: str
    axis: str
    task: str
    metric: Metric
    value: float
    log_viewer: str | None


def plan(entry: ScoresRadarByTask, selection: Selection) -> Iterator[Draft | Skip]:
    colour_of = colours(selection)

    def draft(metric: Metric) -> Iterator[Draft | Skip]:
        pairs = selection.rows(metric)
        models, tasks = shared(one for one, _ in pairs)
        if len(models) < 3:
            yield Skip(f"a radar needs three axes, and there {_scores.counted(len(models), 'task')}", metric)
            return
        whole = {model for model, has in tasks.items() if len(has) == len(models)}
        if not whole:
            yield Skip("no model has a value in every task", metric)
            return
        rows = tuple(
            RadarRow(r.model, r.task, r.task, metric, r.value, r.log_viewer)
            for r in _scores.rows_of(pairs, selection)
            if r.model in whole
        )
        title = f"{metric.label} over {_scores.side_of(pairs)}s"
        inverted = (metric.id,) if metric.better == "lower" else ()
        yield Draft(
            coloured(Radar(entry, rows, title, inverted), colour_of),
            title,
            radar_caption(entry, title, bool(inverted)),
            metric,
            tuple(f"{model}: has not every task" for model in tasks if model not in whole),
        )

    return _scores.plan_per_metric(entry, selection, draft)


def outlook(entry: ScoresRadarByTask, experiment: Experiment) -> Iterator[str]:
    tasks = {cell.vis_label or cell.task for cell in experiment.expected_cells()}
    if 0 < len(tasks) < 3:
        tasks_there = _scores.number_of(len(tasks), "task")
        yield f"a radar needs three axes, and the evaluation matrix has {tasks_there}"


def draw(radar: Radar) -> Chart:
    radar = as_drawn(radar)
    columns: dict[str, list[Any]] = {
        "model": [row.model for row in radar.rows],
        "task_id": [row.task for row in radar.rows],
        "task_name": [row.axis for row in radar.rows],
        "score_headline_name": [row.metric.scorer for row in radar.rows],
        "score_headline_metric": [row.metric.id for row in radar.rows],
        "score_headline_value": [row.value for row in radar.rows],
        "log": [row.log_viewer or "" for row in radar.rows],
    }
    preparation = {
        "invert": list(radar.inverted),
        "normalization": radar.entry.normalization,
        "domain": radar.entry.domain,
    }
    return Chart(
        iv.radar(
            "scores_radar_by_task", columns, preparation, radar_arguments(radar), {}, legend_columns(radar)
        )
    )


def coloured(radar: Radar, colour_of: Mapping[str, str]) -> Radar:
    """The radar with its models' colours, which hang on the labels before they are shortened."""
    return replace(radar, colours=tuple(colour_of[model] for model in radar.models))


def radar_caption(entry: RadarEntry, title: str, inverted: bool) -> str:
    """The user's caption, or what the axes are scaled to and where the outside is the better."""
    if entry.caption is not None:
        return entry.caption
    scale = {
        "absolute": "axes unscaled",
        "min_max": "axes scaled from the lowest to the highest value",
        "percentile": "axes scaled by rank",
    }[entry.normalization]
    flipped = "; where lower is better the axis is turned round" if inverted else ""
    return f"{title}, {scale}{flipped}."


def as_drawn(radar: Radar) -> Radar:
    """The radar with every label as the chart shows it."""
    models = chart_texts(row.model for row in radar.rows)
    axes = chart_texts((row.axis for row in radar.rows), AXIS_LIMIT)
    tasks = chart_texts(row.task for row in radar.rows)
    rows = (
        replace(row, model=models[row.model], axis=axes[row.axis], task=tasks[row.task]) for row in radar.rows
    )
    return replace(radar, rows=tuple(rows))


def legend_columns(radar: Radar) -> int:
    """How many columns the legend below a radar has."""
    return _room.legend_columns(radar.models, radar.entry.width or radar.entry.height or LEGEND_PIXELS)


def radar_arguments(radar: Radar) -> dict[str, Any]:
    """The arguments of both radar functions; a radar is square, so a height is its width too."""
    entry = radar.entry
    margin = max(60, _room.words_pixels((row.axis for row in radar.rows), LINE_EMS * EM_PIXELS) + 25)
    width = entry.width or entry.height or CIRCLE_PIXELS + 2 * margin
    return {
        "title": shortened(radar.title, _room.title_limit(width)) if radar.title else None,
        "width": width,
        "margin": margin,
        "label_styles": {"line_width": LINE_EMS},
        **_scores.colour_arguments(entry, radar.models, radar.colours),
        **entry.options,
    }


KIND = Kind(
    entry=ScoresRadarByTask,
    plan=plan,
    draw=draw,
    outlook=outlook,
    skips="there are fewer than three tasks, or no model has them all",
    function="scores_radar_by_task",
    reserved=("data", "model", "label"),
)
