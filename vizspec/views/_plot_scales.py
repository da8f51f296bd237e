"""Which columns stand on which scale of a plot, in which order and colours, and under which aliases. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.cells.columns import renamed
from vizspec.draw.charts.label_texts import chart_texts, shortened
from vizspec.draw.charts.mark_signatures import taken_names
from vizspec.draw.palette import Symbol, categorical, distinct, symbol_at
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn, Transformed
from vizspec.views._plot_language import COLOURS, PLACES, Constant, PlotPart, TransformedColumn
from vizspec.views._positions import positions
from vizspec.views._styles import colours, series_colours
from vizspec.views.frame import Frame
from vizspec.views.selection import Selection

SCALE_OF = {
    **dict.fromkeys(("x", "x1", "x2"), "x"),
    **dict.fromkeys(("y", "y1", "y2"), "y"),
    **dict.fromkeys(COLOURS, "color"),
    "fx": "fx",
    "fy": "fy",
    "symbol": "symbol",
}
"""The scale that each channel is on; others have none."""
AXES = ("x", "y")
TEXT_LIMIT = 40
"""Characters of a text beside or below an axis, and of one over a panel."""
PANEL_LIMIT = 24
INTERVAL = "interval"
NO_BREAK_SPACE = "\u00a0"
MODEL = "model_label"


@dataclass(frozen=True)
class Scales:
    """The columns of a plot.

    `alias`: what each column is called in the chart's data; `shown`: its values as the chart has them; `on`:
    the columns of each scale; `domain`: the categories of scales of texts, in order; `colours` and `symbols`:
    those of the domain `color`.
    """

    alias: Mapping[str, str]
    shown: Mapping[str, tuple[Any, ...]]
    on: Mapping[str, tuple[str, ...]]
    domain: Mapping[str, tuple[Any, ...]]
    colours: tuple[str, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    meant: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)
    """How the values of each scale's columns are shown, by what they are in the frame."""

    def domain_of(self, scale: str, given: Sequence[Any]) -> tuple[Any, ...]:
        """A domain of the spec's as the chart has it: its values may be the frame's, or what is shown."""
        shown = self.meant.get(scale, {})
        return tuple(shown.get(value, value) for value in given)

    def at(self, places: Sequence[int], domain: Mapping[str, tuple[Any, ...]]) -> Scales:
        """The scales of the rows at these places alone, with these domains instead of their own."""
        shown = {name: tuple(values[place] for place in places) for name, values in self.shown.items()}
        return replace(self, shown=shown, domain={**self.domain, **domain})

    def call(self, part: PlotPart, constants: dict[str, tuple[Any, ...]], rows: int) -> PlotCall:
        """The part with aliases for its columns. Constants beside columns become columns in `constants`."""
        has_columns = any(isinstance(value, str | TransformedColumn) for value in part.arguments.values())
        return PlotCall(
            part.function,
            tuple(
                (name, self._argument(name, value, has_columns, constants, rows))
                for name, value in part.arguments.items()
            ),
        )

    @property
    def symbols_of_colours(self) -> tuple[str, Mapping[str, Symbol]] | None:
        """The alias of the column that gives colours, and the symbol of each of its values.

        None where no single column of texts does, or symbols have a column of their own.
        """
        columns = self.on.get("color", ())
        if len(columns) != 1 or "color" not in self.domain or "symbol" in self.on:
            return None
        return self.alias[columns[0]], dict(zip(self.domain["color"], self.symbols, strict=False))

    def choice(self, part: PlotPart) -> PlotCall:
        """An input, named by its column unless it has a label."""
        arguments: dict[str, Any] = {}
        for name, value in part.arguments.items():
            arguments[name] = value.value if isinstance(value, Constant) else value
        column = arguments.pop("column", None)
        if column is not None:
            arguments.setdefault("label", shortened(column))
            arguments["field" if part.function == "checkbox" else "column"] = self.alias[column]
        if part.function == "slider" and column is not None:
            arguments |= _range(arguments, self.shown[column])
        if part.function == "checkbox" and "values" in arguments:
            arguments["values"] = tuple(arguments["values"])
        return PlotCall(part.function, tuple(arguments.items()))

    def tips(self, part: PlotPart) -> tuple[tuple[str, Any], ...]:
        """What a mark's rows tell when they are pointed at: the columns by their names; nothing of sums."""
        if any(isinstance(value, TransformedColumn) for value in part.arguments.values()):
            return (("tip", True),)
        own = part.arguments.get("channels")
        further = own.values() if isinstance(own, Mapping) else ()
        named = dict.fromkeys(
            [value for value in part.arguments.values() if isinstance(value, str)] + list(further)
        )
        names = _tip_names(named)
        channels = {names[name]: PlotColumn(self.alias[name]) for name in named}
        return (("tip", True), *(() if "channels" in part.arguments else (("channels", channels),)))

    def _argument(
        self,
        name: str,
        value: str | Constant | TransformedColumn | Mapping[str, str],
        has_columns: bool,
        constants: dict[str, tuple[Any, ...]],
        rows: int,
    ) -> Any:
        if isinstance(value, str):
            return PlotColumn(self.alias[value])
        if isinstance(value, TransformedColumn):
            alias = None if value.column is None else self.alias[value.column]
            return Transformed(value.transform, alias, value.arguments)
        if isinstance(value, Mapping):
            names = _tip_names(value)
            return {names[name]: PlotColumn(self.alias[column]) for name, column in value.items()}
        if name not in PLACES or value.value is None:
            return tuple(value.value) if isinstance(value.value, list) else value.value
        if not has_columns:
            return (value.value,)
        alias = f"k{len(constants)}"
        constants[alias] = (value.value,) * rows
        return PlotColumn(alias)


