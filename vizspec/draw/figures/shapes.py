"""Any figure's shapes, drawn with matplotlib: one way for all kinds of views."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING, Any

from vizspec.draw.figures.legend import SYMBOLS, dashes, draw_legend, legend_inches
from vizspec.draw.figures.mpl import BASE_DPI, MARGIN, SIZES, new_figure, styled
from vizspec.draw.figures.panels import all_fitted, whole_number
from vizspec.draw.figures.room import (
    CHARACTER,
    LONGEST,
    NARROW,
    POINTS,
    characters,
    panel_titles,
    row_inches,
    row_labels,
    title_lines,
    turned_apart,
)
from vizspec.draw.figures.small_multiples import CORNERS, HALO, are_small_multiples, small_multiples
from vizspec.draw.palette import Symbol
from vizspec.draw.shapes.column_widths import BOLD, shortened, widths_of
from vizspec.draw.shapes.figure_size import Size, Style, size_of
from vizspec.draw.shapes.model import (
    INK,
    Area,
    Axis,
    Band,
    Bars,
    Boxes,
    Cells,
    ColourScale,
    DrawnTable,
    Line,
    Mark,
    Panel,
    Place,
    Points,
    Rule,
    Shapes,
    Slot,
    Steps,
    TextMarks,
    Ticks,
    Whiskers,
)
from vizspec.text.decimals import short_text
from vizspec.text.number_format import formatted
from vizspec.text.widths import letters_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILLED = 0.8
"""The part of a category that its bars fill."""
BAR = 0.92
"""The part of its slot that a bar fills."""
BESIDE_ALL = 0.7
"""The least inches beside all panels together, for the numbers or labels of their vertical axes."""
FEWEST_LEVEL = 7
"""Fewer characters a line, and labels below an axis are turned."""
MOST_LINES = 3
MANY_DECADES = 1000
"""From the lower to the upper end of a log scale on which powers of ten alone are marked."""
SCALE_INCHES, SCALE_PAD = 0.6, 0.2
"""The height of a scale of colours with its numbers, and what parts it from the panels above."""
TABLE_LINE = "#dddddd"
LOWEST_LAYER, LAYER = 2.6, 0.001
LARGER: Mapping[Symbol, float] = {"star": 1.5, "cross": 1.25, "plus": 1.25, "times": 1.1}
"""How much larger than a circle symbols are drawn that look as large."""
UNFILLED = ("wye", "plus", "asterisk", "times")
"""Symbols that are lines."""


def figure_of(shapes: Shapes, style: Style = "screen") -> Figure:
    """The figure, as large and with such fonts as the style wants."""
    if are_small_multiples(shapes):
        return small_multiples(shapes, style)
    with styled(style):
        width, height = size_of(shapes, style)
        legend = legend_inches(shapes, width, style)
        weights = [panel.weight for panel in shapes.panels[:: shapes.columns]]
        figure, axes = new_figure(
            width,
            height + legend,
            shapes.rows,
            shapes.columns,
            style=style,
            sharex=shapes.shares_x,
            sharey=shapes.shares_y,
            height_ratios=weights,
        )
        room = (width - _beside_all(shapes, width, height, style)) / shapes.columns
        titles = panel_titles(shapes, room, style)
        for place, (ax, panel, panel_title) in enumerate(zip(axes, shapes.panels, titles, strict=False)):
            high = height * weights[place // shapes.columns] / sum(weights)
            _draw_panel(ax, panel, Size(room, high), style, shapes)
            ax.set_title(panel_title, fontsize=SIZES[style].small)
        _hide_rest(axes, shapes)
        _headings(figure, axes, shapes, width, style)
        draw_legend(figure, shapes, width, style, loc="outside lower left")
        if shapes.colour_scale is not None:
            _draw_colour_scale(figure, axes, shapes.colour_scale)
    return figure


def _beside_all(shapes: Shapes, width: float, height: float, style: Style) -> float:
    """The inches that numbers or labels take beside all panels together."""
    labels = shapes.panels[0].y.categories
    if not shapes.shares_y or not labels:
        return BESIDE_ALL
    row = row_inches(height / shapes.rows, len(labels))
    shown = row_labels(labels, row, width, style, is_alone=shapes.columns == 1)
    longest = max(letters_of(line) for label in shown for line in label.split("\n"))
    return max(BESIDE_ALL, longest * CHARACTER * SIZES[style].tick / POINTS)


def _headings(figure: Figure, axes: Sequence[Axes], shapes: Shapes, width: float, style: Style) -> None:
    size = SIZES[style]
    title = title_lines(shapes.title, width, size.title)
    first = shapes.panels[0]
    is_wide = len(title) > characters(width - BESIDE_ALL, size.title) * NARROW
    if title and (len(shapes.panels) > 1 or first.title or first.y.categories or is_wide):
        figure.suptitle(title, x=0.01, ha="left", fontsize=size.title, fontweight="bold")
    elif title:
        axes[0].set_title(title)
    below = "\n".join(
        filter(None, (shapes.x_label, *textwrap.wrap(shapes.note, characters(width, size.label))))
    )
    if below and shapes.legend:  # which stands at the figure's own foot
        axes[_lowest_middle(shapes)].set_xlabel(below)
    elif below:
        figure.supxlabel(below, fontsize=size.label)
    if shapes.y_label:
        figure.supylabel(shapes.y_label, fontsize=size.label)


def _lowest_middle(shapes: Shapes) -> int:
    """The place of the panel in the middle of the lowest row."""
    first = (shapes.rows - 1) * shapes.columns
    return first + min(shapes.columns // 2, len(shapes.panels) - first - 1)


def _hide_rest(axes: Sequence[Axes], shapes: Shapes) -> None:
    """Hides the places of the grid without a panel; the lowest panels show the axis that all share."""
    used = len(shapes.panels)
    for ax in axes[used:]:
        ax.set_visible(False)
    if shapes.shares_x:
        for ax in axes[max(used - shapes.columns, 0) : used]:
            ax.tick_params(labelbottom=True)


def _draw_panel(ax: Axes, panel: Panel, room: Size, style: Style, shapes: Shapes) -> None:
    """Draws the panel in so many inches; the labels beside it may be those of all panels in its row."""
    for rank, mark in enumerate(panel.marks):
        before = set(ax.get_children())
        _DRAWN_BY[type(mark)](ax, mark, panel)
        if panel.is_layered:
            for artist in set(ax.get_children()) - before:
                artist.set_zorder(LOWEST_LAYER + rank * LAYER)
    is_alone = shapes.columns == 1
    _dress_y(ax, panel.y, room, style, is_alone=is_alone)
    labels = "\n".join(tick.get_text() for tick in ax.get_yticklabels()).split("\n")
    beside = max(letters_of(line) for line in labels) * CHARACTER * SIZES[style].tick / POINTS
    _dress_x(ax, panel.x, room.width - (0 if shapes.shares_y else beside), style)
    if panel.x.is_hidden and panel.y.is_hidden:
        ax.set_axis_off()
    if panel.note:
        x, y = CORNERS[panel.note_corner]
        sides = panel.note_corner.split()
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.8}
        ax.text(
            x,
            y,
            panel.note,
            transform=ax.transAxes,
            va=sides[0],
            ha=sides[1],
            fontsize=SIZES[style].tick,
            bbox=box,
        )
    if panel.is_square:
        ax.set_aspect("equal")


def _dress_x(ax: Axes, axis: Axis, width: float, style: Style) -> None:
    ax.set_xlabel("\n".join(textwrap.wrap(axis.label, characters(width, SIZES[style].label))))
    if axis.categories:
        lines = _level_labels(axis.categories, width, style)
        labels = lines or all_fitted(axis.categories, LONGEST, 1)
        turned: dict[str, Any] = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}
        is_level = lines is not None or axis.ticks is not None
        every = 1 if is_level else turned_apart(len(labels), width, style)
        shown = _shown(labels, axis)[::every]
        ax.set_xticks(range(0, len(labels), every), shown, **({} if is_level else turned))
        ax.set_xlim(-0.5, len(labels) - 0.5)
        ax.tick_params(axis="x", length=0)
    else:
        if axis.domain is not None:
            ax.set_xlim(*axis.domain)
        ax.set_xscale(axis.scale)
        _number_ticks(ax, ax.xaxis, _thinned(axis, width, style))
    ax.grid(visible=axis.has_grid and not axis.categories, axis="x")


def _dress_y(ax: Axes, axis: Axis, room: Size, style: Style, *, is_alone: bool) -> None:
    """Dresses the axis beside a panel of so many inches, which may be alone in its row."""
    ax.set_ylabel(axis.label)
    if axis.categories:
        row = row_inches(room.height, len(axis.categories))
        labels = row_labels(axis.categories, row, room.width, style, is_alone=is_alone)
        ax.set_yticks(range(len(labels)), _shown(labels, axis))
        ax.set_ylim(len(axis.categories) - 0.5, -0.5)
        ax.tick_params(axis="y", length=0)
    else:
        if axis.domain is not None:
            ax.set_ylim(*axis.domain)
        ax.set_yscale(axis.scale)
        _number_ticks(ax, ax.yaxis, axis)
    ax.grid(visible=axis.has_grid and not axis.categories, axis="y")


def _shown(labels: Sequence[str], axis: Axis) -> list[str]:
    """The labels of categories; of an axis with ticks those that these name by their rank."""
    if axis.ticks is None:
        return list(labels)
    named = dict(axis.ticks)
    return [named.get(rank, "") for rank in range(len(labels))]


def _thinned(axis: Axis, width: float, style: Style) -> Axis:
    """The axis with each so many of its ticks that their labels have room beside each other."""
    if not axis.ticks:
        return axis
    longest = max(len(text) for _, text in axis.ticks) + 2
    room = max(1, characters(width, SIZES[style].tick) // longest)
    return replace(axis, ticks=axis.ticks[:: -(-len(axis.ticks) // room)])


def _number_ticks(ax: Axes, on: Any, axis: Axis) -> None:
    from matplotlib.ticker import MaxNLocator

    if axis.ticks is not None:
        on.set_ticks([value for value, _ in axis.ticks], [text for _, text in axis.ticks])
        on.set_minor_locator(_nothing_marked())
    elif axis.scale == "log":
        _log_ticks(ax, on)
    if axis.is_count:
        on.set_major_locator(MaxNLocator("auto", integer=True))
        on.set_major_formatter(lambda value, _: whole_number(value))
    if axis.is_short:
        on.set_major_formatter(lambda value, _: short_text(value))
    if axis.format:
        on.set_major_formatter(lambda value, _: formatted(value, axis.format))


def _log_ticks(ax: Axes, on: Any) -> None:
    """Powers of ten, and 2 and 5 times them where there are few; matplotlib's own texts are formulas."""
    from matplotlib.ticker import LogLocator

    low, high = on.get_view_interval()
    subs = (1.0,) if low <= 0 or high / low >= MANY_DECADES else (1.0, 2.0, 5.0)
    on.set_major_locator(LogLocator(subs=subs))
    on.set_major_formatter(lambda value, _: _number_text(value))
    on.set_minor_locator(_nothing_marked())


