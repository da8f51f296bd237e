"""Shapes as charts of inspect-viz's marks: what matplotlib draws, with tips and a legend that filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.inspectviz import data_of
from vizspec.draw.charts.texts import attribute_text, shortened
from vizspec.draw.palette import CIRCLE
from vizspec.draw.shapes.model import (
    Axis,
    Band,
    Line,
    Mark,
    Panel,
    Points,
    Rule,
    Shapes,
    Steps,
    Texts,
    Told,
    Whiskers,
)

SERIES = "series"
X, Y, X2, Y2 = "x", "y", "x2", "y2"
PIXELS_A_POINT = 4 / 3
SQUARE_FRAME = (52, 12, 26, 40)
"""Pixels left, right, above and below a panel's frame."""
MARGINS = ("margin_left", "margin_right", "margin_top", "margin_bottom")
TITLE_PIXELS = 20
CHARACTER_PIXELS = 8.6
"""The width of an average character of a title."""
LEGEND_CHARACTER, LEGEND_SIGN = 6.2, 36
"""Pixels that a character of the legend takes, and an entry besides."""
FLAT = 0.62
"""The height of a panel that is no square, against its width."""


def component_of(shapes: Shapes, facets: Sequence[Facets] = ()) -> Any:
    """The component: a plot for each panel, in the grid of the shapes; its title is its page's.

    `facets` are of what each panel tells; where there are fewer series than panels, of what each series does.

    Numbers alone: panels whose axes have categories have views of inspect-viz's own.

    Raises:
        ValueError: an axis has categories, or a mark is not drawn here; the page would be empty.
    """
    _check_is_drawn(shapes)
    from inspect_viz import Selection
    from inspect_viz.layout import hconcat, vconcat

    selection = Selection.intersect()
    of = _Of(shapes, facets)
    plots: list[Any] = [
        _plot(panel, place, shapes, selection, of.panel(place)) for place, panel in enumerate(shapes.panels)
    ]
    rows = [plots[at : at + shapes.columns] for at in range(0, len(plots), shapes.columns)]
    return vconcat(*(hconcat(*row) if len(row) > 1 else row[0] for row in rows))


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

    def panel(self, place: int) -> Callable[[Mark], Facets]:
        """Of which evaluation a mark of this panel tells."""
        own = self._of_panels[place] if place < len(self._of_panels) else NO_FACETS
        return lambda mark: self._of_series.get(getattr(mark, "series", None) or "", own)


def _plot(
    panel: Panel, place: int, shapes: Shapes, selection: Any, facets_of: Callable[[Mark], Facets]
) -> Any:
    from inspect_viz.plot import legend, plot

    marks = [
        mark for one in panel.marks for mark in _DRAWN_BY[type(one)](one, _Shared(selection, facets_of(one)))
    ]
    width = shapes.width / shapes.columns
    is_last = place == len(shapes.panels) - 1
    keys = {key.label: key.colour for key in shapes.legend if key.label in _named(shapes)}
    attributes: dict[str, Any] = {
        "width": width,
        "height": _height(panel, width),
        **dict(zip(MARGINS, SQUARE_FRAME, strict=True)),
        **_axis("x", panel.x, panel.x.label or shapes.x_label),
        **_axis("y", panel.y, panel.y.label or shapes.y_label),
    }
    if panel.title:
        title = shortened(panel.title, int(width / CHARACTER_PIXELS))
        attributes |= {"title": attribute_text(title), "margin_top": attributes["margin_top"] + TITLE_PIXELS}
    if keys and _series_of(panel):
        attributes |= {"color_domain": list(keys), "color_range": list(keys.values())}
        if is_last and len(keys) > 1:
            pixels = sum(len(label) * LEGEND_CHARACTER + LEGEND_SIGN for label in keys)
            columns = max(1, int(width * len(keys) / pixels)) if pixels > width else None
            attributes["legend"] = legend("color", frame_anchor="bottom", columns=columns, target=selection)
    return plot(*marks, *_note(panel), **attributes)


def _height(panel: Panel, width: float) -> float:
    left, right, above, below = SQUARE_FRAME
    frame = (width - left - right) * (1 if panel.is_square else FLAT) * panel.weight
    return frame + above + below + (TITLE_PIXELS if panel.title else 0)


def _axis(name: str, axis: Axis, label: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        "label": attribute_text(label) if label else None,
        "label_anchor": "center",
        "label_arrow": "none",
        "domain": list(axis.domain) if axis.domain is not None else None,
        "scale": axis.scale,
        "grid": axis.has_grid,
        "ticks": [value for value, text in axis.ticks if text] if axis.ticks is not None else None,
        "tick_format": "~s" if axis.is_short else None,
    }
    return {f"{name}_{key}": value for key, value in given.items() if value is not None or key == "label"}


def _note(panel: Panel) -> list[Any]:
    """What stands in the corner of the panel."""
    from inspect_viz.mark import text

    if not panel.note:
        return []
    up, side = panel.note_corner.split()
    anchor: Any = f"{up}-{side}"
    places: dict[str, Any] = {"dx": 6 if side == "left" else -6, "dy": 6 if up == "top" else -6}
    lines: dict[str, Any] = {"styles": {"text_anchor": "start" if side == "left" else "end"}}
    return [text(text=[panel.note], frame_anchor=anchor, fill="#404040", **places, **lines)]


def _named(shapes: Shapes) -> frozenset[str]:
    return frozenset(series for panel in shapes.panels for series in _series_of(panel))


def _series_of(panel: Panel) -> list[str]:
    found = (getattr(mark, "series", None) for mark in panel.marks)
    return [series for series in found if series is not None]


