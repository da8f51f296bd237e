"""A radar of metrics within one task, a polygon a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

from vizspec.cells.facets import facets_of
from vizspec.cells.labelled import Labelled
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.facets import facet_columns
from vizspec.metrics.catalogue import Metric
from vizspec.text.log_viewer import log_link
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
from vizspec.views._styles import Styles, model_colours, styles
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
    metrics_of,
)
from vizspec.views.entry import Texts
from vizspec.views.selection import Selection


class ScoresRadarByMetric(RadarEntry):
    """A radar of at least three metrics for each task, with a polygon for each model that has them all."""

    view: Literal["scores_radar_by_metric"]
    metrics: Texts = ("all",)
    """The axes: `accuracy`, `supplementary`, `all`, or patterns over `scorer/metric`."""


def plan(entry: ScoresRadarByMetric, selection: Selection) -> Iterator[Draft[Radar] | Skip]:
    meant = metrics_of(entry, selection)
    metrics = [metric for metric in meant if metric.better is not None]
    aimless = ", ".join(metric.label for metric in meant if metric.better is None)
    without = f"; no better direction is known of {aimless}" if aimless else ""
    if len(metrics) < 3:
        named = ", ".join(metric.label for metric in metrics) or "none"
        count = counted(len(metrics), "metric")
        yield Skip(f"a radar needs three axes, and this view has {count}: {named}{without}")
        return
    absent = _scores.no_metric(entry, selection)
    notes = (
        *((f"No axis, as no better direction is known: {aimless}.",) if aimless else ()),
        *((f"No axis: {absent}.",) if absent is not None else ()),
    )
    if (reason := too_many_axes(len(metrics), "metric")) is not None:
        yield Skip(reason)
        return
    given = styles(selection)
    for _, members in _scores.by_task(selection.labelled):
        made = _draft(entry, selection.part(members), metrics, given)
        if isinstance(made, Skip):
            yield made
        else:
            yield from on_pages(replace(made, notes=(*made.notes, *notes)), radar_pages(made.content))


def draw(drawn: Radar) -> Chart:
    shown = as_drawn(drawn)
    aliases = {metric.id: f"m{place}" for place, metric in enumerate(shown.metrics)}
    positions = {(row.model, row.metric.id): row.position for row in shown.rows}
    links = {row.model: row.log_viewer or "" for row in shown.rows}
    columns: dict[str, list[Any]] = {
        "model": list(shown.models),
        "task_id": [shown.rows[0].task] * len(shown.models),
        "task_name": [shown.rows[0].task] * len(shown.models),
        "log": [links[model] for model in shown.models],
    }
    for metric, alias in aliases.items():
        columns[f"score_s_{alias}"] = [positions[model, metric] for model in shown.models]
    axes = {aliases[row.metric.id]: row.axis for row in shown.rows}
    preparation = {"scorer": "s", "metrics": list(aliases.values())}
    arguments = radar_arguments(shown)
    return Chart(
        iv.radar(
            "scores_radar_by_metric",
            columns,
            preparation,
            arguments,
            "metric",
            shown.values,
            shown.scorers,
            legend_columns(shown),
            axes,
            rings=shown.rings,
            further=lambda pairs: facet_columns([shown.facets[pair] for pair in pairs]),
        )
    )


def _draft(
    entry: ScoresRadarByMetric, selection: Selection, metrics: Sequence[Metric], given: Styles
) -> Draft[Radar] | Skip:
    """The radar of a selection of one task, whose best models are those in the first metric."""
    shown = chosen(entry, selection, metrics[0])
    members, task = shown.labelled, selection.labelled[0].task
    whole = [one for one in members if all(_value(selection, one, metric) is not None for metric in metrics)]
    if not whole:
        return Skip(f"no model has all {len(metrics)} metrics in '{task}'")
    rows = tuple(
        RadarRow(
            one.model,
            metric.label,
            task,
            metric,
            value,
            log_link(selection.log_viewer, one.cell.log.location),
            facets=facets_of(one.cell, selection.labels),
        )
        for one in whole
        for metric in metrics
        if (value := _value(selection, one, metric)) is not None
    )
    best = ranked(selection, metrics[0])
    rows = sorted_rows(entry, rows, best, metrics[0])
    drawn = radar(entry, rows, f"Metrics of {task}", model_colours(selection, given))
    left_out = by_reason((one.model, "has not every metric") for one in members if one not in whole)
    return Draft(
        drawn,
        drawn.title,
        with_choice(with_epochs(radar_caption(drawn), whole), entry, best, metrics[0]),
        notes=(*left_out, *outside(drawn)),
        parts=(("task", task),),
    )


def _value(selection: Selection, one: Labelled, metric: Metric) -> float | None:
    row = selection.estimates.row(one.cell, metric)
    return None if row is None else row.value


KIND = Kind(
    entry=ScoresRadarByMetric,
    plan=plan,
    draw=draw,
    shapes=radar_shapes,
    formats=DRAWN_FORMATS,
    check=check_domain,
    skips="fewer than three metrics are selected, or no model has them all",
    name="{view}_{experiment}_{task}",
    many=f"{MOST_MODELS} models; with more than {MOST_AXES} metrics none, with the reason",
    function="scores_radar_by_metric",
    reserved=("data", "model", "label"),
)
