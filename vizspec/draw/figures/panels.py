"""How many models stand in one picture, and how their labels are fitted in.

Few models are laid over each other (`OVERLAY_LIMIT`). More get a panel each, a dozen on a page, so that no
legend has to be searched for the right one of twenty colours.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from vizspec.draw.palette import Style

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

T = TypeVar("T")

OVERLAY_LIMIT = 6
"""As many models as one can tell apart in one panel."""
PAGE_LIMIT = 12
"""As many panels as one can read on one page."""
COLUMNS = 4
ELLIPSIS = "…"
TURNING = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows them, here of the numbers behind a label."""


def pages(series: Sequence[T]) -> list[Sequence[T]]:
    """The series of each page of panels, in their order, the pages as even as can be."""
    count = ceil(len(series) / PAGE_LIMIT)
    sizes = [len(series) // count + (page < len(series) % count) for page in range(count)]
    starts = [sum(sizes[:page]) for page in range(count)]
    return [series[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def grid(panels: int, columns: int = COLUMNS) -> tuple[int, int]:
    """(rows, columns) for so many panels, without an empty row or column."""
    rows = ceil(panels / columns)
    return rows, ceil(panels / rows)


def fitted(label: str, width: int, lines: int = 2) -> str:
    """The label on at most `lines` lines of `width` characters; what is too long loses its middle.

    Beginnings and ends tell models apart (a name, a rank); the middle seldom does.
    """
    text = _plain(label) or "(no label)"
    wrapped = textwrap.wrap(text, width)
    while len(wrapped) > lines:
        text = _without_middle(text)
        wrapped = textwrap.wrap(text, width)
    return "\n".join(wrapped)


def all_fitted(labels: Sequence[str], width: int, lines: int = 2) -> list[str]:
    """The labels as `fitted` gives them, with more lines where shortening made two of them alike."""
    shortened = [fitted(label, width, lines) for label in labels]
    wanted = len({_plain(label) for label in labels})
    while len(set(shortened)) < wanted:
        lines += 1
        shortened = [fitted(label, width, lines) for label in labels]
    return shortened


def line_style(style: Style) -> str | tuple[float, tuple[float, ...]]:
    """The style's dash in matplotlib's terms."""
    return (0.0, style.dash) if style.dash else "solid"


def legend_below(figure: Figure, handles: Sequence[Artist], labels: Sequence[str], title: str) -> Legend:
    """A legend beneath the axes, one entry a line.

    Matplotlib leaves out labels that begin with `_`: they are set once the entries are there.
    """
    blanks = [" "] * len(labels)
    legend = figure.legend(handles, blanks, loc="outside lower left", title=title, alignment="left")
    for text, label in zip(legend.get_texts(), labels, strict=True):
        text.set_text(label)
    return legend


def unit_square(ax: Axes) -> None:
    """Both axes from 0 to 1 with a little room, so that curves along the edge are seen."""
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    ax.set_xticks((0, 0.25, 0.5, 0.75, 1), ("0", "", "0.5", "", "1"))
    ax.set_yticks((0, 0.25, 0.5, 0.75, 1), ("0", "", "0.5", "", "1"))


def whole_numbers(ax: Axes, highest: int, headroom: float = 1.05) -> None:
    """A vertical axis of counts, from 0 to a little above the highest."""
    from matplotlib.ticker import MaxNLocator

    ax.set_ylim(0, max(highest, 1) * headroom)
    ax.yaxis.set_major_locator(MaxNLocator("auto", integer=True))
    ax.yaxis.set_major_formatter(lambda count, _: whole_number(count))


def whole_number(count: float) -> str:
    """A count as axes write it."""
    return f"{count:,.0f}"


def hide_rest(axes: Sequence[Axes], used: int, columns: int | None = None) -> None:
    """Hides the panels that have no model.

    With `columns`, the lowest panel left in each column shows the numbers of the shared horizontal axis.
    """
    for ax in axes[used:]:
        ax.set_visible(False)
    for ax in axes[max(used - columns, 0) : used] if columns else ():
        ax.tick_params(labelbottom=True)


def _plain(label: str) -> str:
    return " ".join(label.translate(TURNING).split())


def _without_middle(text: str) -> str:
    if ELLIPSIS not in text:
        half = len(text) // 2
        return f"{text[:half]}{ELLIPSIS}{text[half + 1 :]}"
    head, tail = text.split(ELLIPSIS, 1)
    return f"{head[:-1]}{ELLIPSIS}{tail}" if len(head) >= len(tail) else f"{head}{ELLIPSIS}{tail[1:]}"
