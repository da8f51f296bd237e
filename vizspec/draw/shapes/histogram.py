"""Histograms of predicted probabilities as shapes: a panel a model, by true class, with the base rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vizspec.draw.palette import Style
from vizspec.draw.shapes.model import INK, Axis, DrawnMark, Key, Panel, Rule, Shapes, Steps
from vizspec.draw.shapes.unit_square import DASHED, grid
from vizspec.risk.curves import Histogram

COLUMNS = 3
PIXELS, LEAST_PIXELS, ROW_PIXELS, FRAME_PIXELS = 340, 560, 240, 60
NEGATIVE = "#9a9a9a"
OPACITY = 0.55
HEADROOM = 1.15


@dataclass(frozen=True)
class HistogramSeries:
    """One model's histogram; `positive` and `negative` are the classes' names."""

    label: str
    style: Style
    histogram: Histogram
    positive: str = "1"
    negative: str = "0"


def histogram_shapes(part: Sequence[HistogramSeries], title: str = "Predicted probabilities") -> Shapes:
    """A panel for each of at least one model, in their order."""
    rows, columns = grid(len(part), COLUMNS)
    return Shapes(
        tuple(_panel(one) for one in part),
        title,
        columns=columns,
        width=max(LEAST_PIXELS, PIXELS * columns),
        height=ROW_PIXELS * rows + FRAME_PIXELS,
        x_label="Predicted probability of the positive class",
        y_label="Samples",
        shares_x=True,
        legend=tuple(_legend(part)),
    )


def _panel(series: HistogramSeries) -> Panel:
    histogram = series.histogram
    n = sum(histogram.positive) + sum(histogram.negative)
    highest = max(1, *histogram.negative, *histogram.positive)
    return Panel(
        tuple(_marks(series)),
        Axis(domain=(0, 1)),
        Axis(domain=(0, highest * HEADROOM), is_count=True),
        series.label,
        f"base rate {histogram.base_rate:.2f}, n = {n:,}",
    )


def _marks(series: HistogramSeries) -> Iterator[DrawnMark]:
    histogram = series.histogram
    classes = (
        (histogram.negative, NEGATIVE, series.negative),
        (histogram.positive, series.style.colour, series.positive),
    )
    for counts, colour, name in classes:
        values = tuple(float(count) for count in counts)
        tips = _told(histogram.edges, counts, name)
        yield Steps(histogram.edges, values, colour, is_filled=True, opacity=OPACITY, tips=tips)
    for counts, colour, _ in classes:
        yield Steps(histogram.edges, tuple(float(count) for count in counts), colour)
    yield Rule("x", histogram.base_rate, INK, DASHED)


def _told(
    edges: Sequence[float], counts: Sequence[int], name: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    ends = pairwise(edges)
    return (
        ("Predicted", tuple(f"{lower:.3f}–{upper:.3f}" for lower, upper in ends)),
        ("Target", (name,) * len(counts)),
        ("Samples", tuple(f"{count:,}" for count in counts)),
    )


def _legend(part: Sequence[HistogramSeries]) -> Iterator[Key]:
    colour = part[0].style.colour if len(part) == 1 else INK
    positive = " / ".join(dict.fromkeys(one.positive for one in part))
    negative = " / ".join(dict.fromkeys(one.negative for one in part))
    in_colour = "" if len(part) == 1 else " (in the model's colour)"
    yield Key(f"target is {positive}{in_colour}", colour, opacity=OPACITY)
    yield Key(f"target is {negative}", NEGATIVE, opacity=OPACITY)
    yield Key("base rate", INK, "line", DASHED)