def _range(given: Mapping[str, Any], values: Sequence[Any]) -> dict[str, Any]:
    """What a slider has at first: what it is given, else all that there is."""
    numbers = [value for value in values if isinstance(value, int | float)]
    value = given.get("value")
    if isinstance(value, list | tuple):
        return {"value": tuple(value)}
    if value is None and given.get("select", INTERVAL) == INTERVAL and numbers:
        return {"select": INTERVAL, "value": (min(numbers), max(numbers))}
    return {}


def _tip_names(columns: Iterable[str]) -> Mapping[str, str]:
    """What a tip calls columns; a space that nobody sees keeps a name apart from a mark's own argument."""
    shown = chart_texts(columns)
    return {
        name: f"{text}{NO_BREAK_SPACE}" if text in taken_names() else text for name, text in shown.items()
    }


def scales_of(
    used: Sequence[tuple[str, str]],
    frame: Frame,
    selection: Selection,
    limit: int = TEXT_LIMIT,
    *,
    is_sorted: bool = False,
) -> Scales:
    """The scales of the columns that channels show, pairs of a channel and a column.

    `is_sorted`: places of texts are in the order of the rows, and not in that of the design.
    """
    names = tuple(dict.fromkeys(name for _, name in used))
    raw = {name: _renamed(name, frame.column(name), selection) for name in names}
    over_panels = {name for channel, name in used if channel == "fx"}
    texts = {
        name: _texts(values, PANEL_LIMIT if name in over_panels else limit) for name, values in raw.items()
    }
    shown = {
        name: tuple(None if value is None else texts[name].get(value, value) for value in values)
        for name, values in raw.items()
    }
    on: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for channel, name in used:
        if channel in SCALE_OF:
            on[SCALE_OF[channel]][name] = None
    orders = {name: _order(name, raw[name], frame, selection) for name in names if texts[name]}
    as_they_come = {name: tuple(dict.fromkeys(v for v in raw[name] if v is not None)) for name in orders}
    domain = {
        scale: tuple(
            dict.fromkeys(
                texts[name][value]
                for name in columns
                for value in (as_they_come if is_sorted and scale in AXES else orders).get(name, ())
            )
        )
        for scale, columns in on.items()
        if all(texts[name] for name in columns)
    }
    found = _colours(tuple(on.get("color", ())), orders, frame, raw, selection)
    return Scales(
        {name: f"c{place}" for place, name in enumerate(names)},
        shown,
        {scale: tuple(columns) for scale, columns in on.items()},
        domain,
        found,
        tuple(symbol_at(place) for place in range(len(found))),
        {
            scale: {
                value: text
                for name in columns
                for value, text in zip(frame.column(name), shown[name], strict=True)
                if value is not None
            }
            for scale, columns in on.items()
            if scale in domain
        },
    )


def _renamed(name: str, values: Sequence[Any], selection: Selection) -> tuple[Any, ...]:
    """The values under the spec's own labels."""
    own = selection.labels.get(name)
    if not own:
        return tuple(values)
    new = [None if value is None else renamed(value, own) for value in values]
    if not any(text is not None for text in new):
        return tuple(values)
    return tuple(
        str(value) if text is None and value is not None else text
        for value, text in zip(values, new, strict=True)
    )


def _texts(values: Sequence[Any], limit: int) -> Mapping[str, str]:
    """What a chart shows of each text; empty for numbers."""
    found = dict.fromkeys(value for value in values if value is not None)
    return chart_texts(found, limit) if all(isinstance(value, str) for value in found) else {}


def _order(name: str, values: Sequence[Any], frame: Frame, selection: Selection) -> tuple[str, ...]:
    """The texts of a column: as the design orders a column of evaluations, else as they come."""
    there = dict.fromkeys(value for value in values if value is not None)
    cells = dict.fromkeys(frame.cells)
    if any(cell.columns.get(name) is not None for cell in cells):
        places = positions(name, cells, selection).places
        there = {**{place: None for place in places if place in there}, **there}
    return tuple(there)


def _colours(
    columns: Sequence[str],
    orders: Mapping[str, Sequence[str]],
    frame: Frame,
    raw: Mapping[str, Sequence[Any]],
    selection: Selection,
) -> tuple[str, ...]:
    """A colour for each category of the columns; a model has the one that it has in every figure."""
    if len(columns) != 1 or columns[0] not in orders:
        names = [value for name in columns for value in orders.get(name, ())]
        return tuple(distinct([style.colour for style in categorical(names).values()]))
    (name,) = columns
    if name == MODEL:
        known = colours(selection)
        return tuple(known[value] for value in orders[name] if value in known)
    if frame.cells:
        of: defaultdict[str, list[Cell]] = defaultdict(list)
        for value, cell in zip(raw[name], frame.cells, strict=True):
            if value is not None:
                of[value].append(cell)
        found = series_colours(selection, {value: of[value] for value in orders[name]})
        return tuple(found.values())
    return tuple(distinct([style.colour for style in categorical(list(orders[name])).values()]))
