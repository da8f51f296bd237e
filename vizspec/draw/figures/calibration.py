"""Calibration curves as figures: predicted against observed with bands, the counts of the bins beneath."""

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
    line_style,
    unit_square,
    whole_numbers,
)
from vizspec.draw.palette import Style
from vizspec.draw.shapes.model import FAINT
from vizspec.risk.curves import CalibrationBin, CalibrationCurve
from vizspec.statistics.intervals import level_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

LINE_HEIGHT = 0.19
"""Inches that a line of a legend takes."""


@dataclass(frozen=True)
class CalibrationSeries:
    """One model's curve."""

    label: str
    style: Style
    curve: CalibrationCurve


@styled()
def calibration_figure(
    series: Sequence[CalibrationSeries],
    title: str = "Calibration curves",
    level: float = 0.95,
    *,
    in_panels: bool = False,
) -> Figure:
    """The curves of at least one model, in their order: over each other, or each in a panel of its own."""
    return _panels(series, title, level) if in_panels else _overlay(series, title, level)


def _overlay(series: Sequence[CalibrationSeries], title: str, level: float) -> Figure:
    labels = all_fitted([f"{one.label}: n = {one.curve.n:,}" for one in series], 78)
    lines = sum(label.count("\n") + 1 for label in labels) + 2
    figure, [upper, lower] = new_figure(
        5.6, 6.6 + lines * LINE_HEIGHT, rows=2, sharex=True, height_ratios=[4, 1]
    )
    handles = [_curve(upper, one) for one in series]
    perfect = _perfect(upper)
    _counts(lower, series)
    upper.set(ylabel="Observed share of positives", title=fitted(title, 60))
    lower.set(xlabel="Mean predicted probability", ylabel="Samples")
    band = f"bands: {level_text(level)} of each bin (Wilson)"
    legend_below(figure, [*handles, perfect], [*labels, "perfect calibration"], band)
    return figure


def _panels(part: Sequence[CalibrationSeries], title: str, level: float) -> Figure:
    rows, columns = grid(len(part))
    figure, axes = new_figure(
        2.55 * columns, 3.5 * rows + 0.6, 2 * rows, columns, sharex=True, height_ratios=[4, 1] * rows
    )
    curves = [ax for row in range(rows) for ax in axes[2 * row * columns : (2 * row + 1) * columns]]
    counts = [ax for row in range(rows) for ax in axes[(2 * row + 1) * columns : (2 * row + 2) * columns]]
    labels = all_fitted([one.label for one in part], 31, lines=3)
    for upper, lower, one, label in zip(curves, counts, part, labels, strict=False):
        _perfect(upper)
        _curve(upper, one)
        _counts(lower, [one])
        upper.set_title(label, fontsize=8)
        upper.text(0.02, 0.96, f"n = {one.curve.n:,}", va="top", fontsize=7.5)
    hide_rest(curves, len(part))
    hide_rest(counts, len(part), columns)
    figure.suptitle(fitted(title, 80), x=0.01, ha="left")
    figure.supxlabel(
        f"Mean predicted probability (bands: {level_text(level)}, Wilson; beneath: samples of each bin)",
        fontsize=9,
    )
    figure.supylabel("Observed share of positives", fontsize=9)
    return figure


def _curve(ax: Axes, series: CalibrationSeries) -> Line2D:
    """Points at the bins' means with their intervals, joined where no empty bin lies between."""
    predicted, observed, lower, upper = _with_gaps(series.curve.bins)
    colour = series.style.colour
    ax.fill_between(predicted, lower, upper, color=colour, alpha=0.12, linewidth=0)
    ax.vlines(predicted, lower, upper, color=colour, alpha=0.5, linewidth=0.9)
    [line] = ax.plot(
        predicted,
        observed,
        color=colour,
        linestyle=line_style(series.style),
        marker="o",
        markersize=3.5,
    )
    unit_square(ax)
    return line


def _with_gaps(bins: Sequence[CalibrationBin]) -> tuple[list[float], ...]:
    """Means, shares and both bounds of the bins, with NaN, which nothing is drawn across, for empty bins."""
    gap = (float("nan"),) * 4
    points: list[tuple[float, ...]] = []
    for before, one in zip((None, *bins), bins, strict=False):
        if before is not None and before.upper < one.lower:
            points.append(gap)
        points.append((one.mean_predicted, one.observed, one.band_lower, one.band_upper))
    return tuple(map(list, zip(*points, strict=True)))


def _counts(ax: Axes, series: Sequence[CalibrationSeries]) -> None:
    for one in series:
        line = line_style(one.style)
        ax.stairs(one.curve.counts, one.curve.edges, color=one.style.colour, linestyle=line, linewidth=1.2)
    whole_numbers(ax, max(max(one.curve.counts) for one in series))


def _perfect(ax: Axes) -> Line2D:
    [line] = ax.plot([0, 1], [0, 1], color=FAINT, linestyle="dashed", linewidth=1, zorder=1)
    return line
