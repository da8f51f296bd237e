"""Scores by the dates on which the models were released."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from vizspec.cells.cell import Cell
from vizspec.cells.facets import facets_of
from vizspec.cells.labelled import Labelled
from vizspec.estimates.table import Estimate
from vizspec.logs.releases import Release
from vizspec.metrics.catalogue import Metric
from vizspec.text.log_viewer import log_link
from vizspec.text.messages import shown
from vizspec.views import _score_axes, _score_notes, _scores
from vizspec.views._drawn_timeline import Released, Timeline, draw, named_words, shapes
from vizspec.views._many import TopEntry, chosen, ranked, with_choice
from vizspec.views._notes import by_reason
from vizspec.views.base import DRAWN_FORMATS, Draft, Kind, Skip
from vizspec.views.entry import Need, Truth, as_options
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


class ScoresTimeline(TopEntry):
    """Scores by the dates on which the models were released, as points with intervals, one a task."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("time_label", "eval_label")
    view: Literal["scores_timeline"]
    released: dict[str, Day] = Field(default_factory=dict)
    """The dates of models that Inspect's tables do not have, by their names: `{my-model: "2026-01-31"}`."""
    regression: Truth = False
    """Whether a line is fitted through the points."""


def plan(entry: ScoresTimeline, selection: Selection) -> Iterator[Draft[Timeline] | Skip]:
    known = _releases(entry, selection)

    def drafts(metric: Metric) -> Iterator[Draft[Timeline] | Skip]:
        shown = chosen(entry, selection, metric)
        rows = dict(shown.rows(metric))
        remarks = _score_notes.remarks(shown, metric)
        best = ranked(selection, metric)
        for task, members in _scores.by_task(rows):
            pairs = [(one, rows[one]) for one in members]
            draft = _of_task(entry, shown, metric, pairs, known, task)
            if isinstance(draft, Skip):
                yield draft
            else:
                caption = with_choice(draft.caption, entry, best, metric)
                yield replace(draft, caption=caption, notes=(*draft.notes, *remarks))

    return _scores.plan_per_metric(entry, selection, drafts)


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
            facets_of(one.cell, selection.labels),
        )
        for one, row, release in dated
        if row.value is not None
    )
    title = f"{metric.label} by date of release" + (f": {task}" if task else "")
    unknown = by_reason(
        (one.model, "date of release not known") for one, _ in members if one.cell not in known
    )
    content = Timeline(
        entry,
        points,
        task,
        title,
        _score_axes.axis_label(metric),
        metric.label,
        _score_axes.axis_of(metric, selection),
    )
    words = _score_notes.interval_words([row for _, row, _ in dated], selection.estimates.level)
    caption = f"{words}; {named_words(content)}."
    parts = (("task", task),) if task else ()
    return Draft(
        content,
        title,
        entry.caption_or(caption),
        metric,
        tuple(unknown),
        parts,
    )


def _is_best(row: Estimate, until: Sequence[Estimate], metric: Metric) -> bool:
    """Whether no model that was there was better."""
    values = [other.value for other in until if other.value is not None]
    return row.value is not None and row.value == (min(values) if metric.better == "lower" else max(values))


KIND = Kind(
    entry=ScoresTimeline,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    skips="fewer than two dates of release are known",
    many="any number of models, of which those are named that were the best at their time",
    needs=frozenset({Need.RELEASES}),
    function="scores_timeline",
    reserved=("data", "model_name", "task_name", "score_value", "score_stderr", "ci", "filters", "marks"),
    name="{view}_{experiment}_{task}_{metric}",
)
