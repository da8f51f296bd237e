"""ROC curves as figures: one over the other while they are few, else a panel each with the others in grey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vizspec.draw.figures.mpl import new_figure, styled
from vizspec.draw.figures.panels import (
    all_fitted,
    fitted,
    grid,
    hide_rest,
    legend_below,
    line_style,
    unit_square,
)
from vizspec.draw.palette import Style
from vizspec.draw.shapes.model import FAINT
from vizspec.risk.curves import RocCurve
from vizspec.statistics.intervals import level_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

LINE_HEIGHT = 0.19
"""Inches that a line of a legend takes."""
THINNEST = 1.7


@dataclass(frozen=True)
class RocSeries:
    """One model's curve, with the area under it and its interval where that is known."""

    label: str
    style: Style
    curve: RocCurve
    area: float
    lower: float | None
    upper: float | None
    n: int


@styled()
def roc_figure(
    series: Sequence[RocSeries],
    title: str = "ROC curves",
    level: float = 0.95,
    *,
    in_panels: bool = False,
    behind: Sequence[RocCurve] = (),
) -> Figure:
    """The curves of at least one model, in their order: over each other, or each in a panel of its own with
    the curves `behind` it in grey.
    """
    return _panels(series, behind, title, level) if in_panels else _overlay(series, title, level)


def area_text(series: RocSeries) -> str:
    """The area with its interval: "0.843 (0.806–0.874)"."""
    if series.lower is None or series.upper is None:
        return f"{series.area:.3f} (–)"
    return f"{series.area:.3f} ({series.lower:.3f}–{series.upper:.3f})"


def _overlay(series: Sequence[RocSeries], title: str, level: float) -> Figure:
    labels = all_fitted([f"{one.label}: AUC {area_text(one)}, n = {one.n:,}" for one in series], 78)
    lines = sum(label.count("\n") + 1 for label in labels) + 2
    figure, [ax] = new_figure(5.6, 6.0 + lines * LINE_HEIGHT)
    # the later the thinner: of two equal curves both are seen
    handles = [_curve(ax, one, THINNEST + 0.5 * behind) for behind, one in _from_behind(series)]
    chance = _chance(ax)
    unit_square(ax)
    ax.set_aspect("equal")
    ax.set(xlabel="False positive rate", ylabel="True positive rate", title=fitted(title, 60))
    legend_below(figure, [*handles, chance], [*labels, "chance"], f"AUC with {level_text(level)}")
    return figure


def _panels(series: Sequence[RocSeries], behind: Sequence[RocCurve], title: str, level: float) -> Figure:
    from matplotlib.collections import LineCollection

    rows, columns = grid(len(series))
    figure, axes = new_figure(2.55 * columns, 2.95 * rows + 0.6, rows, columns, sharex=True, sharey=True)
    labels = all_fitted([one.label for one in series], 31, lines=3)
    grey = [list(zip(*_points(curve), strict=True)) for curve in behind]
    for ax, one, label in zip(axes, series, labels, strict=False):
        ax.add_collection(LineCollection(grey, colors=FAINT, linewidths=0.5, alpha=0.6), autolim=False)
        _chance(ax)
        _curve(ax, one, THINNEST)
        ax.set_aspect("equal")
        ax.set_title(label, fontsize=8)
        ax.text(0.98, 0.04, f"AUC {area_text(one)}\nn = {one.n:,}", ha="right", fontsize=7.5)
    unit_square(axes[0])  # all share its axes
    hide_rest(axes, len(series), columns)
    figure.suptitle(fitted(title, 80), x=0.01, ha="left")
    note = f"AUC with {level_text(level)}" + ("; grey: the other models" if behind else "")
    figure.supxlabel(f"False positive rate ({note})", fontsize=9)
    figure.supylabel("True positive rate", fontsize=9)
    return figure


def _points(curve: RocCurve) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return curve.false_positive_rate, curve.true_positive_rate


def _from_behind(series: Sequence[RocSeries]) -> Iterator[tuple[int, RocSeries]]:
    """Each with the number of those drawn after it."""
    return zip(reversed(range(len(series))), series, strict=True)


def _curve(ax: Axes, series: RocSeries, width: float) -> Line2D:
    style = series.style
    [line] = ax.plot(*_points(series.curve), color=style.colour, linestyle=line_style(style), linewidth=width)
    return line


def _chance(ax: Axes) -> Line2D:
    [line] = ax.plot([0, 1], [0, 1], color=FAINT, linestyle="dashed", linewidth=1, zorder=1)
    return line
