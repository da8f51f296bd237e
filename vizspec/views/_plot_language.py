"""What a mark, an input or an interactor of a plot says: columns, constants and transforms told apart. Pure.

A text where a mark takes a channel is the name of a column, a number is that number, and `{value: …}` means
itself; `{TRANSFORM: column}` is what inspect-viz's transform of that name makes of a column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vizspec.draw.charts.css_colours import is_colour
from vizspec.draw.charts.mark_signatures import (
    GIVEN,
    FunctionFamily,
    Signature,
    expected_argument,
    known_functions,
    signature,
)
from vizspec.errors import Loc, Problem
from vizspec.parsing.schema_errors import described
from vizspec.text.messages import shown, suggestion

KEYS: Mapping[str, FunctionFamily] = {"mark": "mark", "input": "input", "interactor": "interactor"}
"""The key that names the function -> where it is."""

COLOURS = frozenset({"fill", "stroke", "color", "text_stroke"})
PLACES = frozenset({"x", "x1", "x2", "y", "y1", "y2", "fx", "fy", "z", "text", "title", "aria_label"})
"""Channels whose constant is a value like those of a column."""
SYMBOLS = (
    *("circle", "square", "diamond", "triangle", "star", "cross", "wye", "plus", "asterisk", "times"),
    *("diamond2", "square2", "triangle2", "hexagon"),
)
"""The shapes of a dot."""
MEANT = dict.fromkeys(("color", "colour"), "write fill: … for areas and dots, stroke: … for lines")
"""What is meant by an argument that few marks have."""
COLUMN_KEYS = frozenset({"column"})
"""What an input calls the column that it chooses by."""
VALUE = "value"
CHANNELS = "channels"


@dataclass(frozen=True)
class Named:
    """A column that is named, at its place."""

    loc: Loc
    name: str


@dataclass(frozen=True)
class Constant:
    """A value that means itself."""

    value: Any


@dataclass(frozen=True)
class TransformedColumn:
    """What a transform makes of a column; None: of the rows."""

    transform: str
    column: str | None
    arguments: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class PlotPart:
    """One mark, input or interactor: its function, and each argument as what it is."""

    function: str
    arguments: Mapping[str, str | Constant | TransformedColumn | Mapping[str, str]]
    """A text is a column's name; a mapping has what tips tell besides, by name."""


def part_of(key: str, given: Mapping[str, Any]) -> PlotPart:
    """The part that a mapping says which names its function."""
    family = KEYS[key]
    name = str(given[key])
    found = signature(family, name)
    channels = found.channels if found is not None else frozenset()
    return PlotPart(name, {one: _meaning(one, value, channels) for one, value in given.items() if one != key})


def columns_of(part: PlotPart) -> tuple[tuple[str, str], ...]:
    """The columns that a part names, each with the argument that does; of a wrong part what can be told."""
    found: list[tuple[str, str]] = []
    for argument, value in part.arguments.items():
        if isinstance(value, str):
            found.append((argument, value))
        elif isinstance(value, TransformedColumn) and isinstance(value.column, str):
            found.append((argument, value.column))
        elif isinstance(value, Mapping):
            found += [(argument, column) for column in value.values() if isinstance(column, str)]
    return tuple(found)


def problems_of(key: str, given: Mapping[str, Any], loc: Loc) -> Iterator[Problem]:
    """What is wrong with a part, its columns apart."""
    family = KEYS[key]
    known = known_functions(family)
    name = given.get(key)
    if not known:
        return
    if not isinstance(name, str):
        yield Problem(loc, f"it names no {key}", f"begin it with `{key}: …`; {suggestion('', known)}")
        return
    found = signature(family, name)
    if found is None:
        yield Problem((*loc, key), f"inspect-viz has no {key} {shown(name)}", suggestion(name, known))
        return
    for argument, value in given.items():
        if argument != key:
            yield from _argument(family, name, found, argument, value, (*loc, argument))
    if family == "input" and "column" not in given:
        yield Problem(loc, f"{name} needs `column`", "write column: … beside `input`")
    for argument in found.needed:
        if argument not in given:
            yield Problem(loc, f"{name} needs `{argument}`", f"write {argument}: … beside `{key}`")


