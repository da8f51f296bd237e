"""Bars, cells, rectangles, rules, ticks and frames of a plot: from one end to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizspec.draw.palette import Dash
from vizspec.draw.shapes.model import Boxes, Direction, DrawnMark, Line, Rule, Whiskers
from vizspec.draw.shapes.plots.paint import (
    ITSELF,
    NOTHING,
    MarkScales,
    dash_of,
    end_of,
    grouped,
    opacity_of,
    paint,
    width_of,
)
from vizspec.draw.shapes.plots.rows import DrawnRow, Layer
from vizspec.draw.shapes.plots.scales import HALF


def boxes(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """Bars, cells and rectangles: from end to end where they have ends, else as wide as their category."""
    default = None if layer.constants.get("fill") in NOTHING else ITSELF
    found: list[tuple[tuple[float, float], tuple[float, float], str]] = []
    for row in rows:
        x, y = span_of(layer, row, frame, "x"), span_of(layer, row, frame, "y")
        colour = paint(layer, row, frame, "fill", default)
        if x is not None and y is not None and colour is not None:
            found.append((x, y, colour))
    edge = paint(layer, {}, frame, "stroke", None) if not layer.has("stroke") else None
    if found:
        yield Boxes(
            tuple(x[0] for x, _, _ in found),
            tuple(x[1] for x, _, _ in found),
            tuple(y[0] for _, y, _ in found),
            tuple(y[1] for _, y, _ in found),
            tuple(colour for _, _, colour in found),
            opacity_of(layer, "fill"),
            edge,
            width_of(layer, 1.0),
        )


def span_of(layer: Layer, row: DrawnRow, frame: MarkScales, side: str) -> tuple[float, float] | None:
    """From where to where a row reaches on one side: its ends, its category, or all of the frame."""
    scale = frame.scale(side)
    if layer.has(f"{side}1", f"{side}2"):
        ends = [end_of(layer, row, frame, side, number) for number in (1, 2)]
        return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])
    if not layer.has(side):
        return scale.ends
    at = scale.place(row.get(side))
    half = HALF if scale.is_categories else 0.0
    return None if at is None else (at - half, at + half)


def rules(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """Lines across the frame, or from end to end."""
    side: Direction = "x" if layer.function in ("rule_x", "error_bar_y") else "y"
    along: Direction = "y" if side == "x" else "x"
    width, dash, opacity = width_of(layer, 1.0), dash_of(layer), opacity_of(layer, "stroke")
    is_across = not layer.has(f"{along}1", f"{along}2")
    placed = [(row, frame.scale(side).place(row.get(side))) for row in rows]
    if not layer.has(side):
        placed = [(row, sum(frame.scale(side).ends) / 2) for row in rows]
    known = [(row, at) for row, at in placed if at is not None]
    for colour, own in grouped(known, lambda each: paint(layer, each[0], frame, "stroke", ITSELF)).items():
        if is_across:
            yield from (
                Rule(side, at, colour, dash, width, opacity) for at in dict.fromkeys(at for _, at in own)
            )
            continue
        ends = [
            (at, end_of(layer, row, frame, along, 1), end_of(layer, row, frame, along, 2)) for row, at in own
        ]
        spans = [(at, low, high) for at, low, high in ends if low is not None and high is not None]
        if spans and dash:
            yield _segments(spans, along, colour, dash, width, opacity)
        elif spans:
            at, lower, upper = (tuple(part) for part in zip(*spans, strict=True))
            has_caps = str(layer.constants.get("marker")).startswith("tick")
            yield Whiskers(
                at, lower, upper, colour, along, thickness=width, opacity=opacity, has_caps=has_caps
            )


def _segments(
    spans: Sequence[tuple[float, float, float]],
    along: Direction,
    colour: str,
    dash: Dash,
    width: float,
    opacity: float,
) -> Line:
    """The lines from end to end as one with gaps."""
    across = [at for at, _, _ in spans for _ in range(3)]
    ends: list[float | None] = [end for _, low, high in spans for end in (low, high, None)]
    if along == "y":
        return Line(tuple(across), tuple(ends), colour, dash, width, opacity)
    x = tuple(0.0 if end is None else end for end in ends)
    y = tuple(None if end is None else at for at, end in zip(across, ends, strict=True))
    return Line(x, y, colour, dash, width, opacity)


def ticks(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """A short line at each value, as long as the category that it stands in."""
    side: Direction = "x" if layer.function == "tick_x" else "y"
    across: Direction = "y" if side == "x" else "x"
    placed = [
        (row, frame.scale(side).place(row.get(side)), span_of(layer, row, frame, across)) for row in rows
    ]
    known = [(row, at, span) for row, at, span in placed if at is not None and span is not None]
    for colour, own in grouped(known, lambda each: paint(layer, each[0], frame, "stroke", ITSELF)).items():
        spans = [(at, span[0], span[1]) for _, at, span in own]
        yield _segments(spans, across, colour, (), width_of(layer, 1.0), opacity_of(layer, "stroke"))


def frames(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """The edges of the panel, and what fills it."""
    (left, right), (bottom, top) = frame.x.ends, frame.y.ends
    colour = paint(layer, {}, frame, "stroke", ITSELF)
    fill = paint(layer, {}, frame, "fill", None)
    if fill is not None:
        yield Boxes((left,), (right,), (bottom,), (top,), (fill,), opacity_of(layer, "fill"))
    if colour is not None:
        x, y = (left, right, right, left, left), (bottom, bottom, top, top, bottom)
        yield Line(x, y, colour, (), width_of(layer, 1.0), opacity_of(layer, "stroke"))
