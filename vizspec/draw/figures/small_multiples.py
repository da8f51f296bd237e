"""Panels of numbers in a grid, drawn as a few collections on one canvas.

A panel as axes of its own has spines, ticks, labels and a layout that is found by drawing all of them:
ten times the work of what is seen in it. Here the panels' places are known before anything is drawn, and
what lies at one depth in all of them is one collection.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from vizspec.draw.figures.grid_layout import (
    TICK,
    TITLE_PAD,
    CanvasBox,
    GridLayout,
    TextLines,
    TickLabels,
    across,
    grid_layout,
)
from vizspec.draw.figures.legend import SYMBOLS, dashes, draw_legend, legend_inches
from vizspec.draw.figures.mpl import BASE_DPI, MARGIN, NOTE_BOX, NOTE_CORNERS, SIZES, Sizes, styled
from vizspec.draw.figures.panel_pieces import PIECES, Dots, Fill, Pane, Piece, Stroke, pieces_of
from vizspec.draw.figures.room import CHARACTER, POINTS, characters, panel_titles, title_lines
from vizspec.draw.figures.ticks import ticks_of
from vizspec.draw.shapes.dates import AxisTicks
from vizspec.draw.shapes.figure_size import FigureStyle, size_of
from vizspec.draw.shapes.model import Axis, DrawnMark, Panel, Shapes, Whiskers

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

ALMOST = 1e-9
WORDS = 4.0
"""The depth of what is written."""


def are_small_multiples(shapes: Shapes) -> bool:
    """Whether the figure is a grid of panels of numbers, all that is drawn inside of their domains."""
    return (
        len(shapes.panels) > 1
        and shapes.colour_scale is None
        and all(_is_plain(panel) and not panel.is_layered for panel in shapes.panels)
        and len({panel.is_square for panel in shapes.panels}) == 1
    )


def small_multiples(shapes: Shapes, style: FigureStyle = "screen") -> Figure:
    """The figure of panels that `are_small_multiples`, in the style."""
    sizes, legend = SIZES[style], legend_inches(shapes, size_of(shapes, style).width, style)
    width, height = size_of(shapes, style)
    one = (width / shapes.columns, height / shapes.rows)
    ticks = [
        (ticks_of(panel.x, one[0], sizes.tick, "x"), ticks_of(panel.y, one[1], sizes.tick, "y"))
        for panel in shapes.panels
    ]
    labels = _tick_labels(shapes, ticks, sizes)
    room = across(shapes.columns, width, bool(shapes.y_label), labels, sizes).width
    titles = panel_titles(shapes, room, style)
    headings = _headings(shapes, width, sizes)
    layout = grid_layout(
        len(shapes.panels),
        shapes.columns,
        (width, height),
        _written(shapes, headings, titles),
        labels,
        sizes,
        legend,
        is_square=shapes.panels[0].is_square,
    )
    panes = [
        Pane(panel, box, *both) for panel, box, both in zip(shapes.panels, layout.boxes, ticks, strict=True)
    ]
    with styled(style):
        figure = _canvas(layout)
        for collection in _collections(pieces_of(panes), figure.dpi_scale_trans):
            figure.add_artist(collection)
        words = _Words(figure, sizes)
        words.write_panels(shapes, panes, titles)
        words.write_headings(layout, headings)
        anchor = (MARGIN / layout.width, MARGIN / layout.height)
        draw_legend(figure, shapes, width, style, loc="lower left", bbox_to_anchor=anchor, borderaxespad=0)
    return figure


def _is_plain(panel: Panel) -> bool:
    return (
        all(_is_numeric(axis) for axis in (panel.x, panel.y))
        and panel.weight == 1
        and all(type(mark) in PIECES and _is_inside(mark, panel) for mark in panel.marks)
    )


def _is_numeric(axis: Axis) -> bool:
    is_simple = axis.scale == "linear" and not (axis.categories or axis.is_hidden or axis.label)
    return is_simple and axis.domain is not None and axis.domain[0] < axis.domain[1]


def _is_inside(mark: DrawnMark, panel: Panel) -> bool:
    """Whether nothing of the mark lies beyond the panel, where it would lie in the next one."""
    if isinstance(mark, Whiskers) and (mark.has_caps or mark.along == "x"):
        return False
    box = CanvasBox(0.0, 0.0, 1.0, 1.0)
    pieces = PIECES[type(mark)](mark, Pane(panel, box, (), ()))
    known = (at for piece in pieces for place in piece.places for at in place if not isnan(at))
    return all(-ALMOST <= at <= 1 + ALMOST for at in known)


class Headings(NamedTuple):
    """What is said once for all panels, in lines."""

    title: str
    below: str
    beside: str


def _headings(shapes: Shapes, width: float, sizes: Sizes) -> Headings:
    title = title_lines(shapes.title, width, sizes.title)
    note = textwrap.wrap(shapes.note, characters(width, sizes.label))
    return Headings(title, "\n".join(filter(None, (shapes.x_label, *note))), shapes.y_label)


def _written(shapes: Shapes, headings: Headings, titles: Sequence[str]) -> TextLines:
    rows = (titles[at : at + shapes.columns] for at in range(0, len(titles), shapes.columns))
    most = tuple(max(_lines(title) for title in row) for row in rows)
    return TextLines(_lines(headings.title), most, _lines(headings.below), bool(headings.beside))


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def _tick_labels(shapes: Shapes, ticks: Sequence[tuple[AxisTicks, AxisTicks]], sizes: Sizes) -> TickLabels:
    character = CHARACTER * sizes.tick / POINTS
    beside = max((len(text) for _, y in ticks for _, text in y), default=0)
    last = max((len(x[-1][1]) for x, _ in ticks if x), default=0)
    return TickLabels(
        beside * character,
        last / 2 * character,
        is_beside_each=not shapes.shares_y,
        is_below_each=not shapes.shares_x,
    )


def _canvas(layout: GridLayout) -> Figure:
    """An empty figure, on which artists stand at inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(layout.width, layout.height), dpi=BASE_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _collections(pieces: Iterator[Piece], inches: Transform) -> Iterator[Any]:
    """A collection of all that lies at one depth and is drawn alike."""

    def key(piece: Piece) -> tuple[float, str, str]:
        return piece.depth, type(piece).__name__, piece.mark.symbol if isinstance(piece, Dots) else ""

    for (depth, name, _), alike in groupby(sorted(pieces, key=key), key):
        collection = _COLLECTED_BY[name](list(alike), inches)
        collection.set_zorder(depth)
        yield collection


