"""A whole plot as shapes: its panels, axes, legend and colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from vizspec.draw.palette import CIRCLE, Symbol
from vizspec.draw.shapes.model import Axis, Key, Panel, Shapes
from vizspec.draw.shapes.plots.colours import colours_of
from vizspec.draw.shapes.plots.mark_calls import PlotCall
from vizspec.draw.shapes.plots.marks import marks_of
from vizspec.draw.shapes.plots.paint import MarkScales
from vizspec.draw.shapes.plots.rows import DrawnRow, Layer, layers_of
from vizspec.draw.shapes.plots.scales import scale_of
from vizspec.text.widths import INVISIBLE

COLOURED = ("fill", "stroke")


def shapes_of(
    columns: Mapping[str, Sequence[Any]],
    marks: Sequence[PlotCall],
    attributes: Mapping[str, Any],
    title: str,
    *,
    has_legend: bool,
    symbols: Mapping[Any, Symbol] = MappingProxyType({}),
) -> Shapes:
    """The plot's shapes; of what `browser_alone` names nothing is drawn.

    `symbols` are those of the values that give dots their colours.
    """
    layers = layers_of(marks, columns)
    across, down = (_panels(side, layers, attributes) for side in ("fx", "fy"))
    frame = replace(_frame(layers, attributes, len(across)), symbol_of=symbols)
    panels = tuple(
        Panel(
            tuple(_marks(layers, frame, fx, fy)),
            _without_label(frame.x.axis, len(across) * len(down)),
            _without_label(frame.y.axis, len(across) * len(down)),
            " · ".join(str(value) for value in (fx, fy) if value is not None),
            is_layered=True,
        )
        for fy in down
        for fx in across
    )
    several = len(panels) > 1
    colours = frame.colours
    return Shapes(
        panels,
        title,
        columns=len(across),
        width=float(attributes["width"]),
        height=float(attributes["height"]),
        x_label=frame.x.axis.label if several else "",
        y_label=frame.y.axis.label if several else "",
        shares_x=several,
        shares_y=several,
        legend=_legend(layers, colours.keys, symbols) if has_legend else (),
        colour_scale=colours.scale if has_legend else None,
    )


def _legend(layers: Sequence[Layer], keys: tuple[Key, ...], symbols: Mapping[Any, Symbol]) -> tuple[Key, ...]:
    """The keys; with their symbols where dots alone have the colours, and not all are circles."""
    coloured = [layer.function for layer in layers if layer.has(*COLOURED)]
    if set(symbols.values()) <= {CIRCLE} or not all(function.startswith("dot") for function in coloured):
        return keys
    return tuple(replace(key, sign="point", symbol=symbols.get(key.label, CIRCLE)) for key in keys)


def _label(attributes: Mapping[str, Any]) -> str:
    return str(attributes.get("color_label") or "").removeprefix(INVISIBLE)


def _frame(layers: Sequence[Layer], attributes: Mapping[str, Any], panels: int) -> MarkScales:
    painted = [
        row.get(name) for layer in layers for name in COLOURED if layer.has(name) for row in layer.rows
    ]
    sizes = [row.get("r") for layer in layers if layer.has("r") for row in layer.rows]
    positive = [size for size in sizes if isinstance(size, int | float) and size > 0]
    symbols = {row.get("symbol") for layer in layers if layer.has("symbol") for row in layer.rows} - {None}
    return MarkScales(
        scale_of("x", layers, attributes, panels),
        scale_of("y", layers, attributes, panels),
        colours_of(painted, attributes, _label(attributes)),
        max(positive, default=0.0),
        _quartile(positive),
        tuple(sorted(symbols, key=lambda value: (isinstance(value, str), value))),
    )


def _quartile(values: Sequence[float]) -> float:
    """The first quartile, between two values in proportion."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = (len(ordered) - 1) * 0.25
    low = int(place)
    return ordered[low] + (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]) * (place - low)


def _panels(side: str, layers: Sequence[Layer], attributes: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values that have panels, in order; None alone where there are no panels on this side."""
    given = attributes.get(f"{side}_domain")
    if given:
        return tuple(given)
    found = {row.get(side) for layer in layers if layer.has(side) for row in layer.rows} - {None}
    return tuple(sorted(found, key=lambda value: (isinstance(value, str), value))) or (None,)


def _marks(layers: Sequence[Layer], frame: MarkScales, fx: Any, fy: Any) -> Iterator[Any]:
    for layer in layers:
        yield from marks_of(layer, tuple(_of_panel(layer, fx, fy)), frame)


def _of_panel(layer: Layer, fx: Any, fy: Any) -> Iterator[DrawnRow]:
    for row in layer.rows:
        if (not layer.has("fx") or row.get("fx") == fx) and (not layer.has("fy") or row.get("fy") == fy):
            yield row


def _without_label(axis: Axis, panels: int) -> Axis:
    return replace(axis, label="") if panels > 1 else axis
