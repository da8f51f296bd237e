"""Shapes as charts of inspect-viz's marks: what matplotlib draws, with tips and a legend that filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.label_texts import attribute_text, chart_texts
from vizspec.draw.charts.mosaic import Specification, mark, plot, rows_of
from vizspec.draw.palette import CIRCLE
from vizspec.draw.shapes.model import (
    Axis,
    Band,
    DrawnMark,
    Line,
    OfSeries,
    Panel,
    Points,
    Rule,
    Shapes,
    Steps,
    TextMarks,
    Tips,
    Whiskers,
)
from vizspec.text.widths import letters_of

SERIES = "series"
X, Y, X2, Y2, TEXT = "x", "y", "x2", "y2", "text"
PIXELS_A_POINT = 4 / 3
SQUARE_FRAME = (52, 12, 26, 40)
"""Pixels left, right, above and below a panel's frame."""
MARGINS = ("marginLeft", "marginRight", "marginTop", "marginBottom")
TITLE_PIXELS = 20
TITLE_ABOVE, TITLE_SIZE = 15, 16
"""Pixels that a panel's title stands above the frame, and those of its font."""
CHARACTER_PIXELS = 9.6
"""The width of a character of a title."""
LEGEND_CHARACTER, LEGEND_SIGN = 6.2, 36
"""Pixels that a character of the legend takes, and an entry besides."""
FLAT = 0.62
"""The height of a panel that is no square, against its width."""


def component_of(shapes: Shapes, facets: Sequence[Facets] = ()) -> Specification:
    """The chart: a plot for each panel, in the grid of the shapes; its title is its page's.

    `facets` are of what each panel tells; where there are fewer series than panels, of what each series does.

    Numbers alone: panels whose axes have categories have views of inspect-viz's own.

    Raises:
        ValueError: an axis has categories, or a mark is not drawn here; the page would be empty.
    """
    _check_is_drawn(shapes)
    shown = _with_room(shapes)
    of = _Of(shown, facets)
    named = _named(shown)
    keys = {key.label: key.colour for key in shown.legend if key.label in named}
    plots = [_plot(panel, place, shown, keys, of.panel(place)) for place, panel in enumerate(shown.panels)]
    return rows_of(plots, shown.columns)


def _with_room(shapes: Shapes) -> Shapes:
    """The shapes with titles of panels, and names in the legend, that have room; different ones stay so."""
    width = shapes.width / shapes.columns
    beside = SQUARE_FRAME[0] - SQUARE_FRAME[1]
    titles = chart_texts((panel.title for panel in shapes.panels), int((width - beside) / CHARACTER_PIXELS))
    names = chart_texts(_named(shapes), int((width - LEGEND_SIGN) / LEGEND_CHARACTER))
    return replace(
        shapes,
        panels=tuple(
            replace(
                panel,
                title=panel.title and titles[panel.title],
                marks=tuple(
                    replace(one, series=names[one.series])
                    if isinstance(one, OfSeries) and one.series is not None
                    else one
                    for one in panel.marks
                ),
            )
            for panel in shapes.panels
        ),
        legend=tuple(replace(key, label=names.get(key.label, key.label)) for key in shapes.legend),
    )


def _check_is_drawn(shapes: Shapes) -> None:
    for panel in shapes.panels:
        if panel.x.categories or panel.y.categories:
            raise ValueError("an axis of categories is drawn by dots or inspectviz, not here")
        for one in panel.marks:
            if type(one) not in _DRAWN_BY:
                raise ValueError(f"{type(one).__name__} is not drawn here")


class _Of:
    """Of which evaluations marks tell: by their series where some have one, else by their panel."""

    def __init__(self, shapes: Shapes, facets: Sequence[Facets]) -> None:
        named = dict.fromkeys(series for panel in shapes.panels for series in _series_of(panel))
        self._of_series = dict(zip(named, facets, strict=False))
        self._of_panels = () if named else tuple(facets)

    def panel(self, place: int) -> Callable[[DrawnMark], Facets]:
        """Of which evaluation a mark of this panel tells."""
        own = self._of_panels[place] if place < len(self._of_panels) else NO_FACETS
        return lambda mark: self._of_series.get(_series(mark) or "", own)


