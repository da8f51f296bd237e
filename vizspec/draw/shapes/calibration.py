"""Calibration curves as shapes: predicted against observed, with bands and the counts of the predictions.

Two models lie over each other with their counts beneath; more have a panel each, with the counts at its foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizspec.draw.palette import Style
from vizspec.draw.shapes.model import (
    FAINT,
    Axis,
    Band,
    DrawnMark,
    Key,
    Line,
    Panel,
    Points,
    Shapes,
    Steps,
    Whiskers,
)
from vizspec.draw.shapes.unit_square import DASHED, DIAGONAL, OVERLAY_PIXELS, PANEL_PIXELS, grid, unit_axis
from vizspec.risk.curves import CalibrationCurve, CorpCurve
from vizspec.statistics.intervals import level_text

FOOT = 0.14
"""The part of a panel's height that the most frequent predictions' count takes."""
COUNTS_HEIGHT = 0.24
COUNTS_OPACITY = 0.3
DOT = 4.0
SMALL_DOT = 2.6
BANDS = {
    "bins": "bands: {level} of each bin (Wilson)",
    "corp": "bands: {level} of calibrated predictions, pointwise",
}
PREDICTED, OBSERVED = "Predicted probability", "Observed share of positives"


@dataclass(frozen=True)
class CalibrationSeries:
    """One model's curve: in bins, or recalibrated by isotonic regression."""

    label: str
    style: Style
    curve: CalibrationCurve | CorpCurve


def calibration_shapes(
    series: Sequence[CalibrationSeries],
    title: str = "Calibration curves",
    level: float = 0.95,
    *,
    in_panels: bool = False,
) -> Shapes:
    """The curves of at least one model, in their order: over each other, or each in a panel of its own."""
    style = "corp" if isinstance(series[0].curve, CorpCurve) else "bins"
    band = BANDS[style].format(level=level_text(level))
    return _panels(series, title, band) if in_panels else _overlay(series, title, band)


def _overlay(series: Sequence[CalibrationSeries], title: str, band: str) -> Shapes:
    labels = [f"{one.label}: {_told_of(one)}" for one in series]
    curves = [mark for one, label in zip(series, labels, strict=True) for mark in _curve(one, label)]
    counts = [_counts(one, 1.0, label) for one, label in zip(series, labels, strict=True)]
    keys = [Key(label, s.style.colour, "line", s.style.dash) for label, s in zip(labels, series, strict=True)]
    highest = max(max(one.curve.counts) for one in series)
    return Shapes(
        (
            Panel((DIAGONAL, *curves), unit_axis(), unit_axis(OBSERVED), is_square=True),
            Panel(
                tuple(counts),
                unit_axis(PREDICTED),
                Axis("Samples", domain=(0, highest * 1.05), is_count=True),
                weight=COUNTS_HEIGHT,
            ),
        ),
        title,
        width=OVERLAY_PIXELS,
        shares_x=True,
        legend=(*keys, Key("perfect calibration", FAINT, "line", DASHED)),
        legend_title=band,
    )


def _panels(series: Sequence[CalibrationSeries], title: str, band: str) -> Shapes:
    _, columns = grid(len(series))
    panels = [
        Panel(
            (DIAGONAL, _counts(one, FOOT / max(one.curve.counts), None), *_curve(one, None)),
            unit_axis(),
            unit_axis(),
            one.label,
            _told_of(one).replace(", ", "\n"),
            "top left",
            is_square=True,
        )
        for one in series
    ]
    return Shapes(
        tuple(panels),
        title,
        columns=columns,
        width=PANEL_PIXELS * columns,
        x_label=PREDICTED,
        y_label=OBSERVED,
        note=f"{band}; at the foot: how many samples",
        shares_x=True,
        shares_y=True,
    )


def _told_of(series: CalibrationSeries) -> str:
    curve = series.curve
    if isinstance(curve, CorpCurve):
        return f"n = {curve.n:,}, miscalibration {curve.miscalibration:.3f}"
    return f"n = {curve.n:,}"


def _curve(series: CalibrationSeries, label: str | None) -> Iterator[DrawnMark]:
    if isinstance(series.curve, CorpCurve):
        yield from _corp(series, series.curve, label)
    else:
        yield from _bins(series, series.curve, label)


def _corp(series: CalibrationSeries, curve: CorpCurve, label: str | None) -> Iterator[DrawnMark]:
    """The recalibrated predictions over the band of what calibrated ones would show."""
    style = series.style
    yield Band(curve.grid, curve.band_lower, curve.band_upper, style.colour, 0.13, label)
    yield Line(curve.predicted, curve.recalibrated, style.colour, style.dash, 1.6, series=label)
    places = zip(curve.predicted, curve.recalibrated, curve.samples, strict=True)
    texts = [(f"{p:.3f}", f"{share:.3f}", f"{count:,}") for p, share, count in places]
    yield Points(
        curve.predicted,
        curve.recalibrated,
        style.colour,
        SMALL_DOT,
        style.symbol,
        series=label,
        tips=_named(series, ("Predicted", "Recalibrated", "Samples"), texts),
    )


def _bins(series: CalibrationSeries, curve: CalibrationCurve, label: str | None) -> Iterator[DrawnMark]:
    """Points at the bins' means with their intervals, joined where no empty bin lies between."""
    style, bins = series.style, curve.bins
    x: list[float] = []
    y: list[float | None] = []
    for before, one in zip((None, *bins), bins, strict=False):
        if before is not None and before.upper < one.lower:
            x.append(before.mean_predicted)
            y.append(None)
        x.append(one.mean_predicted)
        y.append(one.observed)
    ends = {one.mean_predicted: (one.band_lower, one.band_upper) for one in bins}
    known = [ends[place] if value is not None else (None, None) for place, value in zip(x, y, strict=True)]
    lower, upper = (tuple(side) for side in zip(*known, strict=True))
    places = tuple(one.mean_predicted for one in bins)
    yield Band(tuple(x), lower, upper, style.colour, 0.12, label)
    yield Whiskers(
        places,
        tuple(one.band_lower for one in bins),
        tuple(one.band_upper for one in bins),
        style.colour,
        opacity=0.5,
        thickness=0.9,
        series=label,
    )
    yield Line(tuple(x), tuple(y), style.colour, style.dash, series=label)
    texts = [
        (
            f"{one.mean_predicted:.3f}",
            f"{one.observed:.3f}",
            f"{one.band_lower:.3f}–{one.band_upper:.3f}",
            f"{one.count:,}",
        )
        for one in bins
    ]
    names = ("Predicted", "Observed", "Interval", "Samples")
    observed = tuple(one.observed for one in bins)
    tips = _named(series, names, texts)
    yield Points(places, observed, style.colour, DOT, style.symbol, series=label, tips=tips)


def _named(
    series: CalibrationSeries, names: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    columns = zip(names, zip(*rows, strict=True), strict=True)
    return (("Model", (series.label,) * len(rows)), *((name, tuple(texts)) for name, texts in columns))


def _counts(series: CalibrationSeries, scale: float, label: str | None) -> Steps:
    """How many samples each bin has, so many times their number high."""
    curve, style = series.curve, series.style
    values = tuple(count * scale for count in curve.counts)
    if label is None:
        return Steps(curve.edges, values, style.colour, is_filled=True, opacity=COUNTS_OPACITY)
    return Steps(curve.edges, values, style.colour, dash=style.dash, thickness=1.2, series=label)
