"""What stands at matplotlib's axes: the ends, ticks and labels of the axes of a panel."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vizspec.draw.figures.mpl import SIZES
from vizspec.draw.figures.panels import all_fitted, whole_number
from vizspec.draw.figures.room import LONGEST, characters, row_inches, row_labels, turned_apart
from vizspec.draw.shapes.figure_size import FigureStyle, Size
from vizspec.draw.shapes.model import Axis
from vizspec.text.decimals import short_text
from vizspec.text.number_format import formatted
from vizspec.text.widths import letters_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEWEST_LEVEL = 7
"""Fewer characters a line, and labels below an axis are turned."""
MOST_LINES = 3
MANY_DECADES = 1000
"""From the lower to the upper end of a log scale on which powers of ten alone are marked."""


def dress_x(ax: Axes, axis: Axis, width: float, style: FigureStyle) -> None:
    """Dresses the axis below a panel of so many inches."""
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


def dress_y(ax: Axes, axis: Axis, room: Size, style: FigureStyle, *, is_alone: bool) -> None:
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


def _thinned(axis: Axis, width: float, style: FigureStyle) -> Axis:
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


def _level_labels(labels: Sequence[str], width: float, style: FigureStyle) -> list[str] | None:
    """The labels in lines that fit beside each other; None where they must be turned."""
    room = characters(width / len(labels), SIZES[style].tick) - 1
    longest = max(letters_of(label) for label in labels)
    if room < min(FEWEST_LEVEL, longest):
        return None
    wrapped = [textwrap.wrap(label, room, break_long_words=False) or [""] for label in labels]
    if any(len(lines) > MOST_LINES or any(letters_of(line) > room for line in lines) for lines in wrapped):
        return None
    return ["\n".join(lines) for lines in wrapped]