def _plot(
    panel: Panel,
    place: int,
    shapes: Shapes,
    keys: Mapping[str, str],
    facets_of: Callable[[DrawnMark], Facets],
) -> dict[str, Any]:
    marks = [drawn for one in panel.marks for drawn in _DRAWN_BY[type(one)](one, facets_of(one))]
    width = shapes.width / shapes.columns
    is_last = place == len(shapes.panels) - 1
    attributes: dict[str, Any] = {
        "width": width,
        "height": _height(panel, width),
        **dict(zip(MARGINS, SQUARE_FRAME, strict=True)),
        **_axis("x", panel.x, panel.x.label or shapes.x_label),
        **_axis("y", panel.y, panel.y.label or shapes.y_label),
    }
    legend: dict[str, Any] | None = None
    if panel.title:
        attributes["marginTop"] += TITLE_PIXELS
    if keys and _series_of(panel):
        attributes |= {"colorDomain": list(keys), "colorRange": list(keys.values())}
        if is_last and len(keys) > 1:
            pixels = sum(letters_of(label) * LEGEND_CHARACTER + LEGEND_SIGN for label in keys)
            legend = {"columns": max(1, int(width * len(keys) / pixels))} if pixels > width else {}
    return plot([*_title(panel), *marks, *_note(panel)], attributes, legend)


def _title(panel: Panel) -> list[dict[str, Any]]:
    if not panel.title:
        return []
    title = attribute_text(panel.title)
    place: dict[str, Any] = {
        "dy": -TITLE_ABOVE,
        "frameAnchor": "top",
        "fontSize": TITLE_SIZE,
        "facet": "super",
    }
    return [mark("text", text=[title], **place)]


def _height(panel: Panel, width: float) -> float:
    left, right, above, below = SQUARE_FRAME
    frame = (width - left - right) * (1 if panel.is_square else FLAT) * panel.weight
    return frame + above + below + (TITLE_PIXELS if panel.title else 0)


def _axis(name: str, axis: Axis, label: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        "Label": attribute_text(label) if label else None,
        "LabelAnchor": "center",
        "LabelArrow": "none",
        "Domain": list(axis.domain) if axis.domain is not None else None,
        "Scale": axis.scale,
        "Grid": axis.has_grid,
        "Ticks": [value for value, text in axis.ticks if text] if axis.ticks is not None else None,
        "TickFormat": axis.format or None,
    }
    return {f"{name}{key}": value for key, value in given.items() if value is not None or key == "Label"}


def _note(panel: Panel) -> list[dict[str, Any]]:
    """What stands in the corner of the panel."""
    if not panel.note:
        return []
    up, side = panel.note_corner.split()
    look: dict[str, Any] = {
        "fill": "#404040",
        "dx": 6 if side == "left" else -6,
        "dy": 6 if up == "top" else -6,
    }
    anchors: dict[str, Any] = {
        "frameAnchor": f"{up}-{side}",
        "textAnchor": "start" if side == "left" else "end",
    }
    return [mark("text", {TEXT: [panel.note]}, at={"text": TEXT}, **anchors, **look)]


def _named(shapes: Shapes) -> frozenset[str]:
    return frozenset(series for panel in shapes.panels for series in _series_of(panel))


def _series_of(panel: Panel) -> list[str]:
    return [series for mark in panel.marks if (series := _series(mark)) is not None]


def _series(mark: DrawnMark) -> str | None:
    """What the legend calls the mark; None where it does not filter it."""
    return mark.series if isinstance(mark, OfSeries) else None


def _drawn(
    name: str,
    one: OfSeries,
    facets: Facets,
    columns: Mapping[str, Sequence[Any]],
    at: Mapping[str, str],
    paint: Literal["stroke", "fill"],
    tips: Tips = (),
    **look: Any,
) -> dict[str, Any]:
    """A mark in the colour of its series where it has one, which the legend filters, or in its own.

    `facets`: of which evaluation it tells.
    """
    texts_of = {f"told{place}": texts for place, (_, texts) in enumerate(tips)}
    length = len(next(iter(columns.values())))
    named = {SERIES: [one.series] * length} if one.series is not None else {}
    return mark(
        name,
        {**columns, **texts_of, **named, **facet_columns([facets] * length)},
        at=at,
        tips={tip: f"told{place}" for place, (tip, _) in enumerate(tips)},
        is_filtered=one.series is not None,
        **{paint: SERIES if one.series is not None else one.colour},
        **look,
    )


