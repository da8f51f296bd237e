"""What of a plot cannot be drawn as shapes, and so is drawn by a browser alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vizspec.draw.shapes.plots.aggregates import AGGREGATES, QUANTILE
from vizspec.draw.shapes.plots.colours import SCALES as COLOUR_SCALES
from vizspec.draw.shapes.plots.colours import is_scheme
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn, Transformed
from vizspec.draw.shapes.plots.rows import BIN

SCALES = (None, "linear", "log", "time", "utc", "band", "point")
"""The scales of axes that are drawn."""
PLACES = frozenset({"x", "y", "fx", "fy", "z"})
ENDS = frozenset({"x1", "x2", "y1", "y2"})
PAINT = frozenset({"fill", "stroke", "fill_opacity", "stroke_opacity", "opacity", "stroke_width"})
DASHED = frozenset({"stroke_dasharray", "stroke_dashoffset"})
JOINED = frozenset({"curve", "tension", "marker", "marker_start", "marker_mid", "marker_end"})
TEXT = frozenset({"text", "dx", "dy", "styles", "frame_anchor", "line_anchor", "shift_overlapping_text"})
NO_MATTER = frozenset(
    {
        *(
            "tip",
            "title",
            "channels",
            "aria_label",
            "aria_description",
            "aria_hidden",
            "pointer_events",
            "clip",
        ),
        *("margin", "margin_top", "margin_right", "margin_bottom", "margin_left", "paint_order", "rx", "ry"),
        *("inset", "inset_top", "inset_right", "inset_bottom", "inset_left", "shape_rendering", "precision"),
        *("stroke_linecap", "stroke_linejoin", "stroke_miterlimit", "text_stroke", "text_stroke_width"),
    }
)
"""Arguments that change no number, and what is seen of it little or not at all."""
ARGUMENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("dot", "circle", "hexagon"), PLACES | PAINT | {"r", "symbol"}),
    **dict.fromkeys(("line", "line_x", "line_y"), PLACES | PAINT | DASHED | JOINED),
    "area": PLACES | ENDS | PAINT | {"curve", "tension"},
    "area_x": PLACES | {"x1", "x2"} | PAINT | {"curve", "tension"},
    "area_y": PLACES | {"y1", "y2"} | PAINT | {"curve", "tension"},
    **dict.fromkeys(("bar_x", "bar_y", "rect", "rect_x", "rect_y"), PLACES | ENDS | PAINT),
    "cell": PLACES | PAINT,
    **dict.fromkeys(("rule_x", "rule_y"), PLACES | ENDS | PAINT | DASHED | JOINED),
    **dict.fromkeys(("tick_x", "tick_y"), PLACES | PAINT),
    **dict.fromkeys(("text", "text_x", "text_y"), PLACES | PAINT | TEXT),
    "link": PLACES | ENDS | PAINT | DASHED | {"curve"},
    **dict.fromkeys(("error_bar_x", "error_bar_y"), PLACES | PAINT | {"ci", "marker"}),
    "regression_y": PLACES | PAINT | DASHED | {"ci"},
    "frame": PAINT,
    **dict.fromkeys(("grid_x", "grid_y", "axis_x", "axis_y"), frozenset[str]()),
}
"""The marks that are drawn, with their arguments that are heeded."""
CURVES = (None, "linear", "step", "step-before", "step-after")
MARKERS = (None, False, True, "none", "dot", "circle", "tick", "tick-x", "tick-y")
CONSTANT = ("opacity", "fill_opacity", "stroke_opacity", "stroke_width", "stroke_dasharray", "dx", "dy")
"""Arguments that are heeded where they are constants."""
FILTERED = ("value", "values")
"""Arguments of inputs with which a page begins with some of the rows."""


def browser_alone(
    marks: Sequence[PlotCall], inputs: Sequence[PlotCall], attributes: Mapping[str, Any]
) -> tuple[str, ...]:
    """What of the plot shapes do not say, each once; nothing where they say all of it."""
    found = [
        *(one for mark in marks for one in _of_mark(mark, attributes)),
        *(
            f"`{name}` of {call.function}"
            for call in inputs
            for name, value in call.arguments
            if name in FILTERED and value not in (None, "all")
        ),
        *_of_scales(attributes),
    ]
    return tuple(dict.fromkeys(found))


def _of_mark(mark: PlotCall, attributes: Mapping[str, Any]) -> Iterator[str]:
    heeded = ARGUMENTS.get(mark.function)
    if heeded is None:
        yield mark.function
        return
    for name, value in mark.arguments:
        if isinstance(value, Transformed):
            yield from _of_transform(value, name, attributes)
        if name in NO_MATTER or value is None:
            continue
        is_column = isinstance(value, PlotColumn | Transformed)
        if name not in heeded or (is_column and name in CONSTANT) or not _is_drawn(name, value):
            yield f"`{name}` of {mark.function}"


def _is_drawn(name: str, value: Any) -> bool:
    if name == "curve":
        return value in CURVES
    if name.startswith("marker"):
        return value in MARKERS
    return True


def _of_transform(value: Transformed, name: str, attributes: Mapping[str, Any]) -> Iterator[str]:
    if value.transform == BIN:
        scale = attributes.get(f"{name[0]}_scale")
        if dict(value.arguments).get("interval") not in (None, "number") or scale not in (None, "linear"):
            yield "bins of dates or of a scale that is not linear"
    elif value.transform not in AGGREGATES and value.transform != QUANTILE:
        yield f"the transform {value.transform}"


def _of_scales(attributes: Mapping[str, Any]) -> Iterator[str]:
    for side in ("x", "y"):
        scale = attributes.get(f"{side}_scale")
        if scale not in SCALES:
            yield f"a {scale} scale"
        elif scale not in ("band", "point") and _is_piecewise(attributes.get(f"{side}_domain")):
            yield "a domain of more than two numbers"
    colour = attributes.get("color_scale")
    if colour not in COLOUR_SCALES:
        yield f"a {colour} scale of colours"
    scheme = attributes.get("color_scheme")
    if scheme is not None and not is_scheme(scheme):
        yield f"the scheme {scheme}"


def _is_piecewise(domain: Any) -> bool:
    is_list = isinstance(domain, tuple | list) and len(domain) > 2
    return is_list and all(isinstance(one, int | float) for one in domain)
