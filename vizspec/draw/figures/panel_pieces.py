"""Panels of numbers as lines, polygons and symbols at inches of one canvas. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from math import nan
from typing import Any, NamedTuple

from vizspec.draw.figures.grid_layout import TICK, CanvasBox
from vizspec.draw.figures.mpl import HALO, STYLE
from vizspec.draw.palette import Dash
from vizspec.draw.shapes.dates import AxisTicks
from vizspec.draw.shapes.model import INK, Axis, Band, DrawnMark, Line, Panel, Points, Rule, Steps, Whiskers

UNDER, OVER = 0.0, 3.0
"""The depths of grid lines and of frames; marks lie between."""

Places = Sequence[tuple[float, float]]
"""Inches from the left and from the foot of the canvas."""


class Stroke(NamedTuple):
    """A line on the canvas, with a gap where a place is not a number."""

    depth: float
    places: Places
    colour: str
    thickness: float
    dash: Dash = ()
    opacity: float = 1.0


class Fill(NamedTuple):
    """A polygon on the canvas."""

    depth: float
    places: Places
    colour: str
    opacity: float


class Dots(NamedTuple):
    """Symbols on the canvas."""

    depth: float
    places: Places
    mark: Points


Piece = Stroke | Fill | Dots


class Pane(NamedTuple):
    """A panel in its box, with the ticks of its axes."""

    panel: Panel
    box: CanvasBox
    x_ticks: AxisTicks
    y_ticks: AxisTicks

    def places(self, x: Sequence[Any], y: Sequence[Any]) -> Places:
        """The inches at which pairs of values stand, not numbers where a value is None."""
        return list(zip(map(self.x_at, x), map(self.y_at, y), strict=True))

    def x_at(self, value: float | None) -> float:
        """The inches from the left at which a value stands."""
        low, high = domain_of(self.panel.x)
        return nan if value is None else self.box.left + (value - low) / (high - low) * self.box.width

    def y_at(self, value: float | None) -> float:
        """The inches from the foot at which a value stands."""
        low, high = domain_of(self.panel.y)
        return nan if value is None else self.box.bottom + (value - low) / (high - low) * self.box.height


def domain_of(axis: Axis) -> tuple[float, float]:
    """The ends of an axis that has a domain."""
    assert axis.domain is not None
    return axis.domain


def pieces_of(panes: Sequence[Pane]) -> Iterator[Piece]:
    """The frames of the panels and all their marks, each at its depth."""
    for pane in panes:
        yield from _frame(pane)
        for number, mark in enumerate(pane.panel.marks):
            depth = UNDER + 1 + number / len(pane.panel.marks)
            yield from (piece._replace(depth=piece.depth + depth) for piece in PIECES[type(mark)](mark, pane))


def _frame(pane: Pane) -> Iterator[Stroke]:
    """The lines of the grid, both axes and their ticks."""
    left, bottom, width, height = pane.box
    x, y = ([at for at, _ in ticks] for ticks in (pane.x_ticks, pane.y_ticks))
    across = [pane.x_at(value) for value in x]
    up = [pane.y_at(value) for value in y]
    grid = [((at, bottom), (at, bottom + height)) for at in across if pane.panel.x.has_grid]
    grid += [((left, at), (left + width, at)) for at in up if pane.panel.y.has_grid]
    marks = [((at, bottom - TICK), (at, bottom)) for at in across]
    marks += [((left - TICK, at), (left, at)) for at in up]
    corner = (((left, bottom + height), (left, bottom)), ((left, bottom), (left + width, bottom)))
    yield Stroke(UNDER, _segments(grid), STYLE["grid.color"], STYLE["grid.linewidth"])
    yield Stroke(OVER, _segments([*marks, *corner]), INK, STYLE["axes.linewidth"])


def _segments(ends: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> Places:
    """Lines as one, with gaps between them."""
    return [place for both in ends for place in (*both, (nan, nan))]


def _line(mark: Line, pane: Pane) -> Iterator[Piece]:
    yield Stroke(0, pane.places(mark.x, mark.y), mark.colour, mark.thickness, mark.dash, mark.opacity)


def _whiskers(mark: Whiskers, pane: Pane) -> Iterator[Piece]:
    x = [place for at in mark.at for place in (at, at, None)]
    y = [end for ends in zip(mark.lower, mark.upper, strict=True) for end in (*ends, None)]
    places = pane.places(x, y)
    if mark.halo is not None:
        yield Stroke(0, places, mark.halo, mark.thickness + HALO)
    yield Stroke(0, places, mark.colour, mark.thickness, (), mark.opacity)


def _rule(mark: Rule, pane: Pane) -> Iterator[Piece]:
    ends = domain_of(pane.panel.y if mark.axis == "x" else pane.panel.x)
    along = [mark.at, mark.at]
    places = pane.places(along, ends) if mark.axis == "x" else pane.places(ends, along)
    yield Stroke(0, places, mark.colour, mark.thickness, mark.dash)


def _steps(mark: Steps, pane: Pane) -> Iterator[Piece]:
    x = [edge for edge in mark.edges for _ in range(2)]
    y = [0.0, *(value for value in mark.values for _ in range(2)), 0.0]
    places = pane.places(x, y)
    if mark.is_filled:
        yield Fill(0, places, mark.colour, mark.opacity)
    else:
        yield Stroke(0, places, mark.colour, mark.thickness, mark.dash, mark.opacity)


def _band(mark: Band, pane: Pane) -> Iterator[Piece]:
    ends = list(zip(mark.x, mark.lower, mark.upper, strict=True))
    for is_known, run in groupby(ends, lambda each: each[1] is not None and each[2] is not None):
        x, lower, upper = zip(*run, strict=True)
        if is_known:
            places = pane.places((*x, *reversed(x)), (*lower, *reversed(upper)))
            yield Fill(0, places, mark.colour, mark.opacity)


def _points(mark: Points, pane: Pane) -> Iterator[Piece]:
    yield Dots(0, pane.places(mark.x, mark.y), mark)


PIECES: Mapping[type[DrawnMark], Callable[[Any, Pane], Iterator[Piece]]] = {
    Line: _line,
    Whiskers: _whiskers,
    Rule: _rule,
    Steps: _steps,
    Band: _band,
    Points: _points,
}