class _Shared(NamedTuple):
    """What a mark is drawn with: the selection that legends filter by, and of which evaluation it tells."""

    selection: Any
    facets: Facets


class _Drawn:
    """One mark's data, and what all marks are given."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[Any]],
        series: str | None,
        colour: str,
        shared: _Shared,
        told: Told = (),
    ) -> None:
        tips = {f"told{place}": list(texts) for place, (_, texts) in enumerate(told)}
        length = len(next(iter(columns.values())))
        named = {SERIES: [series] * length} if series is not None else {}
        own = {name: list(values) for name, values in columns.items()}
        self.data = data_of({**own, **tips, **named, **facet_columns([shared.facets] * length)})
        self.paint: Any = SERIES if series is not None else colour
        self.shared: dict[str, Any] = {"filter_by": shared.selection} if series is not None else {}
        if told:
            channels = {name: f"told{place}" for place, (name, _) in enumerate(told)}
            self.shared |= {"tip": True, "channels": channels}


def _line(mark: Line, shared: _Shared) -> list[Any]:
    from inspect_viz.mark import line

    one = _Drawn({X: mark.x, Y: mark.y}, mark.series, mark.colour, shared, mark.told)
    width = mark.thickness * PIXELS_A_POINT
    dash: dict[str, Any] = {"stroke_dasharray": _dash(mark.dash, width)} if mark.dash else {}
    look: dict[str, Any] = {"stroke_width": width, "stroke_opacity": mark.opacity, **dash}
    return [line(one.data, x=X, y=Y, stroke=one.paint, **look, **one.shared)]


def _band(mark: Band, shared: _Shared) -> list[Any]:
    from inspect_viz.mark import area

    one = _Drawn({X: mark.x, Y: mark.lower, Y2: mark.upper}, mark.series, mark.colour, shared)
    return [area(one.data, x1=X, y1=Y, y2=Y2, fill=one.paint, fill_opacity=mark.opacity, **one.shared)]


def _points(mark: Points, shared: _Shared) -> list[Any]:
    from inspect_viz.mark import dot

    one = _Drawn({X: mark.x, Y: mark.y}, mark.series, mark.colour, shared, mark.told)
    radius = mark.size * PIXELS_A_POINT / 2
    look: dict[str, Any] = {"stroke": mark.edge} if mark.edge is not None else {}
    if mark.symbol != CIRCLE:
        look["symbol"] = mark.symbol
    return [
        dot(one.data, x=X, y=Y, fill=one.paint, r=radius, fill_opacity=mark.opacity, **look, **one.shared)
    ]


def _whiskers(mark: Whiskers, shared: _Shared) -> list[Any]:
    from inspect_viz.mark import rule_x, rule_y

    one = _Drawn({X: mark.at, Y: mark.lower, Y2: mark.upper}, mark.series, mark.colour, shared)
    look: dict[str, Any] = {"stroke_width": mark.thickness * PIXELS_A_POINT, "stroke_opacity": mark.opacity}
    if mark.along == "y":
        return [rule_x(one.data, x=X, y1=Y, y2=Y2, stroke=one.paint, **look, **one.shared)]
    return [rule_y(one.data, y=X, x1=Y, x2=Y2, stroke=one.paint, **look, **one.shared)]


def _steps(mark: Steps, shared: _Shared) -> list[Any]:
    from inspect_viz.mark import line, rect

    if mark.is_filled or mark.told:
        columns = {X: mark.edges[:-1], X2: mark.edges[1:], Y: [0.0] * len(mark.values), Y2: mark.values}
        one = _Drawn(columns, mark.series, mark.colour, shared, mark.told)
        opacity = mark.opacity if mark.is_filled else 0.0
        return [rect(one.data, x1=X, x2=X2, y1=Y, y2=Y2, fill=one.paint, fill_opacity=opacity, **one.shared)]
    x = [edge for ends in pairwise(mark.edges) for edge in ends]
    y = [value for value in mark.values for _ in range(2)]
    one = _Drawn({X: x, Y: y}, mark.series, mark.colour, shared)
    width = mark.thickness * PIXELS_A_POINT
    dash: dict[str, Any] = {"stroke_dasharray": _dash(mark.dash, width)} if mark.dash else {}
    return [line(one.data, x=X, y=Y, stroke=one.paint, stroke_width=width, **dash, **one.shared)]


def _rule(mark: Rule, shared: _Shared) -> list[Any]:
    from inspect_viz.mark import rule_x, rule_y

    look: dict[str, Any] = {"stroke": mark.colour, "stroke_width": mark.thickness * PIXELS_A_POINT}
    if mark.dash:
        look["stroke_dasharray"] = _dash(mark.dash, look["stroke_width"])
    return [rule_x(x=[mark.at], **look) if mark.axis == "x" else rule_y(y=[mark.at], **look)]


def _texts(mark: Texts, shared: _Shared) -> list[Any]:
    from inspect_viz.mark import text

    anchor = {"left": "start", "middle": "middle", "right": "end"}[mark.anchor]
    styles: dict[str, Any] = {"styles": {"text_anchor": anchor, "font_size": 10 * mark.size}}
    return [text(x=list(mark.x), y=list(mark.y), text=list(mark.texts), fill=mark.colour, **styles)]


def _dash(dash: Sequence[float], width: float) -> str:
    """Lengths in pixels, of those in units of the line's width."""
    return ",".join(f"{length * width:g}" for length in dash)


_DRAWN_BY: Mapping[type[Mark], Callable[[Any, Any], list[Any]]] = {
    Line: _line,
    Band: _band,
    Points: _points,
    Whiskers: _whiskers,
    Steps: _steps,
    Rule: _rule,
    Texts: _texts,
}
