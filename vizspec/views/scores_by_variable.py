"""A metric over a variable, as lines with bands: learning curves, sweeps, what a setting does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from vizspec.cells.cell import Cell
from vizspec.cells.facets import facets_of
from vizspec.draw.palette import Symbol, distinct, symbol_at
from vizspec.errors import Loc, Problem
from vizspec.metrics.catalogue import Metric
from vizspec.text.log_viewer import log_link
from vizspec.text.slugs import slug
from vizspec.text.values import as_number
from vizspec.views import _score_axes, _score_notes, _scores
from vizspec.views._curves import Arranged, Arrangement, arranged
from vizspec.views._drawn_curves import Curves, Point, ReferenceLine, draw, shapes
from vizspec.views._many import (
    ManyEntry,
    Order,
    best_first,
    even,
    models_in_order,
    on_pages,
    with_choice,
)
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views._positions import columns_name
from vizspec.views._styles import own_series_colours
from vizspec.views.base import (
    DRAWN_FORMATS,
    Draft,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.entry import Epochs, FiniteNumber, Whole
from vizspec.views.sample_matching import Levels
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment

MOST_LINES = 12
"""As many lines can be told apart in one panel; more go on further pages."""

MOST_PANELS = 6
"""As many panels stand side by side; more go on further pages."""

CHANCE = "chance"


class ScoresByVariable(ManyEntry):
    """A metric over a variable, a checkpoint's epoch or any other column, as lines with bands."""

    view: Literal["scores_by_variable"]
    x: str
    """The column along the axis: a variable, `epoch`, a derived column, `generate.temperature`, or any."""
    series: str | None = None
    """The column of which each value has a line; null: the model, and what else tells evaluations apart."""
    facet: Literal[False] | str | None = None
    """The column of which each value has a panel; null: the task, where there are several; false: none."""
    scale: Literal["linear", "log"] = "linear"
    """The scale of an axis of numbers."""
    epochs: Epochs | None = None
    """The checkpoints to show: latest, all, or a list; null: all where `x` is `epoch`, else `data.epochs`."""
    base: Levels | Literal[False] | None = None
    """Evaluations drawn as lines across, by values of columns; null: controls without `x`; false: none."""
    chance: FiniteNumber | None = None
    """The value that guessing gives, drawn as a line across."""

    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many lines, the best by their mean; the caption names what is left out. null: all."""
    sort: Order | None = None
    """The order of the lines: by their mean, the highest or the lowest first, or by their names; null: as
    their evaluations come."""
    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many lines one picture shows; the others are on further pages. null: as many as can be read."""

    @property
    def checkpoints(self) -> Epochs | None:
        return self.epochs or ("all" if self.x == "epoch" else None)


def plan(entry: ScoresByVariable, selection: Selection) -> Iterator[Draft[Curves] | Skip]:
    def draft(metric: Metric) -> Iterator[Draft[Curves] | Skip]:
        wanted = Arrangement(entry.x, entry.series, entry.facet, entry.base)
        found = arranged(wanted, selection, metric)
        reason = _why_not(entry, found)
        if reason is not None:
            yield Skip(reason, metric)
        else:
            yield from _pages(entry, found, selection, metric)

    return _scores.plan_per_metric(entry, selection, draft)


def _why_not(entry: ScoresByVariable, found: Arranged) -> str | None:
    places = found.places.places
    if len(places) < 2:
        only = f"every evaluation has one value of '{entry.x}': {places[0]}" if places else ""
        return only or f"no evaluation has a value of '{entry.x}'"
    if entry.scale == "log":
        outside = next((place for place in places if isinstance(place, str) or place <= 0), None)
        return None if outside is None else f"a log scale has no place for '{entry.x}' = {outside}"
    return None


def _pages(
    entry: ScoresByVariable, found: Arranged, selection: Selection, metric: Metric
) -> Iterator[Draft[Curves]]:
    title = f"{metric.label} by {columns_name(entry.x)}"
    caption = entry.caption_or(_caption(entry, found, selection))
    if entry.x != "epoch":
        points = {row.cell for row in found.points}
        caption = with_epochs(caption, [one for one in selection.labelled if one.cell in points])
    best = best_first(((found.series_of[row.cell], row.value) for row in found.points), metric)
    caption = with_choice(caption, entry, best, metric, "lines")
    drawn = set(best[: entry.top])
    series = [name for name in models_in_order(entry, found.series, best, metric) if name in drawn]
    colours = own_series_colours(selection, found.series)
    whole = Curves(
        entry,
        _points(found, selection),
        _references(entry, found, selection),
        title,
        _score_axes.axis_label(metric),
        found.places.places,
        found.places.is_ordered,
        found.panels,
        _domain(entry, selection, metric),
    )
    symbols = {name: symbol_at(place) for place, name in enumerate(found.series)}
    pages = [
        _page(whole, panels, {name: colours[name] for name in names}, symbols)
        for names in even(series, entry.limit or MOST_LINES)
        for panels in even(found.panels, MOST_PANELS)
    ]
    parts = (("view", f"{entry.view}_{slug(entry.x)}"),)
    draft = Draft(whole, title, caption, metric, _notes(entry, found, selection, metric), parts)
    yield from on_pages(draft, [page for page in pages if page.points], "lines and panels")


