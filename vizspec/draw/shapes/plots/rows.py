"""The rows of a mark: the values of its channels, worked out over groups where a transform asks for that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from statistics import NormalDist
from typing import Any

from vizspec.draw.shapes.plots.aggregates import aggregated, bins_of
from vizspec.draw.shapes.plots.mark_calls import ColumnValues, PlotCall, PlotColumn, Transformed
from vizspec.statistics.regression import fitted_line

DrawnRow = Mapping[str, Any]
"""The value of each channel; what is not known is None."""
BIN = "bin"
CHANNELS = "channels"
BINNED_ENDS = frozenset(
    {("rect", "x"), ("rect", "y"), ("rect_x", "y"), ("rect_y", "x"), ("rule_y", "x"), ("rule_x", "y")}
)
"""Marks with the channel of which bins give both ends."""
STACKED = {"bar_y": "y", "bar_x": "x", "rect_y": "y", "rect_x": "x", "area_y": "y", "area_x": "x"}
"""Marks that stand on each other, with the channel of their length."""
FULL = {"rule_x": "y", "rule_y": "x"}
"""Rules, with the channel along which they reach from 0 to a value."""
BAND_STEPS = 60
"""Places at which the band around a line is worked out."""
LEVEL = 0.95


@dataclass(frozen=True)
class Layer:
    """A mark with its rows; `constants` are its arguments that mean themselves."""

    function: str
    rows: tuple[DrawnRow, ...]
    constants: Mapping[str, Any]
    channels: frozenset[str]

    def has(self, *channels: str) -> bool:
        """Whether some of these channels vary."""
        return not self.channels.isdisjoint(channels)


def layers_of(calls: Sequence[PlotCall], columns: ColumnValues) -> tuple[Layer, ...]:
    """The marks with their rows, and with both ends of what has a length."""
    return tuple(_with_ends(_layer(call, columns)) for call in calls)


def _layer(call: PlotCall, columns: ColumnValues) -> Layer:
    varying = {name: value for name, value in call.arguments if isinstance(value, PlotColumn | Transformed)}
    constants = {name: value for name, value in call.arguments if name not in varying}
    if not varying:
        return _of_constants(call.function, constants)
    dims, made = _dims(call, varying, columns)
    rows = _grouped(dims, made, columns) if made else _ungrouped(dims)
    return Layer(call.function, rows, constants, frozenset(dims) | frozenset(made))


def _of_constants(function: str, constants: Mapping[str, Any]) -> Layer:
    """A mark without columns: of lists of values a row for each place."""
    lists = {name: value for name, value in constants.items() if isinstance(value, tuple)}
    length = max(map(len, lists.values()), default=1)
    rows = tuple(
        {name: values[place] for name, values in lists.items() if place < len(values)}
        for place in range(length)
    )
    rest = {name: value for name, value in constants.items() if name not in lists}
    return Layer(function, rows, rest, frozenset(lists))


def _dims(
    call: PlotCall, varying: Mapping[str, PlotColumn | Transformed], columns: ColumnValues
) -> tuple[dict[str, Sequence[Any]], dict[str, Transformed]]:
    """The values of channels that rows have by themselves, and the channels that groups have."""
    dims: dict[str, Sequence[Any]] = {}
    made: dict[str, Transformed] = {}
    for name, value in varying.items():
        if isinstance(value, PlotColumn):
            dims[name] = columns[value.alias]
        elif value.transform == BIN:
            dims |= _binned(call.function, name, columns[value.alias or ""], dict(value.arguments))
        else:
            made[name] = value
    channels = dict(call.arguments).get(CHANNELS)
    if made and isinstance(channels, Mapping):
        dims |= {f"{CHANNELS}.{name}": columns[one.alias] for name, one in channels.items()}
    return dims, made


def _binned(
    function: str, name: str, values: Sequence[Any], given: Mapping[str, Any]
) -> dict[str, list[Any]]:
    start, width = bins_of(values, given)
    offset = given.get("offset") or 0

    def edge(value: float | None, further: float) -> float | None:
        if value is None:
            return None
        return start + width * floor((value - start) / width + offset + further)

    if (function, name) not in BINNED_ENDS:
        return {name: [edge(value, 0) for value in values]}
    return {f"{name}{end + 1}": [edge(value, end) for value in values] for end in (0, 1)}


def _ungrouped(dims: Mapping[str, Sequence[Any]]) -> tuple[DrawnRow, ...]:
    return tuple(dict(zip(dims, values, strict=True)) for values in zip(*dims.values(), strict=True))


def _grouped(
    dims: Mapping[str, Sequence[Any]], made: Mapping[str, Transformed], columns: ColumnValues
) -> tuple[DrawnRow, ...]:
    """A row for each combination of the values of `dims`, in the order in which they come."""
    length = len(next(iter(columns.values())))
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place in range(length):
        groups.setdefault(tuple(values[place] for values in dims.values()), []).append(place)
    return tuple(
        {
            **dict(zip(dims, values, strict=True)),
            **{name: _of_group(one, columns, places) for name, one in made.items()},
        }
        for values, places in groups.items()
    )


def _of_group(one: Transformed, columns: ColumnValues, places: Sequence[int]) -> Any:
    if one.alias is None:
        return len(places)
    values = [columns[one.alias][place] for place in places]
    return aggregated(one.transform, values, dict(one.arguments))


def _with_ends(layer: Layer) -> Layer:
    """The layer with both ends of what has a length: stacked, from 0, or worked out of the rows."""
    if layer.function in STACKED:
        along = STACKED[layer.function]
        if layer.has(along) and not layer.has(f"{along}1", f"{along}2"):
            return _with_rows(layer, tuple(_stacked(layer, along)), along)
    if layer.function in FULL:
        along = FULL[layer.function]
        if layer.has(along) and not layer.has(f"{along}1", f"{along}2"):
            return _with_rows(layer, tuple(_from_zero(layer.rows, along)), along)
    if layer.function in ("error_bar_x", "error_bar_y"):
        along = layer.function[-1]
        return _with_rows(layer, tuple(_error_bars(layer, along)), along)
    if layer.function == "regression_y":
        return replace(layer, rows=tuple(_fitted(layer)), channels=layer.channels | {"y1", "y2"})
    return layer


def _with_rows(layer: Layer, rows: tuple[DrawnRow, ...], along: str) -> Layer:
    channels = (layer.channels - {along}) | {f"{along}1", f"{along}2"}
    return replace(layer, rows=rows, channels=channels)


def _from_zero(rows: Sequence[DrawnRow], along: str) -> Iterator[DrawnRow]:
    for row in rows:
        yield {**row, f"{along}1": 0.0 if row[along] is not None else None, f"{along}2": row[along]}


def _stacked(layer: Layer, along: str) -> Iterator[DrawnRow]:
    """Each row on those before it of the same place and panel; what is negative goes down from 0."""
    across = "x" if along == "y" else "y"
    tops: dict[tuple[Any, ...], float] = {}
    for row in _in_layers(layer):
        value = row[along]
        if not isinstance(value, int | float):
            yield {**row, f"{along}1": None, f"{along}2": None}
            continue
        at = tuple(row.get(name) for name in (across, f"{across}1", f"{across}2", "fx", "fy"))
        start = tops.get((*at, value < 0), 0.0)
        tops[(*at, value < 0)] = start + value
        yield {**row, f"{along}1": start, f"{along}2": start + value}


def _in_layers(layer: Layer) -> Sequence[DrawnRow]:
    """The rows as they are stacked: of areas those of one series after the other, the first at the bottom."""
    by = next((name for name in ("z", "fill", "stroke") if layer.has(name)), None)
    if by is None or not layer.function.startswith("area"):
        return layer.rows
    order = {value: rank for rank, value in enumerate(dict.fromkeys(row.get(by) for row in layer.rows))}
    return sorted(layer.rows, key=lambda row: order[row.get(by)])


def _error_bars(layer: Layer, along: str) -> Iterator[DrawnRow]:
    """The mean with its normal interval, over the rows that are alike in all else."""
    level = float(layer.constants.get("ci") or LEVEL)
    quantile = NormalDist().inv_cdf((1 + level) / 2)
    for rest, rows in _alike(layer.rows, [name for name in layer.channels if name != along]):
        values = [row[along] for row in rows if row[along] is not None]
        deviation = aggregated("stddev", values, {})
        if deviation is not None:
            mean, half = aggregated("avg", values, {}), quantile * deviation / len(values) ** 0.5
            yield {**rest, f"{along}1": mean - half, f"{along}2": mean + half}


def _fitted(layer: Layer) -> Iterator[DrawnRow]:
    """The places of the line of each group of rows: its height and the ends of its band."""
    given = layer.constants.get("ci")
    level = LEVEL if given is None else float(given)
    for rest, rows in _alike(layer.rows, [name for name in ("stroke", "z", "fx", "fy") if layer.has(name)]):
        pairs = [(row.get("x"), row.get("y")) for row in rows]
        known = [(x, y) for x, y in pairs if isinstance(x, int | float) and isinstance(y, int | float)]
        line = fitted_line([x for x, _ in known], [y for _, y in known])
        if line is None:
            continue
        low, high = min(x for x, _ in known), max(x for x, _ in known)
        for step in range(BAND_STEPS + 1):
            x = low + (high - low) * step / BAND_STEPS
            half = line.half_width(x, level) if level else None
            ends = (None, None) if half is None else (line.at(x) - half, line.at(x) + half)
            yield {**rest, "x": x, "y": line.at(x), "y1": ends[0], "y2": ends[1]}


def _alike(rows: Sequence[DrawnRow], names: Sequence[str]) -> Iterator[tuple[dict[str, Any], list[DrawnRow]]]:
    groups: dict[tuple[Any, ...], list[DrawnRow]] = {}
    for row in rows:
        groups.setdefault(tuple(row.get(name) for name in names), []).append(row)
    for values, own in groups.items():
        yield dict(zip(names, values, strict=True)), own
