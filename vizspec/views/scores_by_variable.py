"""A metric over a variable, as lines with bands: learning curves, sweeps, what a setting does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from vizspec.cells.cell import Cell
from vizspec.cells.facets import NO_FACETS, Facets, facets_of
from vizspec.draw.charts import curves as cv
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.inspectviz import INTERVAL_TEXT, LOG_VIEWER, LOWER, UPPER, VALUE
from vizspec.draw.charts.texts import attribute_text, chart_texts, shortened
from vizspec.draw.palette import Symbol, distinct, symbol_at
from vizspec.draw.shapes.model import Axis, Band, Line, Mark, Panel, Points, Rule, Shapes, Texts, Whiskers
from vizspec.errors import Loc, Problem
from vizspec.metrics.catalogue import Metric
from vizspec.text.log_viewer import log_link
from vizspec.text.slugs import slug
from vizspec.text.values import as_number
from vizspec.views import _room, _scores, _shapes
from vizspec.views._curves import Arranged, Arrangement, arranged
from vizspec.views._many import ManyEntry, best_first, even, on_pages, with_choice
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views._positions import Place, columns_name
from vizspec.views._styles import own_series_colours
from vizspec.views.base import DRAWN_FORMATS, Chart, Draft, Epochs, Kind, Lookups, Number, Skip, Whole
from vizspec.views.matching import Levels
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment

MOST_LINES = 12
"""As many lines can be told apart in one panel; more go on further pages."""
MOST_PANELS = 6
"""As many panels stand side by side; more go on further pages."""
PANEL_PIXELS = 250
HEIGHT = 420
MOST_TICKS = 12
"""As many places have a tick each; more are told by round numbers."""
MARGIN_BOTTOM = 48
INSET = 0.03
"""The part of an axis of numbers that is free beyond the first and the last place."""
LABEL_OFFSET = 36
VERY_LARGE = 1_000_000
"""Places from here on are written short: `1M`."""
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
    chance: Number | None = None
    """The value that guessing gives, drawn as a line across."""

    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many lines, the best by their mean; the caption names what is left out. null: all."""
    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many lines one picture shows; the others are on further pages. null: as many as can be read."""

    @property
    def checkpoints(self) -> Epochs | None:
        return self.epochs or ("all" if self.x == "epoch" else None)


@dataclass(frozen=True)
class Point:
    """One evaluation on a line; unknown ends of an interval are None."""

    x: Place
    series: str
    panel: str
    name: str
    value: float
    lower: float | None
    upper: float | None
    log_viewer: str | None = None
    facets: Facets = NO_FACETS


@dataclass(frozen=True)
class Reference:
    """A value that is drawn across a panel."""

    name: str
    panel: str
    value: float
    facets: Facets = NO_FACETS


@dataclass(frozen=True)
class Curves:
    """One page of a metric's lines.

    `places` are those of the axis, in order; `colours` and `symbols` those of `series`.
    """

    entry: ScoresByVariable
    points: tuple[Point, ...]
    references: tuple[Reference, ...]
    title: str
    label: str
    places: tuple[Place, ...]
    has_lines: bool
    panels: tuple[str, ...]
    domain: tuple[float, float]
    series: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    symbols: tuple[Symbol, ...] = ()


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
    caption = entry.caption if entry.caption is not None else _caption(entry, found, selection)
    if entry.x != "epoch":
        points = {row.cell for row in found.points}
        caption = with_epochs(caption, [one for one in selection.labelled if one.cell in points])
    best = best_first(((found.series_of[row.cell], row.value) for row in found.points), metric)
    caption = with_choice(caption, entry, best, metric, "lines")
    drawn = set(best[: entry.top])
    series = [name for name in found.series if name in drawn]
    colours = own_series_colours(selection, found.series)
    whole = Curves(
        entry,
        _points(found, selection),
        _references(entry, found, selection),
        title,
        _scores.axis_label(metric),
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


def _references(entry: ScoresByVariable, found: Arranged, selection: Selection) -> tuple[Reference, ...]:
    models = {one.cell: one.model for one in selection.labelled}
    labels = [(models[row.cell], found.panel_of[row.cell]) for row in found.across]
    names = _names(selection) if len(set(labels)) < len(labels) else models
    of_base = [
        Reference(names[row.cell], found.panel_of[row.cell], row.value, facets_of(row.cell, selection.labels))
        for row in found.across
        if row.value is not None
    ]
    chance = (
        [] if entry.chance is None else [Reference(CHANCE, panel, entry.chance) for panel in found.panels]
    )
    return (*of_base, *chance)


def _names(selection: Selection) -> Mapping[Cell, str]:
    return {one.cell: f"{one.model} · {one.task}" for one in selection.labelled}


def _domain(entry: ScoresByVariable, selection: Selection, metric: Metric) -> tuple[float, float]:
    low, high = _scores.axis_of(metric, selection)
    return (low, high) if entry.chance is None else (min(low, entry.chance), max(high, entry.chance))


def _caption(entry: ScoresByVariable, found: Arranged, selection: Selection) -> str:
    words = _scores.interval_words((*found.points, *found.across), selection.estimates.level)
    across = dict.fromkeys(reference.name for reference in _references(entry, found, selection))
    dashed = f"; dashed: {', '.join(across)}" if across else ""
    return f"{words}{dashed}."


def _notes(entry: ScoresByVariable, found: Arranged, selection: Selection, metric: Metric) -> tuple[str, ...]:
    names = _names(selection)
    without = by_reason((names[cell], f"no value of '{entry.x}'") for cell in found.without)
    return (*without, *_scores.remarks(selection, metric))


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


def draw(content: Curves) -> Chart:
    width = _width(content)
    panels = chart_texts(content.panels, _room.facet_limit(len(content.panels), width))
    series = chart_texts(content.series)
    places = _place_texts(content.places)
    points: dict[str, Sequence[Any]] = {
        cv.PLACE: [places[point.x] for point in content.points],
        cv.SERIES: [series[point.series] for point in content.points],
        cv.PANEL: [panels[point.panel] for point in content.points],
        cv.NAME: [shortened(point.name, _scores.SCORE_LABEL_LIMIT) for point in content.points],
        VALUE: [point.value for point in content.points],
        LOWER: [point.lower for point in content.points],
        UPPER: [point.upper for point in content.points],
        INTERVAL_TEXT: [_scores.interval_text(point.lower, point.upper) for point in content.points],
        **facet_columns([point.facets for point in content.points]),
    }
    if any(point.log_viewer for point in content.points):
        points[LOG_VIEWER] = [point.log_viewer for point in content.points]
    names = chart_texts(reference.name for reference in content.references)
    references: dict[str, Sequence[Any]] = {
        cv.NAME: [names[reference.name] for reference in content.references],
        cv.PANEL: [panels[reference.panel] for reference in content.references],
        VALUE: [reference.value for reference in content.references],
        **facet_columns([reference.facets for reference in content.references]),
    }
    shown = dict(zip(content.series, content.colours, strict=True))
    look = cv.Look(
        shortened(content.title, _room.title_limit(width)),
        {series[name]: colour for name, colour in shown.items()},
        tuple(panels[panel] for panel in content.panels),
        content.has_lines,
        _room.legend_columns(list(series.values()), width),
        _attributes(content, width, list(places.values()), list(panels.values())),
        {series[name]: symbol for name, symbol in zip(content.series, content.symbols, strict=True)},
    )
    return Chart(cv.curves(points, references, look))


def _width(content: Curves) -> float:
    panels = 90 + PANEL_PIXELS * len(content.panels)
    return content.entry.width or max(_room.DEFAULT_WIDTH, min(_room.WIDEST, panels))


def _place_texts(places: Sequence[Place]) -> Mapping[Place, Place]:
    """The places as the axis shows them: numbers as they are, categories with short labels."""
    texts = chart_texts(place for place in places if isinstance(place, str))
    return {place: texts[place] if isinstance(place, str) else place for place in places}


def _attributes(
    content: Curves, width: float, places: Sequence[Place], panels: Sequence[str]
) -> dict[str, Any]:
    entry = content.entry
    attributes: dict[str, Any] = {
        "width": width,
        "height": entry.height or HEIGHT,
        "margin_bottom": MARGIN_BOTTOM,
        "margin_left": 52,
        "margin_right": 24,
        "x_label": attribute_text(shortened(columns_name(entry.x), _scores.SCORE_LABEL_LIMIT)),
        "x_label_anchor": "center",
        "x_label_offset": LABEL_OFFSET,
        "x_label_arrow": "none",
        "y_label": attribute_text(shortened(content.label, _scores.SCORE_LABEL_LIMIT)),
        "y_label_anchor": "center",
        "y_label_arrow": "none",
        "y_domain": list(content.domain),
        "y_tick_format": _scores.tick_format(content.domain),
        "y_grid": True,
        **_x_axis(entry, content.places, places, width / len(panels) - 40),
    }
    if len(panels) > 1:
        attributes |= {"fx_domain": list(panels), "fx_label": None, "fx_padding": 0.08}
    kept = {"x_label", "y_label", "fx_label"}
    given = {name: value for name, value in attributes.items() if value is not None or name in kept}
    return {**given, **entry.options}


def _x_axis(
    entry: ScoresByVariable, places: Sequence[Place], texts: Sequence[Place], width: float
) -> dict[str, Any]:
    numbers = [place for place in places if not isinstance(place, str)]
    if len(numbers) < len(places):
        turned = not _room.fits_level([str(text) for text in texts], width)
        slant = int(_room.SLANT * _room.label_pixels(str(text) for text in texts))
        turn = {
            "x_tick_rotate": -45,
            "margin_bottom": MARGIN_BOTTOM + slant,
            "x_label_offset": LABEL_OFFSET + slant,
        }
        room = turn if turned else {}
        return {"x_scale": "point", "x_domain": list(texts), **room}
    axis: dict[str, Any] = {
        "x_scale": entry.scale,
        "x_inset": 14,
        "x_tick_format": "~s" if max(map(abs, numbers)) >= VERY_LARGE else ".6~g",
    }
    return {**axis, "x_ticks": numbers} if _have_room(entry.scale, numbers, width) else axis


def _have_room(scale: str, numbers: Sequence[float], width: float) -> bool:
    """Whether a tick at each number leaves room for its label."""
    at = [log(number) for number in numbers] if scale == "log" else list(numbers)
    nearest = min(b - a for a, b in pairwise(at))
    return (
        len(at) <= MOST_TICKS
        and nearest / (at[-1] - at[0]) * width >= _room.label_pixels(f"{number:g}" for number in numbers) + 6
    )


def shapes(content: Curves) -> Shapes:
    """A band, a line and points for each series of each panel, as the chart has them."""
    entry, width = content.entry, _width(content)
    limit = _room.facet_limit(len(content.panels), width)
    panels, series = chart_texts(content.panels, limit), chart_texts(content.series)
    places = _place_texts(content.places)
    shown = list(places.values())
    x = _shape_axis(content, shown, width / len(content.panels) - 40)
    y = Axis(domain=content.domain, is_short=_scores.tick_format(content.domain) is not None)
    drawn = tuple(
        Panel(tuple(_marks(content, panel, places)), x, y, panels[panel]) for panel in content.panels
    )
    return Shapes(
        drawn,
        content.title,
        columns=len(drawn),
        width=width,
        height=entry.height or HEIGHT,
        x_label=shortened(columns_name(entry.x), _scores.SCORE_LABEL_LIMIT),
        y_label=shortened(content.label, _scores.SCORE_LABEL_LIMIT),
        shares_x=True,
        shares_y=True,
        legend=_shapes.legend(list(series.values()), content.colours, content.symbols),
    )


def _marks(content: Curves, panel: str, places: Mapping[Place, Place]) -> Iterator[Mark]:
    """What is in a panel: the bands lie below, the points above."""
    own = [point for point in content.points if point.panel == panel]
    above = 0.03 * (content.domain[1] - content.domain[0])
    lines = [
        (colour, symbol, [point for point in own if point.series == name])
        for name, colour, symbol in zip(content.series, content.colours, content.symbols, strict=True)
    ]
    for colour, _, points in lines:
        if content.has_lines:
            at = tuple(places[point.x] for point in points)
            yield Band(at, tuple(p.lower for p in points), tuple(p.upper for p in points), colour)
    for reference in content.references:
        if reference.panel == panel:
            yield Rule("y", reference.value, cv.REFERENCE, (4.0, 3.0))
            x, y = (places[content.places[-1]],), (reference.value + above,)
            yield Texts(x, y, (shortened(reference.name),), cv.REFERENCE, 0.9, "right", True)
    for colour, symbol, points in lines:
        if points:
            yield from _line(content, points, (colour, symbol), places)


def _line(
    content: Curves, points: Sequence[Point], look: tuple[str, Symbol], places: Mapping[Place, Place]
) -> Iterator[Mark]:
    colour, symbol = look
    known = [p for p in points if p.lower is not None and p.upper is not None]
    if len(known) == 1 or not content.has_lines:
        ends = [(places[p.x], p.lower, p.upper) for p in known if p.lower is not None and p.upper is not None]
        if ends:
            at, lower, upper = (tuple(part) for part in zip(*ends, strict=True))
            yield Whiskers(at, lower, upper, colour)
    x, y = tuple(places[point.x] for point in points), tuple(point.value for point in points)
    if content.has_lines:
        yield Line(x, y, colour)
    yield Points(x, y, colour, 5, symbol, edge="#ffffff")


def _shape_axis(content: Curves, places: Sequence[Place], width: float) -> Axis:
    numbers = [place for place in places if not isinstance(place, str)]
    if len(numbers) < len(places):
        return Axis(categories=tuple(str(place) for place in places), has_grid=False)
    scale = content.entry.scale
    low, high = numbers[0], numbers[-1]
    if scale == "log":
        room = (high / low) ** INSET
        domain = (low / room, high * room)
    else:
        domain = (low - INSET * (high - low), high + INSET * (high - low))
    ticks = (
        tuple((number, f"{number:.6g}") for number in numbers) if _have_room(scale, numbers, width) else None
    )
    return Axis(domain=domain, ticks=ticks, scale=scale, has_grid=False, is_short=high >= VERY_LARGE)


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
