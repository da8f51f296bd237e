"""A page of lines over a variable: its values, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Any, Literal, Protocol

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.charts import curves as cv
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.inspectviz import INTERVAL_TEXT, LOG_VIEWER, LOWER, UPPER, VALUE
from vizspec.draw.charts.label_texts import attribute_text, chart_texts, shortened
from vizspec.draw.palette import Symbol
from vizspec.draw.shapes.model import (
    Axis,
    AxisPlace,
    Band,
    DrawnMark,
    Line,
    Panel,
    Points,
    Rule,
    Shapes,
    TextMarks,
    Whiskers,
)
from vizspec.views import _room, _score_axes, _scores, _shapes
from vizspec.views._positions import columns_name
from vizspec.views.base import Chart, ChartLook

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


class CurveLook(ChartLook, Protocol):
    """What an entry of lines says of their looks."""

    @property
    def x(self) -> str:
        """The column along the axis."""

    @property
    def scale(self) -> Literal["linear", "log"]:
        """The scale of an axis of numbers."""


@dataclass(frozen=True)
class Point:
    """One evaluation on a line; unknown ends of an interval are None."""

    x: AxisPlace
    series: str
    panel: str
    name: str
    value: float
    lower: float | None
    upper: float | None
    log_viewer: str | None = None
    facets: Facets = NO_FACETS


@dataclass(frozen=True)
class ReferenceLine:
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

    entry: CurveLook
    points: tuple[Point, ...]
    references: tuple[ReferenceLine, ...]
    title: str
    label: str
    places: tuple[AxisPlace, ...]
    has_lines: bool
    panels: tuple[str, ...]
    domain: tuple[float, float]
    series: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    symbols: tuple[Symbol, ...] = ()


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
    look = cv.CurveLayout(
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


def _place_texts(places: Sequence[AxisPlace]) -> Mapping[AxisPlace, AxisPlace]:
    """The places as the axis shows them: numbers as they are, categories with short labels."""
    texts = chart_texts(place for place in places if isinstance(place, str))
    return {place: texts[place] if isinstance(place, str) else place for place in places}


def _attributes(
    content: Curves, width: float, places: Sequence[AxisPlace], panels: Sequence[str]
) -> dict[str, Any]:
    entry = content.entry
    attributes: dict[str, Any] = {
        "width": width,
        "height": entry.height or HEIGHT,
        "margin_bottom": MARGIN_BOTTOM,
        "margin_left": _score_axes.left_margin(_score_axes.tick_format(content.domain)),
        "margin_right": 24,
        "x_label": attribute_text(shortened(columns_name(entry.x), _scores.SCORE_LABEL_LIMIT)),
        "x_label_anchor": "center",
        "x_label_offset": LABEL_OFFSET,
        "x_label_arrow": "none",
        "y_label": attribute_text(shortened(content.label, _scores.SCORE_LABEL_LIMIT)),
        "y_label_anchor": "center",
        "y_label_arrow": "none",
        "y_domain": list(content.domain),
        "y_tick_format": _score_axes.tick_format(content.domain),
        "y_grid": True,
        **_x_axis(entry, content.places, places, width / len(panels) - 40),
    }
    if len(panels) > 1:
        attributes |= {"fx_domain": list(panels), "fx_label": None, "fx_padding": 0.08}
    kept = {"x_label", "y_label", "fx_label"}
    given = {name: value for name, value in attributes.items() if value is not None or name in kept}
    return {**given, **entry.options}


def _x_axis(
    entry: CurveLook, places: Sequence[AxisPlace], texts: Sequence[AxisPlace], width: float
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
    y = Axis(domain=content.domain, format=_score_axes.tick_format(content.domain) or "")
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


def _marks(content: Curves, panel: str, places: Mapping[AxisPlace, AxisPlace]) -> Iterator[DrawnMark]:
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
            yield TextMarks(x, y, (shortened(reference.name),), cv.REFERENCE, 0.9, "right", True)
    for colour, symbol, points in lines:
        if points:
            yield from _line(content, points, (colour, symbol), places)


def _line(
    content: Curves, points: Sequence[Point], look: tuple[str, Symbol], places: Mapping[AxisPlace, AxisPlace]
) -> Iterator[DrawnMark]:
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


def _shape_axis(content: Curves, places: Sequence[AxisPlace], width: float) -> Axis:
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
    written = "~s" if high >= VERY_LARGE else ""
    return Axis(domain=domain, ticks=ticks, scale=scale, has_grid=False, format=written)
