"""What both radar views share: the axes, where a value stands on one, and the labels around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.charts.label_texts import chart_texts, shortened
from vizspec.draw.palette import distinct
from vizspec.draw.shapes.model import Key, Shapes
from vizspec.draw.shapes.radar import Polygon, radar_panel
from vizspec.errors import Loc, Problem
from vizspec.metrics.catalogue import Metric
from vizspec.views import _room, _score_axes, _scores
from vizspec.views._many import ManyEntry, even, models_in_order
from vizspec.views._notes import by_reason
from vizspec.views.base import Lookups
from vizspec.views.entry import FiniteNumber, check_range

MOST_MODELS = 8
"""As many polygons can be told apart in one radar; more are shown on further pages."""
MOST_AXES = 16
"""As many axes have room for their labels."""
CIRCLE_PIXELS = 300
LEGEND_PIXELS = 420
AXIS_LIMIT = 24
LINE_EMS = 9
"""Where the label of an axis is broken into lines."""
EM_PIXELS = 10
RINGS = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Where a radar has its rings, the circle being the last."""

Normalization = Literal["absolute", "min_max", "percentile"]


class RadarEntry(ManyEntry):
    """What both radar views take."""

    normalization: Normalization = "absolute"
    """How an axis is scaled: as it is, by the lowest and highest value, or by rank among the models."""
    domain: tuple[FiniteNumber, FiniteNumber] | None = None
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
    facets: Facets = NO_FACETS


class RadarScale(NamedTuple):
    """What an axis spans, from the centre to the circle; reversed where lower is better."""

    low: float
    high: float
    is_turned: bool = False

    def position(self, value: float) -> float:
        """Where a value stands, from 0 to 1; one beyond an end at the end.

        On a scale of one value everything is best, but where that is a 0, which is nothing.
        """
        if self.high <= self.low:
            return 0.0 if value == 0 and not self.is_turned else 1.0
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return 1 - share if self.is_turned else share

    def value(self, position: float) -> float:
        """The value at a position."""
        share = 1 - position if self.is_turned else position
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True)
class Radar:
    """What a radar shows: rows of models, and their colours in the order of `models`.

    `scale` is what all axes span, where they span the same.
    """

    entry: RadarEntry
    rows: tuple[RadarRow, ...]
    title: str
    colours: tuple[str, ...] = ()
    scale: RadarScale | None = None

    @property
    def rings(self) -> dict[float, str]:
        """What the rings stand for, by their radius; none where each axis has its own scale."""
        if self.scale is None or self.scale.high <= self.scale.low:
            return {}
        return {radius: _score_axes.end_text(self.scale.value(radius)) for radius in RINGS}

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.model for row in self.rows))

    @property
    def values(self) -> dict[tuple[str, str], float]:
        """By model and axis."""
        return {(row.model, row.axis): row.value for row in self.rows}

    @property
    def facets(self) -> dict[tuple[str, str], Facets]:
        """By model and axis."""
        return {(row.model, row.axis): row.facets for row in self.rows}

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
    scales = _scales(axes, entry)
    placed = {
        (row.model, *axis): position
        for axis, members in axes.items()
        for row, position in zip(members, _positions(members, scales.get(axis)), strict=True)
    }
    models = dict.fromkeys(row.model for members in axes.values() for row in members)
    positioned = (
        replace(row, position=placed[row.model, row.axis, row.metric.id])
        for model in models
        for members in axes.values()
        for row in members
        if row.model == model
    )
    common = set(scales.values())
    return Radar(
        entry,
        tuple(positioned),
        title,
        tuple(colour_of[model] for model in models),
        common.pop() if len(common) == 1 else None,
    )


def sorted_rows(
    entry: RadarEntry, rows: Sequence[RadarRow], best: Sequence[str], metric: Metric
) -> tuple[RadarRow, ...]:
    """The rows, their models as the entry sorts them."""
    order = models_in_order(entry, (row.model for row in rows), best, metric)
    return tuple(sorted(rows, key=lambda row: order.index(row.model)))


def radar_pages(drawn: Radar) -> list[Radar]:
    """The radar in as many as its models need, each model at the positions that it has among all."""
    colour_of = dict(zip(drawn.models, drawn.colours, strict=True))
    return [
        replace(
            drawn,
            rows=tuple(row for row in drawn.rows if row.model in models),
            colours=distinct([colour_of[model] for model in models]),
        )
        for models in even(drawn.models, drawn.entry.limit or MOST_MODELS)
    ]


def too_many_axes(axes: int, what: str) -> str | None:
    """The reason to skip a radar with more axes than it has room for."""
    if axes <= MOST_AXES:
        return None
    return f"a radar has room for {MOST_AXES} axes, and this view has {axes} {what}s: choose some of them"


