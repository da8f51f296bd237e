"""A matrix of models and tasks, or of any two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from vizspec.cells.facets import facets_of
from vizspec.errors import Loc, Problem
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.text.log_viewer import log_link
from vizspec.text.slugs import slug
from vizspec.views import _score_axes, _score_notes, _scores
from vizspec.views._drawn_matrix import MOST_MODELS, HeatmapScores, draw, in_order, shapes, thinning
from vizspec.views._many import ManyEntry, chosen, even, on_pages, part_of, ranked, with_choice
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views._pivot import pivot
from vizspec.views.base import (
    DRAWN_FORMATS,
    Draft,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.entry import Epochs, Truth, as_options
from vizspec.views.selection import Selection, shared

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment


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
        caption = entry.caption_or(_caption(metric))
        caption = with_epochs(caption, [one for one, _ in pairs])
        content = HeatmapScores(
            entry,
            _scores.rows_of(pairs, selection),
            _score_axes.axis_label(metric),
            title,
            _score_axes.axis_of(metric, selection),
            is_lower_better=metric.better == "lower",
        )
        ordered = in_order(content)[0 if entry.orientation == "vertical" else 1]
        pages = [part_of(content, some) for some in even(ordered, entry.limit or MOST_MODELS)]
        notes = (*_score_notes.remarks(shown, metric), *thinning(pages[0]))
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
        _score_axes.axis_label(metric),
        title,
        _score_axes.axis_of(metric, selection),
        is_lower_better=metric.better == "lower",
        down=found.rows,
        across=found.columns,
        names=found.names,
    )
    labels = {one.cell: f"{one.model} · {one.task}" for one in selection.labelled}
    without = by_reason((labels[cell], f"no value of '{column}'") for cell, column in found.without)
    notes = (*without, *_score_notes.remarks(selection, metric), *thinning(content))
    caption = entry.caption_or(_caption(metric))
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


def check(entry: ScoresHeatmap, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    for key, name in (("rows", entry.rows), ("columns", entry.columns)):
        if name is not None:
            yield from lookups.column((*loc, key), name)
    if entry.rows is not None and entry.rows == entry.columns:
        yield Problem((*loc, "columns"), f"'{entry.columns}' is `rows` already", "name another column")
    if entry.orientation == "vertical" and (entry.rows is not None or entry.columns is not None):
        message = "`rows` and `columns` tell what stands where"
        yield Problem((*loc, "orientation"), message, "leave it out, or turn them round")

    for key, given in (("top", entry.top), ("limit", entry.limit)):
        if given is not None and (entry.rows is not None or entry.columns is not None):
            message = f"`{key}` is of models, and `rows` and `columns` have any values"
            yield Problem((*loc, key), message, "leave it out, and choose with `where`")


def outlook(entry: ScoresHeatmap, experiment: Experiment) -> Iterator[str]:
    if len(experiment.runs) == 1 and entry.rows is None and entry.columns is None:
        yield "a heatmap needs two models in one task, and the experiment has a single run"


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
