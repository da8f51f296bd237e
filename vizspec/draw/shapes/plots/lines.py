"""Lines and areas of a plot: a row after the other, with gaps where one is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vizspec.draw.shapes.model import Area, Band, DrawnMark, Line, Points
from vizspec.draw.shapes.plots.dots import RADIUS
from vizspec.draw.shapes.plots.paint import (
    ITSELF,
    POINTS_A_PIXEL,
    MarkScales,
    dash_of,
    end_of,
    grouped,
    opacity_of,
    paint,
    series_of,
    width_of,
)
from vizspec.draw.shapes.plots.rows import DrawnRow, Layer

STEPS = ("step", "step-before", "step-after")


def lines(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """A line for each series, row after row."""
    along = {"line_y": "x", "line_x": "y"}.get(layer.function)
    for own in series_of(layer, rows, "stroke", "fill"):
        ordered = _sorted(own, along, frame) if along is not None else own
        colour = paint(layer, own[0], frame, "stroke", ITSELF)
        if colour is None:
            continue
        x, y = _joined(
            [(frame.x.place(row.get("x")), frame.y.place(row.get("y"))) for row in ordered],
            layer.constants.get("curve"),
        )
        yield Line(x, y, colour, dash_of(layer), width_of(layer, 1.5), opacity_of(layer, "stroke"))
        if layer.constants.get("marker") in (True, "dot", "circle"):
            known = [(a, b) for a, b in zip(x, y, strict=True) if b is not None]
            yield Points(
                tuple(a for a, _ in known), tuple(b for _, b in known), colour, 2 * RADIUS * POINTS_A_PIXEL
            )


def _sorted(rows: Sequence[DrawnRow], side: str, frame: MarkScales) -> list[DrawnRow]:
    placed = [(frame.scale(side).place(row.get(side)), row) for row in rows]
    return [
        row for at, row in sorted((p for p in placed if p[0] is not None), key=lambda each: each[0] or 0.0)
    ]


def _joined(
    places: Sequence[tuple[float | None, float | None]], curve: Any
) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    """The places of a line, with a gap where one is not known; steps have their corners."""
    x: list[float] = []
    y: list[float | None] = []
    for at, value in places:
        if at is None or value is None:
            x.append(x[-1] if x else 0.0)
            y.append(None)
            continue
        before = (x[-1], y[-1]) if y and y[-1] is not None else None
        if curve in STEPS and before is not None:
            for corner in _corners(before, (at, value), str(curve)):
                x.append(corner[0])
                y.append(corner[1])
        x.append(at)
        y.append(value)
    return tuple(x), tuple(y)


def _corners(
    one: tuple[float, float | None], other: tuple[float, float], curve: str
) -> list[tuple[float, float | None]]:
    if curve == "step-before":
        return [(one[0], other[1])]
    if curve == "step-after":
        return [(other[0], one[1])]
    middle = (one[0] + other[0]) / 2
    return [(middle, one[1]), (middle, other[1])]


def areas(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """Between two lines over x, or beside two over y."""
    is_upright = layer.function != "area_x" and not layer.has("x2")
    across, along = ("x", "y") if is_upright else ("y", "x")
    for own in series_of(layer, rows, "fill", "stroke"):
        colour = paint(layer, own[0], frame, "fill", ITSELF)
        if colour is None:
            continue
        is_sorted = layer.function in ("area_x", "area_y")
        at = across if layer.has(across) else f"{across}1"
        ordered = _sorted(own, across, frame) if is_sorted else own
        places = [frame.scale(across).place(row.get(at)) for row in ordered]
        ends = [[end_of(layer, row, frame, along, number) for row in ordered] for number in (1, 2)]
        curve = layer.constants.get("curve")
        (x, lower), (_, upper) = (_joined(list(zip(places, end, strict=True)), curve) for end in ends)
        opacity = opacity_of(layer, "fill")
        if is_upright:
            yield Band(x, lower, upper, colour, opacity)
        else:
            known = [
                (at, low, high)
                for at, low, high in zip(x, lower, upper, strict=True)
                if low is not None and high is not None
            ]
            there, back = [(low, at) for at, low, _ in known], [(high, at) for at, _, high in reversed(known)]
            yield Area(tuple(p for p, _ in there + back), tuple(p for _, p in there + back), colour, opacity)


def links(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """A line from one place of each row to its other."""
    for colour, own in grouped(rows, lambda row: paint(layer, row, frame, "stroke", ITSELF)).items():
        x: list[float] = []
        y: list[float | None] = []
        for row in own:
            ends = [
                frame.scale(side).place(row.get(f"{side}{number}" if layer.has(f"{side}{number}") else side))
                for number in (1, 2)
                for side in ("x", "y")
            ]
            if None not in ends:
                known = [end for end in ends if end is not None]
                x += [known[0], known[2], known[2]]
                y += [known[1], known[3], None]
        yield Line(
            tuple(x), tuple(y), colour, dash_of(layer), width_of(layer, 1.5), opacity_of(layer, "stroke")
        )


def regressions(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """A line with its band."""
    for own in series_of(layer, rows, "stroke"):
        colour = paint(layer, own[0], frame, "stroke", ITSELF)
        known = [(frame.x.place(row["x"]), row) for row in own]
        places = [(at, row) for at, row in known if at is not None]
        if colour is None or not places:
            continue
        x = tuple(at for at, _ in places)
        if any(row["y1"] is not None for _, row in places):
            lower, upper = (tuple(frame.y.place(row[name]) for _, row in places) for name in ("y1", "y2"))
            yield Band(x, lower, upper, colour, opacity_of(layer, "fill", 0.1))
        line = tuple(frame.y.place(row["y"]) for _, row in places)
        yield Line(x, line, colour, dash_of(layer), width_of(layer, 1.5), opacity_of(layer, "stroke"))
