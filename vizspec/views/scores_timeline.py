"""Scores by the dates on which the models were released."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from vizspec.cells.cell import Cell
from vizspec.cells.labels import Labelled
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.texts import attribute_text, chart_texts, shortened
from vizspec.draw.palette import categorical, distinct
from vizspec.estimates.table import Estimate
from vizspec.logs.releases import Release
from vizspec.metrics.catalogue import Metric
from vizspec.text.log_viewer import log_link
from vizspec.text.messages import shown
from vizspec.views import _room, _scores
from vizspec.views._notes import by_reason
from vizspec.views.base import Chart, ChartEntry, Draft, Kind, Need, Skip, Truth, as_options
from vizspec.views.selection import Selection

OTHERS = "others"
"""The organization of a model whose date alone is given."""


def _as_day(value: object) -> object:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        context = {"found": shown(value), "hint": 'write year, month and day: "2026-01-31"'}
        raise PydanticCustomError("day", "{found} is no day", context) from None


Day = Annotated[date, BeforeValidator(_as_day, json_schema_input_type=str)]


class ScoresTimeline(ChartEntry):
    """Scores by the dates on which the models were released, as points with intervals, one a task."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("time_label", "eval_label")
    view: Literal["scores_timeline"]
    released: dict[str, Day] = Field(default_factory=dict)
    """The dates of models that Inspect's tables do not have, by their names: `{my-model: "2026-01-31"}`."""
    regression: Truth = False
    """Whether a line is fitted through the points."""


@dataclass(frozen=True)
class Released:
    """One model's score and the day of its release; `is_best`: no model before it was better."""

    model: str
    organization: str
    on: date
    value: float
    lower: float | None
    upper: float | None
    is_best: bool
    log_viewer: str | None


@dataclass(frozen=True)
class Timeline:
    """One task's points in the order of their dates."""

    entry: ScoresTimeline
    points: tuple[Released, ...]
    task: str
    title: str
    label: str
    metric: str
    domain: tuple[float, float]


def plan(entry: ScoresTimeline, selection: Selection) -> Iterator[Draft[Timeline] | Skip]:
    known = _releases(entry, selection)

    def draft(metric: Metric) -> Iterator[Draft[Timeline] | Skip]:
        rows = dict(selection.rows(metric))
        for task, members in _scores.by_task(rows):
            pairs = [(one, rows[one]) for one in members]
            yield _of_task(entry, selection, metric, pairs, known, task)

    return _scores.plan_per_metric(entry, selection, draft)


def _releases(entry: ScoresTimeline, selection: Selection) -> Mapping[Cell, Release]:
    own = {
        cell: Release(OTHERS, entry.released[name])
        for cell in selection.cells
        for name in (cell.model, cell.log.model)
        if name in entry.released
    }
    return {**selection.releases, **own}


def _of_task(
    entry: ScoresTimeline,
    selection: Selection,
    metric: Metric,
    members: Sequence[tuple[Labelled, Estimate]],
    known: Mapping[Cell, Release],
    task: str,
) -> Draft[Timeline] | Skip:
    dated = sorted(
        ((one, row, known[one.cell]) for one, row in members if one.cell in known),
        key=lambda each: each[2].on,
    )
    if len({release.on for _, _, release in dated}) < 2:
        on = f" on '{task}'" if task else ""
        return Skip(f"fewer than two dates of release are known{on}: name them under `released`", metric)
    points = tuple(
        Released(
            one.model,
            release.organization,
            release.on,
            row.value,
            row.lower,
            row.upper,
            _is_best(row, [other for _, other, before in dated if before.on <= release.on], metric),
            log_link(selection.log_viewer, one.cell.log.location),
        )
        for one, row, release in dated
        if row.value is not None
    )
    title = f"{metric.label} by date of release" + (f": {task}" if task else "")
    words = _scores.interval_words([row for _, row, _ in dated], selection.estimates.level)
    caption = f"{title}{words}; models that were the best at their time are named."
    unknown = by_reason(
        (one.model, "date of release not known") for one, _ in members if one.cell not in known
    )
    content = Timeline(
        entry,
        points,
        task,
        title,
        _scores.axis_label(metric),
        metric.label,
        _scores.axis_of(metric, selection),
    )
    parts = (("task", task),) if task else ()
    return Draft(
        content,
        title,
        entry.caption if entry.caption is not None else caption,
        metric,
        (*unknown, *_scores.remarks(selection, metric)),
        parts,
    )


def _is_best(row: Estimate, until: Sequence[Estimate], metric: Metric) -> bool:
    """Whether no model that was there was better."""
    values = [other.value for other in until if other.value is not None]
    return row.value is not None and row.value == (min(values) if metric.better == "lower" else max(values))


def draw(content: Timeline) -> Chart:
    entry, points = content.entry, content.points
    models = chart_texts(point.model for point in points)
    organizations = chart_texts(point.organization for point in points)
    names = list(dict.fromkeys(organizations.values()))
    columns: dict[str, list[Any]] = {
        iv.MODEL: [models[point.model] for point in points],
        iv.TASK: [content.task for _ in points],
        "model_organization_name": [organizations[point.organization] for point in points],
        "model_release_date": [point.on for point in points],
        "score_headline_name": [shortened(content.metric) for _ in points],
        iv.VALUE: [point.value for point in points],
        iv.STDERR: [None for _ in points],
        iv.LOWER: [point.lower for point in points],
        iv.UPPER: [point.upper for point in points],
        iv.INTERVAL_TEXT: [_scores.interval_text(point.lower, point.upper) for point in points],
        "frontier": [point.is_best for point in points],
    }
    if any(point.log_viewer for point in points):
        columns[iv.LOG_VIEWER] = [point.log_viewer for point in points]
    whiskers = iv.Whiskers(
        "rule_x",
        {
            "x": "model_release_date",
            "y1": iv.LOWER,
            "y2": iv.UPPER,
            "stroke": "model_organization_name",
            "stroke_opacity": 0.4,
            "marker": "tick-x",
        },
    )
    width = entry.width or _room.DEFAULT_WIDTH
    arguments = {
        "ci": False,
        "filters": False,
        "regression": entry.regression,
        "score_label": attribute_text(shortened(content.label, _scores.SCORE_LABEL_LIMIT)),
        "y_label_anchor": "center",
        "y_label_arrow": "none",
        "x_label_anchor": "center",
        "x_label_arrow": "none",
        "margin_left": 52,
        "margin_bottom": 46,
        "x_inset_left": min(160, _room.label_pixels(models.values()) + 8),
        "x_inset_right": 16,
        "title": shortened(content.title, _room.title_limit(width)),
        "width": width,
        "height": entry.height or 430,
        "y_domain": list(content.domain),
        "color_domain": names,
        "color_range": list(distinct([style.colour for style in categorical(names).values()])),
        **entry.options,
    }
    columns_below = _room.legend_columns(names, width)
    return Chart(iv.component("scores_timeline", columns, arguments, whiskers, legend_columns=columns_below))


KIND = Kind(
    entry=ScoresTimeline,
    plan=plan,
    draw=draw,
    skips="fewer than two dates of release are known",
    needs=frozenset({Need.RELEASES}),
    function="scores_timeline",
    reserved=("data", "model_name", "task_name", "score_value", "score_stderr", "ci", "filters", "marks"),
    name="{view}_{experiment}_{task}_{metric}",
)
