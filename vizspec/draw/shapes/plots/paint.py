"""What all marks of a plot share: its scales, and the colours, widths and groups of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vizspec.draw.palette import Dash, Symbol
from vizspec.draw.shapes.model import INK
from vizspec.draw.shapes.plots.colours import Colours
from vizspec.draw.shapes.plots.rows import DrawnRow, Layer
from vizspec.draw.shapes.plots.scales import AxisScale

POINTS_A_PIXEL = 0.75
NOTHING = ("none", "transparent")
ITSELF = "currentColor"


@dataclass(frozen=True)
class MarkScales:
    """What all marks of a plot share."""

    x: AxisScale
    y: AxisScale
    colours: Colours
    greatest: float = 0.0
    quartile: float = 0.0
    """Of the values that sizes of dots show: the greatest, and the first quartile."""
    symbols: tuple[Any, ...] = ()
    """The values that symbols show, in order."""
    symbol_of: Mapping[Any, Symbol] = field(default_factory=dict)
    """The symbol of each value that gives dots their colour."""

    def scale(self, side: str) -> AxisScale:
        """The scale of `x`, or of `y`."""
        return self.x if side == "x" else self.y


def paint(layer: Layer, row: DrawnRow, frame: MarkScales, channel: str, default: str | None) -> str | None:
    """The colour of a row; None where it has none."""
    if layer.has(channel):
        return frame.colours.of(row.get(channel))
    colour = layer.constants.get(channel, default)
    if colour is None or colour in NOTHING:
        return None
    return INK if colour == ITSELF else str(colour)


def opacity_of(layer: Layer, channel: str, default: float = 1.0) -> float:
    """How opaque the channel is, `fill` or `stroke`."""
    own = layer.constants.get(f"{channel}_opacity")
    given = layer.constants.get("opacity")
    return float(default if own is None else own) * float(1.0 if given is None else given)


def width_of(layer: Layer, default: float) -> float:
    """The width of lines in points."""
    given = layer.constants.get("stroke_width")
    return float(default if given is None else given) * POINTS_A_PIXEL


def dash_of(layer: Layer) -> Dash:
    """Lengths in units of the line's width, of a text or a number of pixels."""
    given = layer.constants.get("stroke_dasharray")
    if given is None or given == "none":
        return ()
    parts = [float(part) for part in str(given).replace(",", " ").split()]
    width = width_of(layer, 1.5) / POINTS_A_PIXEL or 1.0
    lengths = parts * 2 if len(parts) % 2 else parts
    return tuple(part / width for part in lengths)


def grouped(items: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    """The items by what the key says of them, in the order in which they come; those of None are left out."""
    groups: dict[Any, list[Any]] = {}
    for item in items:
        found = key(item)
        if found is not None:
            groups.setdefault(found, []).append(item)
    return groups


def series_of(layer: Layer, rows: Sequence[DrawnRow], *channels: str) -> list[list[DrawnRow]]:
    """The rows of each line: those of one `z`, or of one colour."""
    by = next((name for name in ("z", *channels) if layer.has(name)), None)
    if by is None:
        return [list(rows)]
    return list(grouped(rows, lambda row: (row.get(by),)).values())


def end_of(layer: Layer, row: DrawnRow, frame: MarkScales, along: str, number: int) -> float | None:
    """One end of a length: that of its channel, else 0."""
    name = f"{along}{number}"
    if layer.has(name):
        return frame.scale(along).place(row.get(name))
    return 0.0
