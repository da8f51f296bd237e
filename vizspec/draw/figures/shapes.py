"""Any figure's shapes, drawn with matplotlib: one way for all kinds of views."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from vizspec.draw.figures.dressed_axes import dress_x, dress_y
from vizspec.draw.figures.legend import draw_legend, legend_inches
from vizspec.draw.figures.mark_artists import draw_mark
from vizspec.draw.figures.mpl import NOTE_BOX, NOTE_CORNERS, SIZES, new_figure, styled
from vizspec.draw.figures.room import (
    CHARACTER,
    LINE,
    LONGEST,
    NARROW,
    POINTS,
    characters,
    panel_titles,
    row_inches,
    row_labels,
    title_lines,
)
from vizspec.draw.figures.small_multiples import are_small_multiples, small_multiples
from vizspec.draw.shapes.figure_size import FigureStyle, Size, size_of
from vizspec.draw.shapes.model import ColourScale, Panel, Shapes
from vizspec.text.number_format import formatted
from vizspec.text.widths import letters_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BESIDE_ALL = 0.7
"""The least inches beside all panels together, for the numbers or labels of their vertical axes."""
SCALE_INCHES, SCALE_PAD = 0.6, 0.2
"""The height of a scale of colours with its numbers, and what parts it from the panels above."""
FREE_OF_LABELS = 0.6
"""The part of a figure that its panel has where labels stand beside it."""
LOWEST_LAYER, LAYER = 2.6, 0.001


def figure_of(shapes: Shapes, style: FigureStyle = "screen") -> Figure:
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
        titles = panel_titles(shapes, min(room, _inches_over(shapes, width, height, style)), style)
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


def _beside_all(shapes: Shapes, width: float, height: float, style: FigureStyle) -> float:
    """The inches that numbers or labels take beside all panels together."""
    return _labels_inches(shapes, width, height, style) if shapes.shares_y else BESIDE_ALL


def _inches_over(shapes: Shapes, width: float, height: float, style: FigureStyle) -> float:
    """The inches over each panel: of panels below each other what their labels leave."""
    if shapes.columns > 1:
        return width
    name = LINE * SIZES[style].label / POINTS if shapes.panels[0].y.label else 0.0
    return width - _labels_inches(shapes, width, height, style) - name


def _labels_inches(shapes: Shapes, width: float, height: float, style: FigureStyle) -> float:
    """The inches that numbers or labels take beside a panel."""
    labels = shapes.panels[0].y.categories
    if not labels:
        return BESIDE_ALL
    row = row_inches(height / shapes.rows, len(labels))
    shown = row_labels(labels, row, width, style, is_alone=shapes.columns == 1)
    longest = max(letters_of(line) for label in shown for line in label.split("\n"))
    return max(BESIDE_ALL, longest * CHARACTER * SIZES[style].tick / POINTS)


def _below(panel: Panel, width: float, style: FigureStyle, shapes: Shapes) -> float:
    """The inches that a scale of colours takes below the panel, and labels that have to be turned there."""
    scale = SCALE_INCHES + SCALE_PAD if shapes.colour_scale is not None else 0.0
    longest = max(map(letters_of, panel.x.categories), default=0)
    if longest * len(panel.x.categories) < characters(width, SIZES[style].tick) * FREE_OF_LABELS:
        return scale
    turned = min(longest, LONGEST) * CHARACTER * SIZES[style].tick / POINTS
    return scale + turned / sqrt(2)


def _headings(figure: Figure, axes: Sequence[Axes], shapes: Shapes, width: float, style: FigureStyle) -> None:
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


def _draw_panel(ax: Axes, panel: Panel, room: Size, style: FigureStyle, shapes: Shapes) -> None:
    """Draws the panel in so many inches; the labels beside it may be those of all panels in its row."""
    for rank, mark in enumerate(panel.marks):
        before = set(ax.get_children())
        draw_mark(ax, mark, panel)
        if panel.is_layered:
            for artist in set(ax.get_children()) - before:
                artist.set_zorder(LOWEST_LAYER + rank * LAYER)
    is_alone = shapes.columns == 1
    high = max(room.height - _below(panel, room.width, style, shapes), room.height / 3)
    dress_y(ax, panel.y, Size(room.width, high), style, is_alone=is_alone)
    labels = "\n".join(tick.get_text() for tick in ax.get_yticklabels()).split("\n")
    beside = max(letters_of(line) for line in labels) * CHARACTER * SIZES[style].tick / POINTS
    dress_x(ax, panel.x, room.width - (0 if shapes.shares_y else beside), style)
    if panel.x.is_hidden and panel.y.is_hidden:
        ax.set_axis_off()
    if panel.note:
        (x, y), (up, across) = NOTE_CORNERS[panel.note_corner], panel.note_corner.split()
        look: dict[str, Any] = {"va": up, "ha": across, "fontsize": SIZES[style].tick, "bbox": NOTE_BOX}
        ax.text(x, y, panel.note, transform=ax.transAxes, **look)
    if panel.is_square:
        ax.set_aspect("equal")


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
    if scale.format:
        bar.ax.xaxis.set_major_formatter(lambda value, _: formatted(value, scale.format))
