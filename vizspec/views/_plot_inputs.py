"""What is wrong with the inputs of a plot: what they begin with, and the columns they choose by. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vizspec.errors import Loc, Problem
from vizspec.text.messages import shown, suggestion

Given = Mapping[str, Any]
EVERY = ("all", "auto")
"""What a select may begin with besides values."""
BEGINS = {"point": "a point begins with a number", "interval": "an interval begins with two, as in [0, 10]"}


def forms(inputs: Sequence[Given], loc: Loc) -> Iterator[Problem]:
    """Sliders that begin with something else than they choose: a number, or the two ends of an interval."""
    for place, given in enumerate(inputs):
        value = given.get("value")
        if given.get("input") != "slider" or value is None:
            continue
        begins = "interval" if isinstance(value, list | tuple) else "point"
        selects = given.get("select", begins)
        if selects != begins:
            message = f"a slider that selects {BEGINS[selects]}"
            yield Problem((*loc, "inputs", place, "value"), message, "or leave `value` out, or `select`")


def choices(inputs: Sequence[Given], columns: Mapping[str, Sequence[Any]]) -> Iterator[Problem]:
    """Inputs that begin with what no row has, and sliders over texts; `columns` are as they are shown."""
    for place, given in enumerate(inputs):
        column = given.get("column")
        if column is not None:
            there = dict.fromkeys(value for value in columns[column] if value is not None)
            yield from _choice(given, tuple(there), ("inputs", place))


def _choice(given: Given, there: Sequence[Any], loc: Loc) -> Iterator[Problem]:
    column = given["column"]
    if given["input"] == "slider":
        if any(isinstance(value, str) for value in there):
            message = f"a slider needs numbers, and {shown(column)} holds texts"
            yield Problem((*loc, "column"), message, "name a column of numbers, or write input: select")
        return
    for key in ("value", "values"):
        named = given.get(key) or ()
        for one in [named] if isinstance(named, str | int | float) else named:
            if one not in there and one not in EVERY:
                hint = suggestion(str(one), [str(value) for value in there])
                yield Problem((*loc, key), f"no row has {shown(one)} as {shown(column)}", hint)
