"""Texts that hold names: patterns with placeholders, and expressions over columns or facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vizspec.errors import Loc, Problem
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError, compared, unknown_names
from vizspec.spec.checks.known_names import KnownNames, unknown
from vizspec.spec.checks.known_values import KnownValues, unheard_of
from vizspec.views.conditions import CONDITIONS, known_names
from vizspec.views.selection import FACTS

_LIVE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def placeholders(loc: Loc, pattern: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    """Braces that hold no placeholder; live numbers (`{{ … }}`) are none."""
    for name in re.findall(r"\{([^{}]*)\}", _LIVE.sub("", pattern)):
        yield from unknown(loc, name, allowed, "placeholder")


def where(loc: Loc, expression: str | None, known: KnownNames, values: KnownValues) -> Iterator[Problem]:
    """A filter that cannot be read, or that speaks of columns or values that no cell has."""
    if expression is None:
        return
    try:
        names, constants = unknown_names(expression, ()), compared(expression)
    except ExpressionError as error:
        yield Problem(loc, str(error), HOW_TO_COMPARE)
        return
    for name in names:
        yield from known.column(loc, name)
    for column, value in constants:
        yield from unheard_of(loc, column, value, values)


def condition(loc: Loc, text: str) -> Iterator[Problem]:
    """A condition that is neither a named one nor an expression over the facts."""
    if text in CONDITIONS:
        return
    try:
        names = unknown_names(text, tuple(FACTS))
    except ExpressionError as error:
        yield Problem(loc, str(error), f"named conditions: {', '.join(CONDITIONS)}")
        return
    for name in names:
        yield from unknown(loc, name, known_names(), "condition or fact")
