"""The marks of one panel of a plot as shapes: every row at its places, in its colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from vizspec.draw.shapes.model import DrawnMark
from vizspec.draw.shapes.plots.boxes import boxes, frames, rules, ticks
from vizspec.draw.shapes.plots.dots import dots, texts
from vizspec.draw.shapes.plots.lines import areas, lines, links, regressions
from vizspec.draw.shapes.plots.paint import MarkScales
from vizspec.draw.shapes.plots.rows import DrawnRow, Layer


def marks_of(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """The shapes of these rows of a layer."""
    draw = _DRAWN_BY.get(layer.function)
    if draw is not None:
        yield from draw(layer, rows, frame)


_DRAWN_BY: Mapping[str, Callable[[Layer, Sequence[DrawnRow], MarkScales], Iterator[DrawnMark]]] = {
    **dict.fromkeys(("dot", "circle", "hexagon"), dots),
    **dict.fromkeys(("text", "text_x", "text_y"), texts),
    **dict.fromkeys(("line", "line_x", "line_y"), lines),
    **dict.fromkeys(("area", "area_x", "area_y"), areas),
    **dict.fromkeys(("bar_x", "bar_y", "cell", "rect", "rect_x", "rect_y"), boxes),
    **dict.fromkeys(("rule_x", "rule_y", "error_bar_x", "error_bar_y"), rules),
    **dict.fromkeys(("tick_x", "tick_y"), ticks),
    "link": links,
    "regression_y": regressions,
    "frame": frames,
}
