"""The legend beneath a figure's panels, and the room that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vizspec.draw.figures.mpl import SIZES
from vizspec.draw.figures.panels import all_fitted
from vizspec.draw.figures.room import CHARACTER, POINTS, characters
from vizspec.draw.palette import Dash, Symbol
from vizspec.draw.shapes.figure_size import FigureStyle
from vizspec.draw.shapes.model import Key, Shapes
from vizspec.text.widths import letters_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIGN = 0.45
"""Inches that an entry takes besides its text."""
LINE = 1.75
"""The height of a line, in sizes of its font."""
SCALE = 0.55
"""Inches that a colour scale takes."""
SYMBOLS: Mapping[Symbol, Any] = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "star": "*",
    "cross": "P",
    "wye": "1",
    "plus": "+",
    "asterisk": (6, 2, 0),
    "times": "x",
    "hexagon": "h",
}
"""Matplotlib's markers."""


def legend_inches(shapes: Shapes, width: float, style: FigureStyle) -> float:
    """The height that legend and colour scale add to the figure."""
    scale = SCALE if shapes.colour_scale is not None else 0.0
    if not shapes.legend:
        return scale
    lines = -(-len(shapes.legend) // _columns(shapes, width, style)) + bool(shapes.legend_title)
    return scale + (lines * LINE + 1) * SIZES[style].tick / POINTS


def draw_legend(figure: Figure, shapes: Shapes, width: float, style: FigureStyle, **place: Any) -> None:
    """The legend at the `place` that matplotlib's `Figure.legend` is told.

    Matplotlib leaves out labels that begin with `_`: they are set once the entries are there.
    """
    if not shapes.legend:
        return
    limit = characters(width - SIGN, SIZES[style].tick)
    labels = all_fitted([key.label for key in shapes.legend], limit)
    legend = figure.legend(
        [_sign(key) for key in shapes.legend],
        [" "] * len(labels),
        title=shapes.legend_title,
        alignment="left",
        ncols=_columns(shapes, width, style),
        **place,
    )
    for text, label in zip(legend.get_texts(), labels, strict=True):
        text.set_text(label)


def dashes(dash: Dash) -> Any:
    """A line's dashes as matplotlib takes them."""
    return (0.0, dash) if dash else "solid"


def _columns(shapes: Shapes, width: float, style: FigureStyle) -> int:
    longest = max(letters_of(key.label) for key in shapes.legend)
    one = longest * CHARACTER * SIZES[style].tick / POINTS + SIGN
    return max(1, min(len(shapes.legend), int(width / one)))


def _sign(key: Key) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if key.sign == "patch":
        return Patch(color=key.colour, alpha=key.opacity, linewidth=0)
    if key.sign == "point":
        return Line2D([], [], color=key.colour, linestyle="none", marker=SYMBOLS[key.symbol], markersize=5)
    return Line2D([], [], color=key.colour, linestyle=dashes(key.dash), linewidth=1.8, alpha=key.opacity)