def _strokes(strokes: Sequence[Stroke], inches: Transform) -> Any:
    from matplotlib.collections import LineCollection
    from matplotlib.colors import to_rgba

    return LineCollection(
        [one.places for one in strokes],
        colors=[to_rgba(one.colour, one.opacity) for one in strokes],
        linewidths=[one.thickness for one in strokes],
        linestyles=[dashes(one.dash) for one in strokes],
        joinstyle="round",
        transform=inches,
    )


def _fills(fills: Sequence[Fill], inches: Transform) -> Any:
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import to_rgba

    colours = [to_rgba(one.colour, one.opacity) for one in fills]
    return PolyCollection(
        [one.places for one in fills], facecolors=colours, edgecolors="none", linewidths=0, transform=inches
    )


def _dots(dots: Sequence[Dots], inches: Transform) -> Any:
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgba
    from matplotlib.markers import MarkerStyle
    from matplotlib.transforms import IdentityTransform

    mark = dots[0].mark
    marker = MarkerStyle(SYMBOLS[mark.symbol])
    each = [(one.mark, place) for one in dots for place in one.places]
    collection = PathCollection(
        [marker.get_path().transformed(marker.get_transform())],
        [one.size**2 for one, _ in each],
        offsets=[place for _, place in each],
        offset_transform=inches,
        facecolors=[to_rgba(one.colour, one.opacity) for one, _ in each],
        edgecolors=[one.edge or "none" for one, _ in each],
        linewidths=[0.7 if one.edge else 0 for one, _ in each],
    )
    collection.set_transform(IdentityTransform())
    return collection


_COLLECTED_BY: Mapping[str, Callable[[Any, Transform], Any]] = {
    "Stroke": _strokes,
    "Fill": _fills,
    "Dots": _dots,
}


class _Words:
    """Writes on a figure at inches, in the sizes of its style."""

    def __init__(self, figure: Figure, sizes: Sizes) -> None:
        self._figure = figure
        self._sizes = sizes

    def write_panels(self, shapes: Shapes, panes: Sequence[Pane], titles: Sequence[str]) -> None:
        """Titles, notes and the labels of ticks: below the lowest panels and beside the first of each row,
        where all share their axes.
        """
        for place, (pane, title) in enumerate(zip(panes, titles, strict=True)):
            left, bottom, _, height = pane.box
            if title:
                top = bottom + height + TITLE_PAD
                self._write(left, top, title, self._sizes.small, fontweight="bold", va="baseline")
            if not shapes.shares_x or place + shapes.columns >= len(panes):
                self._label_x(pane)
            if not shapes.shares_y or place % shapes.columns == 0:
                self._label_y(pane)
            if pane.panel.note:
                self._write_note(pane)

    def write_headings(self, layout: GridLayout, headings: Headings) -> None:
        """The title above all panels, and the names of their axes."""
        middle, up = layout.middle
        top, size = layout.height - MARGIN, self._sizes
        if headings.title:
            self._write(0.01 * layout.width, top, headings.title, size.title, fontweight="bold", va="top")
        if headings.below:
            self._write(middle, layout.below, headings.below, size.label, ha="center", va="bottom")
        if headings.beside:
            self._write(layout.beside, up, headings.beside, size.label, rotation=90, va="center")

    def _label_x(self, pane: Pane) -> None:
        y = pane.box.bottom - 2 * TICK
        for value, text in pane.x_ticks:
            if text:
                self._write(pane.x_at(value), y, text, self._sizes.tick, ha="center", va="top")

    def _label_y(self, pane: Pane) -> None:
        x = pane.box.left - 2 * TICK
        for value, text in pane.y_ticks:
            if text:
                self._write(x, pane.y_at(value), text, self._sizes.tick, ha="right", va="center_baseline")

    def _write_note(self, pane: Pane) -> None:
        right, up = NOTE_CORNERS[pane.panel.note_corner]
        vertical, horizontal = pane.panel.note_corner.split()
        x, y = pane.box.left + right * pane.box.width, pane.box.bottom + up * pane.box.height
        look: dict[str, Any] = {"ha": horizontal, "va": vertical, "bbox": NOTE_BOX}
        self._write(x, y, pane.panel.note, self._sizes.tick, **look)

    def _write(self, x: float, y: float, text: str, size: float, **look: Any) -> None:
        self._figure.text(
            x, y, text, fontsize=size, transform=self._figure.dpi_scale_trans, zorder=WORDS, **look
        )
