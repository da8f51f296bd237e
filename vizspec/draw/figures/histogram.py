"""Histograms of predicted probabilities as figures: a panel a model, by true class, with the base rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vizspec.draw.figures.mpl import new_figure, styled
from vizspec.draw.figures.panels import (
    all_fitted,
    fitted,
    grid,
    hide_rest,
    legend_below,
    whole_numbers,
)
from vizspec.draw.palette import Style
from vizspec.draw.shapes.model import INK
from vizspec.risk.curves import Histogram

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 3
NEGATIVE = "#9a9a9a"


@dataclass(frozen=True)
class HistogramSeries:
    """One model's histogram; `positive` and `negative` are the classes' names."""

    label: str
    style: Style
    histogram: Histogram
    positive: str = "1"
    negative: str = "0"


@styled()
def histogram_figure(part: Sequence[HistogramSeries], title: str = "Predicted probabilities") -> Figure:
    """A panel for each of at least one model, in their order."""
    rows, columns = grid(len(part), COLUMNS)
    figure, axes = new_figure(max(5.6, 3.4 * columns), 2.4 * rows + 1.3, rows, columns, sharex=True)
    labels = all_fitted([one.label for one in part], 33 if columns > 1 else 60, lines=3)
    for ax, one, label in zip(axes, part, labels, strict=False):
        _panel(ax, one)
        ax.set_title(label, fontsize=8)
    hide_rest(axes, len(part), columns)
    figure.suptitle(fitted(title, 80), x=0.01, ha="left")
    middle = min(columns // 2, len(part) - (rows - 1) * columns - 1)
    axes[(rows - 1) * columns + middle].set_xlabel("Predicted probability of the positive class")
    figure.supylabel("Samples", fontsize=9)
    _legend(figure, part)
    return figure


def _panel(ax: Axes, series: HistogramSeries) -> None:
    histogram = series.histogram
    colour = series.style.colour
    ax.stairs(histogram.negative, histogram.edges, fill=True, color=NEGATIVE, alpha=0.55)
    ax.stairs(histogram.positive, histogram.edges, fill=True, color=colour, alpha=0.55)
    ax.stairs(histogram.negative, histogram.edges, color=NEGATIVE, linewidth=1)
    ax.stairs(histogram.positive, histogram.edges, color=colour, linewidth=1)
    ax.axvline(histogram.base_rate, color=INK, linestyle="dashed", linewidth=1)
    ax.set_xlim(0, 1)
    whole_numbers(ax, max(*histogram.negative, *histogram.positive), headroom=1.15)
    n = sum(histogram.positive) + sum(histogram.negative)
    note = f"base rate {histogram.base_rate:.2f}, n = {n:,}"
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    ax.text(1, 1, note, transform=ax.transAxes, ha="right", va="top", fontsize=7.5, bbox=box)


def _legend(figure: Figure, part: Sequence[HistogramSeries]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colour = part[0].style.colour if len(part) == 1 else INK
    handles = [
        Patch(color=colour, alpha=0.55, linewidth=0),
        Patch(color=NEGATIVE, alpha=0.55, linewidth=0),
        Line2D([], [], color=INK, linestyle="dashed", linewidth=1),
    ]
    positive = " / ".join(dict.fromkeys(one.positive for one in part))
    negative = " / ".join(dict.fromkeys(one.negative for one in part))
    in_colour = "" if len(part) == 1 else " (in the model's colour)"
    labels = [f"target is {positive}{in_colour}", f"target is {negative}", "base rate"]
    legend_below(figure, handles, labels, "")