def _meaning(
    name: str, value: Any, channels: frozenset[str]
) -> str | Constant | TransformedColumn | Mapping[str, str]:
    if name == CHANNELS and isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str) and (name in channels or name in COLUMN_KEYS):
        return value
    if name in channels and isinstance(value, Mapping) and value:
        (first, of), *rest = value.items()
        return (
            Constant(of)
            if first == VALUE
            else TransformedColumn(first, None if of is True else of, tuple(rest))
        )
    return Constant(value)


def _argument(
    family: FunctionFamily, name: str, found: Signature, argument: str, value: Any, loc: Loc
) -> Iterator[Problem]:
    if argument in GIVEN[family]:
        yield Problem(loc, f"a plot of a spec has no `{argument}`", "leave it out")
    elif argument not in found.arguments and not (family == "input" and argument in COLUMN_KEYS):
        hint = MEANT.get(argument) or suggestion(argument, sorted(found.arguments))
        yield Problem(loc, f"{name} takes no {shown(argument)}", hint)
    elif argument == CHANNELS and family == "mark":
        if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in value.values()):
            yield Problem(loc, "expected what tips tell besides", "as in: channels: {Sample: sample}")
    elif argument in COLUMN_KEYS:
        if not isinstance(value, str):
            yield Problem(loc, f"expected the name of a column, found {described(value)}")
    elif argument in found.channels:
        yield from _channel(family, name, argument, value, loc)
    else:
        asked = expected_argument(family, name, argument, value)
        if asked is not None:
            yield Problem(loc, f"{name} takes {asked.names} here, found {described(value)}", asked.hint)


def _channel(family: FunctionFamily, name: str, argument: str, value: Any, loc: Loc) -> Iterator[Problem]:
    if isinstance(value, Mapping) and value:
        first, of = next(iter(value.items()))
        if first != VALUE:
            yield from _transform(first, of, value, loc)
            return
        if len(value) > 1:
            yield Problem(loc, "a constant has a value and nothing else", "write {value: …}")
        yield from _constant(argument, of, (*loc, VALUE))
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        if not isinstance(value, str):
            yield from _constant(argument, value, loc)
    elif value is not None:
        message = f"expected a column, a number or {{value: …}}, found {described(value)}"
        yield Problem(loc, message, "columns are named as they are; {value: red} means red itself")


def _constant(argument: str, value: Any, loc: Loc) -> Iterator[Problem]:
    if argument in COLOURS and not (isinstance(value, str) and is_colour(value)):
        yield Problem(loc, f"{shown(value)} is no colour", "name one as CSS does, or write it as '#3266ae'")
    elif not isinstance(value, str | int | float) and value is not None:
        yield Problem(loc, f"expected a text or a number, found {described(value)}")
    elif argument == "symbol" and value not in SYMBOLS:
        yield Problem(loc, f"there is no symbol {shown(value)}", suggestion(str(value), SYMBOLS))
    elif isinstance(value, str) and argument not in COLOURS | PLACES | {"symbol"}:
        yield Problem(loc, f"expected a number, found {described(value)}")


def _transform(name: object, of: Any, given: Mapping[str, Any], loc: Loc) -> Iterator[Problem]:
    known = known_functions("transform")
    found = signature("transform", str(name))
    if found is None:
        yield Problem(
            loc, f"inspect-viz has no transform {shown(name)}", suggestion(str(name), (VALUE, *known))
        )
        return
    if of is not True and not isinstance(of, str):
        yield Problem(loc, f"expected a column under '{name}', found {described(of)}", "as in: {avg: value}")
    for argument, value in list(given.items())[1:]:
        if argument not in found.arguments:
            allowed = sorted(found.arguments)
            yield Problem(
                loc, f"the transform '{name}' takes no {shown(argument)}", suggestion(argument, allowed)
            )
            continue
        asked = expected_argument("transform", str(name), argument, value)
        if asked is not None:
            yield Problem(
                loc, f"'{name}' takes {asked.names} as {argument}, found {described(value)}", asked.hint
            )
