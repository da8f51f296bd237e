"""Each kind of mark as matplotlib draws it on a panel's axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import nan
from typing import TYPE_CHECKING, Any

from vizspec.draw.figures.legend import SYMBOLS, dashes
from vizspec.draw.figures.mpl import BASE_DPI, HALO, MARGIN
from vizspec.draw.figures.room import characters
from vizspec.draw.palette import Symbol
from vizspec.draw.shapes.column_widths import BOLD, shortened, widths_of
from vizspec.draw.shapes.model import (
    INK,
    Area,
    Axis,
    AxisPlace,
    Band,
    Bars,
    Boxes,
    Cells,
    DrawnMark,
    DrawnTable,
    Line,
    Panel,
    Points,
    Rule,
    Slot,
    Steps,
    TextMarks,
    Ticks,
    Whiskers,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FILLED = 0.8
"""The part of a category that its bars fill."""
BAR = 0.92
"""The part of its slot that a bar fills."""
TABLE_LINE = "#dddddd"
LARGER: Mapping[Symbol, float] = {"star": 1.5, "cross": 1.25, "plus": 1.25, "times": 1.1}
"""How much larger than a circle symbols are drawn that look as large."""
UNFILLED = ("wye", "plus", "asterisk", "times")
"""Symbols that are lines."""


def draw_mark(ax: Axes, mark: DrawnMark, panel: Panel) -> None:
    """Draws one of the panel's marks."""
    _DRAWN_BY[type(mark)](ax, mark, panel)


def _position(place: AxisPlace, axis: Axis, slot: Slot) -> float:
    """The number at which a place stands: categories at their rank, moved by the slot within it."""
    if not axis.categories or not isinstance(place, str):
        return float(place)
    which, of = slot
    return axis.categories.index(place) + ((which + 0.5) / of - 0.5) * FILLED


def _positions(places: Sequence[AxisPlace], axis: Axis, slot: Slot = (0, 1)) -> list[float]:
    return [_position(place, axis, slot) for place in places]


def _across(mark: Bars | Whiskers | Ticks, panel: Panel) -> list[float]:
    """Where marks that run along one axis stand on the other."""
    return _positions(mark.at, panel.x if mark.along == "y" else panel.y, mark.slot)


def _bars(ax: Axes, mark: Bars, panel: Panel) -> None:
    places = _across(mark, panel)
    if mark.thickness is not None:
        zero = [0.0] * len(places)
        lines = ax.vlines if mark.along == "y" else ax.hlines
        lines(places, zero, mark.values, colors=mark.colour, linewidth=mark.thickness, capstyle="round")
        return
    thickness = FILLED / mark.slot[1] * (BAR if mark.slot[1] > 1 else 1)
    if mark.along == "y":
        ax.bar(places, mark.values, width=thickness, color=mark.colour)
    else:
        ax.barh(places, mark.values, height=thickness, color=mark.colour)


def _whiskers(ax: Axes, mark: Whiskers, panel: Panel) -> None:
    places = _across(mark, panel)
    lines = ax.vlines if mark.along == "y" else ax.hlines
    if mark.halo is not None:
        width = mark.thickness + HALO
        lines(places, mark.lower, mark.upper, colors=mark.halo, linewidth=width, zorder=2.8)
    lines(
        places,
        mark.lower,
        mark.upper,
        colors=mark.colour,
        linewidth=mark.thickness,
        alpha=mark.opacity,
        zorder=2.9,
    )
    if mark.has_caps:
        for ends in (mark.lower, mark.upper):
            _short_lines(ax, mark, places, ends, mark.thickness)


def _ticks(ax: Axes, mark: Ticks, panel: Panel) -> None:
    _short_lines(ax, mark, _across(mark, panel), mark.values, mark.thickness)


def _short_lines(
    ax: Axes, mark: Whiskers | Ticks, places: Sequence[float], values: Sequence[float], thickness: float
) -> None:
    half = 0.5 * FILLED / mark.slot[1] * (0.4 if isinstance(mark, Whiskers) else BAR)
    starts, ends = [place - half for place in places], [place + half for place in places]
    lines = ax.hlines if mark.along == "y" else ax.vlines
    lines(values, starts, ends, colors=mark.colour, linewidth=thickness, zorder=3)


def _points(ax: Axes, mark: Points, panel: Panel) -> None:
    is_line, scale = mark.symbol in UNFILLED, LARGER.get(mark.symbol, 1.0)
    edge = mark.edge or (mark.colour if is_line else None)
    ax.scatter(
        _positions(mark.x, panel.x, mark.slot),
        _positions(mark.y, panel.y, mark.slot),
        s=[(size * scale) ** 2 for size in mark.sizes or (mark.size,)],
        marker=SYMBOLS[mark.symbol],
        linewidths=mark.edge_width if edge else 0,
        **{"c": edge} if is_line else {"c": mark.colour, "edgecolors": edge or "none"},
        alpha=mark.opacity,
        zorder=3.1,
        clip_on=False,
    )