def _scales(axes: Mapping[tuple[str, str], Sequence[RadarRow]], entry: RadarEntry) -> dict[Any, RadarScale]:
    """The scale of each axis, those of one metric alike; none where ranks are shown."""
    if entry.normalization == "percentile":
        return {}
    of_metric: dict[Metric, list[float]] = {}
    for members in axes.values():
        for row in members:
            of_metric.setdefault(row.metric, []).append(row.value)
    is_alone = len(of_metric) == 1
    scales = {metric: scale(values, metric, entry, is_alone) for metric, values in of_metric.items()}
    return {axis: scales[members[0].metric] for axis, members in axes.items()}


def _positions(members: Sequence[RadarRow], axis: RadarScale | None) -> list[float]:
    values = [row.value for row in members]
    if axis is not None:
        return [axis.position(value) for value in values]
    is_lower_better = members[0].metric.better == "lower"
    return _ranks([-value for value in values] if is_lower_better else values)


def scale(values: Sequence[float], metric: Metric, entry: RadarEntry, is_alone: bool = False) -> RadarScale:
    """What an axis of these values spans: outside is the better.

    `absolute` spans the metric's range, `min_max` the domain or else the values. Where the range is not known
    the values are spanned, from 0 where the radar shows one metric alone (`is_alone`).
    """
    is_turned = metric.better == "lower"
    if entry.normalization == "min_max":
        low, high = entry.domain or (min(values), max(values))
        return RadarScale(low, high, is_turned)
    if is_alone:
        low = metric.lowest if metric.lowest is not None else min(0.0, *values)
        high = metric.highest if metric.highest is not None else max(0.0, *values)
        return RadarScale(low, high, is_turned)
    if metric.lowest is not None and metric.highest is not None:
        return RadarScale(metric.lowest, metric.highest, is_turned)
    return RadarScale(min(values), max(values), is_turned)


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
    reversed_axes = "; axes of metrics where lower is better are reversed" if flipped else ""
    return f"{_scale(drawn)}{reversed_axes}."


def _scale(drawn: Radar) -> str:
    entry = drawn.entry
    if entry.normalization == "percentile":
        return "Axes scaled by rank"
    if entry.normalization == "min_max" and entry.domain is not None:
        return f"Axes from {entry.domain[0]:g} to {entry.domain[1]:g}"
    by_values = "from the lowest to the highest value"
    if entry.normalization == "min_max":
        return f"Axes {by_values}"
    if drawn.scale is not None:
        return (
            f"Axes from {_score_axes.end_text(drawn.scale.low)} to {_score_axes.end_text(drawn.scale.high)}"
        )
    ranges = {(metric.lowest, metric.highest) for metric in drawn.metrics}
    known = [(low, high) for low, high in ranges if low is not None and high is not None]
    known_axes = (
        f"Axes from {known[0][0]:g} to {known[0][1]:g}"
        if len(known) == 1
        else "Axes over each metric's range"
    )
    unknown = [metric.label for metric in drawn.metrics if metric.lowest is None or metric.highest is None]
    if not unknown:
        return known_axes
    spanned = f"{', '.join(unknown)} {by_values}, as no range is known"
    return f"{known_axes}, {spanned}" if known else f"Axes {by_values}, as no range is known"


def outside(drawn: Radar) -> tuple[str, ...]:
    """A note on the values that their axes do not reach to."""
    if drawn.scale is None:
        return ()
    of = "scale" if drawn.entry.domain is None else "domain"
    reason = f"outside the {of}, and drawn at its end"
    return by_reason(
        (f"{row.model} · {row.axis} ({row.value:.3f})", reason)
        for row in drawn.rows
        if not drawn.scale.low <= row.value <= drawn.scale.high
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
    margin = _margin(radar)
    width = _width(radar)
    return {
        "title": shortened(radar.title, _room.title_limit(width)) if radar.title else None,
        "width": width,
        "margin": margin,
        "label_styles": {"line_width": LINE_EMS},
        **_scores.colour_arguments(entry, radar.models, radar.colours),
        **entry.options,
    }


def radar_shapes(drawn: Radar) -> Shapes:
    """A polygon for each model, with its points."""
    shown = as_drawn(drawn)
    axes = tuple(dict.fromkeys(row.axis for row in shown.rows))
    positions = {(row.model, row.axis): row.position for row in shown.rows}
    polygons = [
        Polygon(tuple(positions[model, axis] for axis in axes), colour)
        for model, colour in zip(shown.models, shown.colours, strict=True)
    ]
    keys = tuple(Key(model, c, "line") for model, c in zip(shown.models, shown.colours, strict=True))
    panel = radar_panel(axes, polygons, RINGS, shown.rings)
    return Shapes((panel,), shown.title, width=_width(shown), legend=keys)


def _margin(radar: Radar) -> int:
    """The pixels around the circle that the labels take."""
    return max(60, _room.words_pixels((row.axis for row in radar.rows), LINE_EMS * EM_PIXELS) + 25)


def _width(radar: Radar) -> float:
    return radar.entry.width or radar.entry.height or CIRCLE_PIXELS + 2 * _margin(radar)