def _page(
    whole: Curves, panels: Sequence[str], colour_of: Mapping[str, str], symbol_of: Mapping[str, Symbol]
) -> Curves:
    """The lines of these series in these panels; no two of them share a colour."""
    return replace(
        whole,
        panels=tuple(panels),
        points=tuple(one for one in whole.points if one.panel in panels and one.series in colour_of),
        references=tuple(one for one in whole.references if one.panel in panels),
        series=tuple(colour_of),
        colours=distinct(list(colour_of.values())),
        symbols=tuple(symbol_of[name] for name in colour_of),
    )


def _points(found: Arranged, selection: Selection) -> tuple[Point, ...]:
    names = _names(selection)
    return tuple(
        Point(
            found.places.of_cell[row.cell],
            found.series_of[row.cell],
            found.panel_of[row.cell],
            names[row.cell],
            row.value,
            row.lower,
            row.upper,
            log_link(selection.log_viewer, row.cell.log.location),
            facets_of(row.cell, selection.labels),
        )
        for row in found.points
        if row.value is not None
    )


def _references(entry: ScoresByVariable, found: Arranged, selection: Selection) -> tuple[ReferenceLine, ...]:
    models = {one.cell: one.model for one in selection.labelled}
    labels = [(models[row.cell], found.panel_of[row.cell]) for row in found.across]
    names = _names(selection) if len(set(labels)) < len(labels) else models
    of_base = [
        ReferenceLine(
            names[row.cell], found.panel_of[row.cell], row.value, facets_of(row.cell, selection.labels)
        )
        for row in found.across
        if row.value is not None
    ]
    chance = (
        [] if entry.chance is None else [ReferenceLine(CHANCE, panel, entry.chance) for panel in found.panels]
    )
    return (*of_base, *chance)


def _names(selection: Selection) -> Mapping[Cell, str]:
    return {one.cell: f"{one.model} · {one.task}" for one in selection.labelled}


def _domain(entry: ScoresByVariable, selection: Selection, metric: Metric) -> tuple[float, float]:
    low, high = _score_axes.axis_of(metric, selection)
    return (low, high) if entry.chance is None else (min(low, entry.chance), max(high, entry.chance))


def _caption(entry: ScoresByVariable, found: Arranged, selection: Selection) -> str:
    words = _score_notes.interval_words((*found.points, *found.across), selection.estimates.level)
    across = dict.fromkeys(reference.name for reference in _references(entry, found, selection))
    dashed = f"; dashed: {', '.join(across)}" if across else ""
    return f"{words}{dashed}."


def _notes(entry: ScoresByVariable, found: Arranged, selection: Selection, metric: Metric) -> tuple[str, ...]:
    names = _names(selection)
    without = by_reason((names[cell], f"no value of '{entry.x}'") for cell in found.without)
    return (*without, *_score_notes.remarks(selection, metric))


def outlook(entry: ScoresByVariable, experiment: Experiment) -> Iterator[str]:
    variable = experiment.variable(entry.x)
    if variable is None:
        return
    if len(variable.levels) == 1:
        yield f"'{entry.x}' has one value: {variable.levels[0]}"
    numbers = [(level, as_number(level)) for level in variable.levels]
    outside = next((level for level, number in numbers if number is None or number <= 0), None)
    if entry.scale == "log" and outside is not None:
        yield f"a log scale has no place for '{entry.x}' = {outside}"


def check(entry: ScoresByVariable, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    named = {"x": entry.x, "series": entry.series, "facet": entry.facet or None}
    taken: dict[str, str] = {}
    for key, name in named.items():
        if name is None:
            continue
        yield from lookups.column((*loc, key), name)
        if name in taken:
            message = f"'{name}' is `{taken[name]}` already"
            yield Problem((*loc, key), message, f"name another column, or leave `{key}` out")
        taken.setdefault(name, key)
    for name in entry.base or ():
        yield from lookups.column((*loc, "base", name), name)


KIND = Kind(
    entry=ScoresByVariable,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    outlook=outlook,
    check=check,
    skips="fewer than two values of `x` are there",
    many=f"{MOST_LINES} lines in each of {MOST_PANELS} panels",
    function="plot",
    reserved=("legend", "x_domain", "y_domain", "fx_domain", "color_domain", "color_range", "x_scale"),
)