def _number_text(value: float) -> str:
    """A number of a log scale in few characters: `0.01`, `50`, `20k`."""
    return short_text(value) if value >= 1000 else f"{value:.6g}"


def _nothing_marked() -> Any:
    from matplotlib.ticker import NullLocator

    return NullLocator()


def _level_labels(labels: Sequence[str], width: float, style: Style) -> list[str] | None:
    """The labels in lines that fit beside each other; None where they must be turned."""
    room = characters(width / len(labels), SIZES[style].tick) - 1
    longest = max(letters_of(label) for label in labels)
    if room < min(FEWEST_LEVEL, longest):
        return None
    wrapped = [textwrap.wrap(label, room, break_long_words=False) or [""] for label in labels]
    if any(len(lines) > MOST_LINES or any(letters_of(line) > room for line in lines) for lines in wrapped):
        return None
    return ["\n".join(lines) for lines in wrapped]


def _position(place: Place, axis: Axis, slot: Slot) -> float:
    """The number at which a place stands: categories at their rank, moved by the slot within it."""
    if not axis.categories or not isinstance(place, str):
        return float(place)
    which, of = slot
    return axis.categories.index(place) + ((which + 0.5) / of - 0.5) * FILLED


def _positions(places: Sequence[Place], axis: Axis, slot: Slot = (0, 1)) -> list[float]:
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


_DRAWN_BY: Mapping[type[Mark], Callable[[Axes, Any, Panel], None]] = {
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


def _draw_colour_scale(figure: Figure, axes: Sequence[Axes], scale: ColourScale) -> None:
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, LogNorm, Normalize

    colours = LinearSegmentedColormap.from_list("scale", scale.colours)
    low, high = scale.domain
    bar = figure.colorbar(
        ScalarMappable((LogNorm if scale.scale == "log" else Normalize)(low, high), colours),
        ax=list(axes),
        location="bottom",
        shrink=0.5,
        aspect=30,
        fraction=min(0.15, SCALE_INCHES / figure.get_figheight()),
        pad=SCALE_PAD / figure.get_figheight(),
        label=scale.label,
    )
    bar.outline.set_visible(False)
    if scale.is_short:
        bar.ax.xaxis.set_major_formatter(lambda value, _: short_text(value))
