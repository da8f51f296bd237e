"""What both radar views share: the axes, where a value stands on one, and the labels around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from vizspec.draw.charts.texts import chart_texts, shortened
from vizspec.errors import Loc, Problem
from vizspec.metrics.catalogue import Metric
from vizspec.views import _room, _scores
from vizspec.views._notes import by_reason
from vizspec.views.base import ChartEntry, Lookups, Number, check_range

CIRCLE_PIXELS = 300
LEGEND_PIXELS = 420
AXIS_LIMIT = 24
LINE_EMS = 9
"""Where the label of an axis is broken into lines."""
EM_PIXELS = 10

Normalization = Literal["absolute", "min_max", "percentile"]


class RadarEntry(ChartEntry):
    """What both radar views take."""

    normalization: Normalization = "absolute"
    """How an axis is scaled: as it is, by the lowest and highest value, or by rank among the models."""
    domain: tuple[Number, Number] | None = None
    """The ends of every axis for `min_max`; by default those of the data."""


def check_domain(entry: RadarEntry, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    """The domain of a radar is a range."""
    return check_range((*loc, "domain"), entry.domain)


@dataclass(frozen=True)
class RadarRow:
    """The value of one model on one axis, and where it stands there: 0 is the centre, 1 the circle."""

    model: str
    axis: str
    task: str
    metric: Metric
    value: float
    log_viewer: str | None
    position: float = 0.0


@dataclass(frozen=True)
class Radar:
    """What a radar shows: rows of models, and their colours in the order of `models`."""

    entry: RadarEntry
    rows: tuple[RadarRow, ...]
    title: str
    colours: tuple[str, ...] = ()

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.model for row in self.rows))

    @property
    def values(self) -> dict[tuple[str, str], float]:
        """By model and axis."""
        return {(row.model, row.axis): row.value for row in self.rows}

    @property
    def scorers(self) -> dict[str, str]:
        """By axis."""
        return {row.axis: row.metric.scorer for row in self.rows}

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return tuple(dict.fromkeys(row.metric for row in self.rows))


def radar(entry: RadarEntry, rows: Iterable[RadarRow], title: str, colour_of: Mapping[str, str]) -> Radar:
    """The radar of these rows, each at its position; colours hang on labels before they are shortened."""
    axes: dict[tuple[str, str], list[RadarRow]] = {}
    for row in rows:
        axes.setdefault((row.axis, row.metric.id), []).append(row)
    placed = {
        (row.model, *axis): position
        for axis, members in axes.items()
        for row, position in zip(
            members, positions([r.value for r in members], members[0].metric, entry), strict=True
        )
    }
    models = dict.fromkeys(row.model for members in axes.values() for row in members)
    positioned = (
        replace(row, position=placed[row.model, row.axis, row.metric.id])
        for model in models
        for members in axes.values()
        for row in members
        if row.model == model
    )
    return Radar(entry, tuple(positioned), title, tuple(colour_of[model] for model in models))


def positions(values: Sequence[float], metric: Metric, entry: RadarEntry) -> list[float]:
    """Where each model's value stands on an axis, from 0 (the centre) to 1: outside is the better.

    `absolute` spans the metric's range, `min_max` the domain or else the values, `percentile` the ranks.
    Where the range is not known, the values are spanned. Values that are all alike stand in the middle, those
    outside a domain at its end.
    """
    is_lower_better = metric.better == "lower"
    if entry.normalization == "percentile":
        return _ranks([-value for value in values] if is_lower_better else values)
    low, high = _ends(values, metric, entry)
    placed = [min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5 for value in values]
    return [1 - position for position in placed] if is_lower_better else placed


def _ends(values: Sequence[float], metric: Metric, entry: RadarEntry) -> tuple[float, float]:
    if entry.normalization == "min_max" and entry.domain is not None:
        return entry.domain
    if entry.normalization == "absolute" and metric.lowest is not None and metric.highest is not None:
        return metric.lowest, metric.highest
    return min(values), max(values)


def _ranks(values: Sequence[float]) -> list[float]:
    """Each value's rank as a share of their number, the highest 1; equal values share their mean rank."""
    below = [sum(other < value for other in values) for value in values]
    alike = [values.count(value) for value in values]
    return [(less + (same + 1) / 2) / len(values) for less, same in zip(below, alike, strict=True)]


def radar_caption(drawn: Radar) -> str:
    """The user's caption, or what the axes span and where the outside is the better."""
    entry = drawn.entry
    if entry.caption is not None:
        return entry.caption
    flipped = any(metric.better == "lower" for metric in drawn.metrics)
    told = "; where lower is better the axis is turned round" if flipped else ""
    return f"{drawn.title}, {_scale(drawn)}{told}."


def _scale(drawn: Radar) -> str:
    entry = drawn.entry
    if entry.normalization == "percentile":
        return "axes scaled by rank"
    if entry.normalization == "min_max" and entry.domain is not None:
        return f"axes from {entry.domain[0]:g} to {entry.domain[1]:g}"
    by_values = "from the lowest to the highest value"
    if entry.normalization == "min_max":
        return f"axes {by_values}"
    ranges = dict.fromkeys((metric.lowest, metric.highest) for metric in drawn.metrics)
    unknown = [metric.label for metric in drawn.metrics if metric.lowest is None or metric.highest is None]
    known = [(low, high) for low, high in ranges if low is not None and high is not None]
    told = (
        f"axes from {known[0][0]:g} to {known[0][1]:g}"
        if len(known) == 1
        else "axes over each metric's range"
    )
    if not unknown:
        return told
    spanned = f"{', '.join(unknown)} {by_values}, as no range is known"
    return f"{told}, {spanned}" if known else f"axes {by_values}, as no range is known"


def outside(drawn: Radar) -> tuple[str, ...]:
    """A note on the values that their axes do not reach to."""
    domain = drawn.entry.domain
    if domain is None or drawn.entry.normalization != "min_max":
        return ()
    reason = "outside the domain, and drawn at its end"
    return by_reason(
        (f"{row.model} · {row.axis} ({row.value:.3f})", reason)
        for row in drawn.rows
        if not domain[0] <= row.value <= domain[1]
    )


def as_drawn(radar: Radar) -> Radar:
    """The radar with every label as the chart shows it."""
    models = chart_texts(row.model for row in radar.rows)
    axes = chart_texts((row.axis for row in radar.rows), AXIS_LIMIT)
    tasks = chart_texts(row.task for row in radar.rows)
    rows = (
        replace(row, model=models[row.model], axis=axes[row.axis], task=tasks[row.task]) for row in radar.rows
    )
    return replace(radar, rows=tuple(rows))


def legend_columns(radar: Radar) -> int:
    """How many columns the legend below a radar has."""
    return _room.legend_columns(radar.models, radar.entry.width or radar.entry.height or LEGEND_PIXELS)


def radar_arguments(radar: Radar) -> dict[str, Any]:
    """The arguments of both radar functions; a radar is square, so a height is its width too."""
    entry = radar.entry
    margin = max(60, _room.words_pixels((row.axis for row in radar.rows), LINE_EMS * EM_PIXELS) + 25)
    width = entry.width or entry.height or CIRCLE_PIXELS + 2 * margin
    return {
        "title": shortened(radar.title, _room.title_limit(width)) if radar.title else None,
        "width": width,
        "margin": margin,
        "label_styles": {"line_width": LINE_EMS},
        **_scores.colour_arguments(entry, radar.models, radar.colours),
        **entry.options,
    }