def _line(one: Line, facets: Facets) -> list[dict[str, Any]]:
    width = one.thickness * PIXELS_A_POINT
    look: dict[str, Any] = {"strokeWidth": width, "strokeOpacity": one.opacity, **_dashes(one.dash, width)}
    return [_drawn("line", one, facets, {X: one.x, Y: one.y}, {"x": X, "y": Y}, "stroke", one.tips, **look)]


def _band(one: Band, facets: Facets) -> list[dict[str, Any]]:
    columns, at = {X: one.x, Y: one.lower, Y2: one.upper}, {"x1": X, "y1": Y, "y2": Y2}
    return [_drawn("area", one, facets, columns, at, "fill", fillOpacity=one.opacity)]


def _points(one: Points, facets: Facets) -> list[dict[str, Any]]:
    look: dict[str, Any] = {"r": one.size * PIXELS_A_POINT / 2, "fillOpacity": one.opacity}
    if one.edge is not None:
        look["stroke"] = one.edge
    if one.symbol != CIRCLE:
        look["symbol"] = one.symbol
    return [_drawn("dot", one, facets, {X: one.x, Y: one.y}, {"x": X, "y": Y}, "fill", one.tips, **look)]


def _whiskers(one: Whiskers, facets: Facets) -> list[dict[str, Any]]:
    columns = {X: one.at, Y: one.lower, Y2: one.upper}
    look: dict[str, Any] = {"strokeWidth": one.thickness * PIXELS_A_POINT, "strokeOpacity": one.opacity}
    name, at = (
        ("ruleX", {"x": X, "y1": Y, "y2": Y2}) if one.along == "y" else ("ruleY", {"y": X, "x1": Y, "x2": Y2})
    )
    return [_drawn(name, one, facets, columns, at, "stroke", **look)]


def _steps(one: Steps, facets: Facets) -> list[dict[str, Any]]:
    if one.is_filled or one.tips:
        columns = {X: one.edges[:-1], X2: one.edges[1:], Y: [0.0] * len(one.values), Y2: one.values}
        at = {"x1": X, "x2": X2, "y1": Y, "y2": Y2}
        opacity = one.opacity if one.is_filled else 0.0
        return [_drawn("rect", one, facets, columns, at, "fill", one.tips, fillOpacity=opacity)]
    x = [edge for ends in pairwise(one.edges) for edge in ends]
    y = [value for value in one.values for _ in range(2)]
    width = one.thickness * PIXELS_A_POINT
    look: dict[str, Any] = {"strokeWidth": width, **_dashes(one.dash, width)}
    return [_drawn("line", one, facets, {X: x, Y: y}, {"x": X, "y": Y}, "stroke", **look)]


def _rule(one: Rule, facets: Facets) -> list[dict[str, Any]]:
    width = one.thickness * PIXELS_A_POINT
    look: dict[str, Any] = {"stroke": one.colour, "strokeWidth": width, **_dashes(one.dash, width)}
    return [mark("ruleX", x=[one.at], **look) if one.axis == "x" else mark("ruleY", y=[one.at], **look)]


def _texts(one: TextMarks, facets: Facets) -> list[dict[str, Any]]:
    columns = {X: one.x, Y: one.y, TEXT: one.texts}
    anchor = {"left": "start", "middle": "middle", "right": "end"}[one.anchor]
    look: dict[str, Any] = {"fill": one.colour, "textAnchor": anchor, "fontSize": 10 * one.size}
    return [mark("text", columns, at={"x": X, "y": Y, "text": TEXT}, **look)]


def _dashes(dash: Sequence[float], width: float) -> dict[str, Any]:
    """Lengths in pixels, of those in units of the line's width."""
    return {"strokeDasharray": ",".join(f"{length * width:g}" for length in dash)} if dash else {}


_DRAWN_BY: Mapping[type[DrawnMark], Callable[[Any, Facets], list[dict[str, Any]]]] = {
    Line: _line,
    Band: _band,
    Points: _points,
    Whiskers: _whiskers,
    Steps: _steps,
    Rule: _rule,
    TextMarks: _texts,
}