def _line(ax: Axes, mark: Line, panel: Panel) -> None:
    known = [nan if place is None else _position(place, panel.y, (0, 1)) for place in mark.y]
    ax.plot(
        _positions(mark.x, panel.x),
        known,
        color=mark.colour,
        linestyle=dashes(mark.dash),
        linewidth=mark.thickness,
        alpha=mark.opacity,
        solid_joinstyle="round",
    )


def _band(ax: Axes, mark: Band, panel: Panel) -> None:
    lower = [nan if value is None else value for value in mark.lower]
    upper = [nan if value is None else value for value in mark.upper]
    places = _positions(mark.x, panel.x)
    ax.fill_between(places, lower, upper, color=mark.colour, alpha=mark.opacity, linewidth=0)


def _area(ax: Axes, mark: Area, panel: Panel) -> None:
    ax.fill(mark.x, mark.y, color=mark.colour, alpha=mark.opacity, linewidth=0)


def _steps(ax: Axes, mark: Steps, panel: Panel) -> None:
    outline: dict[str, Any] = {} if mark.is_filled else {"linewidth": mark.thickness}
    ax.stairs(
        mark.values,
        mark.edges,
        fill=mark.is_filled,
        color=mark.colour,
        alpha=mark.opacity,
        linestyle=dashes(mark.dash),
        **outline,
    )


def _rule(ax: Axes, mark: Rule, panel: Panel) -> None:
    across = ax.axvline if mark.axis == "x" else ax.axhline
    look: dict[str, Any] = {"linestyle": dashes(mark.dash), "linewidth": mark.thickness}
    across(mark.at, color=mark.colour, alpha=mark.opacity, zorder=1.5, **look)


def _boxes(ax: Axes, mark: Boxes, panel: Panel) -> None:
    from matplotlib.collections import PatchCollection
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Rectangle

    ends = zip(mark.x1, mark.x2, mark.y1, mark.y2, strict=True)
    boxes = [Rectangle((x1, y1), x2 - x1, y2 - y1) for x1, x2, y1, y2 in ends]
    fills = [to_rgba(colour, mark.opacity) for colour in mark.colours]
    width = mark.edge_width if mark.edge else 0
    edge = mark.edge or "none"
    ax.add_collection(PatchCollection(boxes, facecolors=fills, edgecolors=edge, linewidths=width))


def _cells(ax: Axes, mark: Cells, panel: Panel) -> None:
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    places = list(zip(_positions(mark.x, panel.x), _positions(mark.y, panel.y), strict=True))
    cells = [Rectangle((x - 0.48, y - 0.48), 0.96, 0.96) for x, y in places]
    ax.add_collection(PatchCollection(cells, facecolors=mark.colours, edgecolors="none"), autolim=False)
    for (x, y), text in zip(places, mark.texts, strict=True):
        if text:
            ax.text(x, y, text, ha="center", va="center", color=mark.ink, fontsize="small")
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)


def _texts(ax: Axes, mark: TextMarks, panel: Panel) -> None:
    from matplotlib import rcParams

    sides = {"left": "left", "middle": "center", "right": "right"}
    # A stroke around it would make lines of the text.
    paper = {"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.6} if mark.has_halo else None
    places = zip(_positions(mark.x, panel.x), _positions(mark.y, panel.y), mark.texts, strict=True)
    for x, y, text in places:
        ax.annotate(
            text,
            (x, y),
            mark.offset,
            textcoords="offset points",
            ha=sides[mark.anchor],
            va="center",
            color=mark.colour,
            fontsize=mark.size * rcParams["xtick.labelsize"],
            bbox=paper,
            annotation_clip=False,
        )


def _table(ax: Axes, mark: DrawnTable, panel: Panel) -> None:
    """The names of the columns, a line, and the rows from top to bottom, in characters that have room."""
    from matplotlib import rcParams

    size = rcParams["xtick.labelsize"]
    room = characters(ax.figure.bbox.width / BASE_DPI - 2 * MARGIN, size)
    widths = widths_of(mark.columns, room)
    ax.set_xlim(0, max(sum(widths), room))
    ax.set_ylim(mark.rows - 0.5, -1.5)
    ax.hlines(-0.5, 0, sum(widths), colors=INK, linewidth=0.8)
    start = 0.0
    for column, width in zip(mark.columns, widths, strict=True):
        at, side = (start + width - 1, "right") if column.is_number else (start, "left")
        for row, text in enumerate((column.head, *column.texts), -1):
            is_head = row < 0
            shown = shortened(text, int((width - 1) / (BOLD if is_head else 1)))
            weight = "bold" if is_head else "normal"
            if shown:
                ax.text(at, row, shown, ha=side, va="center", fontsize=size, fontweight=weight)
        start += width
    ax.hlines([row + 0.5 for row in range(mark.rows)], 0, sum(widths), colors=TABLE_LINE, linewidth=0.5)


_DRAWN_BY: Mapping[type[DrawnMark], Callable[[Axes, Any, Panel], None]] = {
    Bars: _bars,
    Whiskers: _whiskers,
    Ticks: _ticks,
    Points: _points,
    Line: _line,
    Band: _band,
    Area: _area,
    Steps: _steps,
    Rule: _rule,
    Boxes: _boxes,
    Cells: _cells,
    TextMarks: _texts,
    DrawnTable: _table,
}
