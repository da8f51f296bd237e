"""What score views share where they are drawn as shapes: rows become whiskers, models become the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice

from vizspec.draw.charts.inspectviz import NOISE_COLOUR
from vizspec.draw.charts.label_texts import shortened
from vizspec.draw.palette import OKABE_ITO, Symbol
from vizspec.draw.shapes.model import ALONE, Axis, AxisPlace, Direction, DrawnMark, Key, Slot, Ticks, Whiskers
from vizspec.views import _score_axes, _scores
from vizspec.views._scores import S, ScoreRow

SHAPE_HEIGHT = 430.0
"""The pixels of a chart's height where it does not grow with its rows."""


def as_shown(scores: S) -> S:
    """The scores with every label as a figure shows it."""
    drawn = _scores.as_drawn(scores)
    return replace(drawn, label=shortened(scores.label, _scores.SCORE_LABEL_LIMIT))


def colours_of(scores: _scores.Scores) -> tuple[str, ...]:
    """A colour for each model, in the order of `models`."""
    return scores.colours or tuple(islice(cycle(OKABE_ITO), len(scores.models)))


def value_axis(scores: _scores.Scores) -> Axis:
    """The axis of the scores, as every chart of the metric has it."""
    return axis_of_scores(scores.label, scores.domain)


def axis_of_scores(label: str, domain: tuple[float, float]) -> Axis:
    """An axis of scores; large and very small ones are written short."""
    return Axis(label, domain=domain, format=_score_axes.tick_format(domain) or "")


def intervals(
    rows: Sequence[ScoreRow],
    at: Sequence[AxisPlace],
    along: Direction,
    slot: Slot = ALONE,
    *,
    colour: str | None = None,
) -> Iterator[DrawnMark]:
    """The whiskers of rows whose interval is known, and the limits of noise; `colour` makes them broad."""
    placed = list(zip(rows, at, strict=True))
    known = [(r.lower, r.upper, p) for r, p in placed if r.lower is not None and r.upper is not None]
    if known:
        lower, upper, places = (tuple(part) for part in zip(*known, strict=True))
        whiskers = Whiskers(places, lower, upper, along=along, slot=slot)
        broad = replace(whiskers, colour=colour or "", thickness=10, opacity=0.13)
        yield broad if colour is not None else replace(whiskers, has_caps=True, halo="white")
    noisy = [(row.noise, place) for row, place in placed if row.noise is not None]
    if noisy:
        limits, places = (tuple(part) for part in zip(*noisy, strict=True))
        yield Ticks(places, limits, NOISE_COLOUR, along, slot)


def legend(labels: Sequence[str], colours: Sequence[str], symbols: Sequence[Symbol] = ()) -> tuple[Key, ...]:
    """An entry for each label; with its symbol where there is more than one of them."""
    pairs = zip(labels, colours, strict=True)
    if len(set(symbols)) < 2:
        return tuple(Key(label, colour) for label, colour in pairs)
    return tuple(
        Key(label, colour, "point", symbol=symbol)
        for (label, colour), symbol in zip(pairs, symbols, strict=True)
    )
