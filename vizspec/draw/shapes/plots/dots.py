"""Dots and texts of a plot, at the places of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import Any, get_args

from vizspec.draw.palette import CIRCLE, Symbol
from vizspec.draw.shapes.model import Anchor, DrawnMark, Points, TextMarks
from vizspec.draw.shapes.plots.paint import (
    ITSELF,
    NOTHING,
    POINTS_A_PIXEL,
    MarkScales,
    grouped,
    opacity_of,
    paint,
    width_of,
)
from vizspec.draw.shapes.plots.rows import DrawnRow, Layer
from vizspec.text.number_format import formatted

RADIUS = 3.0
"""Pixels of a dot without a size; of one with, where its value is the first quartile."""
LARGEST = 30.0
TEXT_PIXELS = 10.0
FILLED = ("circle", "cross", "diamond", "square", "star", "triangle", "wye")
"""The symbols of categories, in their order; those of dots that are not filled."""
STROKED = ("circle", "plus", "times", "triangle2", "asterisk", "square2", "diamond2")
SHAPES: Mapping[str, Symbol] = {
    **{symbol: symbol for symbol in get_args(Symbol)},
    "triangle2": "triangle",
    "square2": "square",
    "diamond2": "diamond",
}
"""What is drawn for each symbol."""


def dots(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """Symbols of the rows, in their sizes and colours."""
    is_filled = layer.has("fill") or layer.constants.get("fill") not in (None, *NOTHING)
    placed = [(row, _at(layer, row, frame)) for row in rows]
    known = [(row, at) for row, at in placed if at is not None]
    if layer.has("r"):  # the small ones lie above
        known = sorted(known, key=lambda each: -(each[0].get("r") or 0))

    def look(row: DrawnRow) -> tuple[str | None, str | None, str] | None:
        fill = paint(layer, row, frame, "fill", None)
        edge = paint(layer, row, frame, "stroke", None if is_filled else ITSELF)
        return None if fill is None and edge is None else (fill, edge, _symbol(layer, row, frame, is_filled))

    for (fill, edge, symbol), own in grouped(known, lambda each: look(each[0])).items():
        sizes = tuple(2 * _radius(layer, row, frame) * POINTS_A_PIXEL for row, _ in own)
        yield Points(
            tuple(x for _, (x, _) in own),
            tuple(y for _, (_, y) in own),
            fill or "none",
            sizes[0],
            SHAPES[symbol],
            edge,
            opacity=opacity_of(layer, "fill" if fill else "stroke"),
            sizes=sizes if layer.has("r") else (),
            edge_width=width_of(layer, 1.5),
        )


def _at(layer: Layer, row: DrawnRow, frame: MarkScales) -> tuple[float, float] | None:
    """The place of a row; the middle of the frame where a side has none."""
    found = []
    for side in ("x", "y"):
        scale = frame.scale(side)
        at = scale.place(row.get(side)) if layer.has(side) else sum(scale.ends) / 2
        if at is None:
            return None
        found.append(at)
    return (found[0], found[1])


def _radius(layer: Layer, row: DrawnRow, frame: MarkScales) -> float:
    if not layer.has("r"):
        given = layer.constants.get("r")
        return RADIUS if given is None else float(given)
    value = row.get("r")
    if not isinstance(value, int | float) or value <= 0 or frame.quartile <= 0:
        return 0.0
    shrink = min(1.0, LARGEST / (RADIUS * sqrt(frame.greatest / frame.quartile)))
    return RADIUS * sqrt(value / frame.quartile) * shrink


def _symbol(layer: Layer, row: DrawnRow, frame: MarkScales, is_filled: bool) -> str:
    if layer.function == "hexagon":
        return "hexagon"
    if not layer.has("symbol"):
        value = row.get("fill", row.get("stroke"))
        return str(layer.constants.get("symbol") or frame.symbol_of.get(value, CIRCLE))
    order = FILLED if is_filled else STROKED
    value = row.get("symbol")
    return order[frame.symbols.index(value) % len(order)] if value in frame.symbols else CIRCLE


def texts(layer: Layer, rows: Sequence[DrawnRow], frame: MarkScales) -> Iterator[DrawnMark]:
    """Words at the places of the rows, or where the frame is anchored."""
    styles = layer.constants.get("styles") or {}
    anchor = str(layer.constants.get("frame_anchor") or "middle")
    side: Anchor = _side(styles.get("text_anchor"), anchor)
    size = float(styles.get("font_size") or TEXT_PIXELS) / TEXT_PIXELS
    offset = (_pixels(layer, "dx"), -_pixels(layer, "dy"))
    texts = [
        (row, at, text)
        for row in rows
        if (at := _text_at(layer, row, frame, anchor)) is not None
        if (text := _text(layer, row))
    ]
    for colour, own in grouped(texts, lambda each: paint(layer, each[0], frame, "fill", ITSELF)).items():
        yield TextMarks(
            tuple(at[0] for _, at, _ in own),
            tuple(at[1] for _, at, _ in own),
            tuple(text for _, _, text in own),
            colour,
            size,
            side,
            offset=offset,
        )


_SIDES: Mapping[str, Anchor] = {"start": "left", "end": "right"}
"""Where a text stands, by `text_anchor`; in the middle else."""


def _side(given: Any, frame_anchor: str) -> Anchor:
    if given is not None:
        return _SIDES.get(str(given), "middle")
    return (
        "left" if frame_anchor.endswith("left") else "right" if frame_anchor.endswith("right") else "middle"
    )


def _pixels(layer: Layer, name: str) -> float:
    return float(layer.constants.get(name) or 0) * POINTS_A_PIXEL


def _text_at(layer: Layer, row: DrawnRow, frame: MarkScales, anchor: str) -> tuple[float, float] | None:
    """Where a text stands: at its row's place, and on a side without one where the frame is anchored."""
    found = []
    for side, (first, last) in (("x", ("left", "right")), ("y", ("bottom", "top"))):
        scale = frame.scale(side)
        if layer.has(side):
            at = scale.place(row.get(side))
        else:
            low, high = scale.ends
            if scale.is_categories and side == "y":
                low, high = high, low
            at = low if first in anchor else high if last in anchor else (low + high) / 2
        if at is None:
            return None
        found.append(at)
    return (found[0], found[1])


def _text(layer: Layer, row: DrawnRow) -> str:
    value = row.get("text") if layer.has("text") else layer.constants.get("text")
    if value is None:
        return ""
    return formatted(value, ",.3~f") if isinstance(value, int | float) else str(value)
