"""What an expression may be made of: Jinja2's parser reads it, and what could reach further is refused."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vizspec.text.messages import shown

if TYPE_CHECKING:
    from jinja2 import nodes


from vizspec.expressions.sandbox import environment_of

FILTERS = frozenset(
    {"abs", "count", "default", "first", "float", "int", "last", "length", "list", "lower"}
    | {"max", "min", "sort", "string", "sum", "trim", "unique", "upper"}
)
"""What may follow a `|`."""

TESTS = frozenset(
    {"boolean", "divisibleby", "even", "false", "float", "in", "integer", "lower", "none", "number"}
    | {"odd", "string", "true", "upper"}
)
"""What may follow an `is`."""

METHODS = frozenset({"endswith", "lower", "startswith", "upper"})
"""What may be called on a text."""

LONGEST = 1000
"""Characters of an expression."""

DEEPEST = 40
"""Expressions inside each other: more than anyone writes, less than Python's compiler gives up at."""

_PARTS = frozenset(
    {"Add", "And", "Compare", "Concat", "CondExpr", "Const", "Div", "Filter", "FloorDiv", "Getitem"}
    | {"Keyword", "List", "Mod", "Mul", "Name", "Neg", "Not", "Operand", "Or", "Pos", "Slice", "Sub"}
    | {"Test", "Tuple"}
)
_SIGNS = {"Pow": "'**'", "Dict": "a mapping", "Call": "a call"}
VALUES = "values"


class ExpressionError(ValueError):
    """An expression that cannot be read or worked out; the message is for the user."""


class NoSuchName(ExpressionError):
    """An expression over names of which one is none of those that there are."""


def parsed(expression: str) -> nodes.Expr:
    """The expression as Jinja2 reads it; raises `ExpressionError` where it is none, or too long."""
    from jinja2 import TemplateSyntaxError
    from jinja2.parser import Parser

    if len(expression) > LONGEST:
        raise ExpressionError(f"{shown(expression)} is longer than {LONGEST} characters")
    try:
        parser = Parser(environment_of(False), expression, state="variable")
        tree = parser.parse_expression()
    except TemplateSyntaxError as error:
        reason = (error.message or "").replace(
            "unexpected 'end of template'", "something is missing at its end"
        )
        raise ExpressionError(f"{shown(expression)} is no expression: {reason}") from error
    except RecursionError as error:
        raise _too_deep(expression) from error
    if not parser.stream.eos:
        rest = shown(parser.stream.current.value)
        hint = " (that two are equal is written ==)" if parser.stream.current.type == "assign" else ""
        raise ExpressionError(f"{shown(expression)} is no expression: {rest} comes unexpectedly{hint}")
    return tree


def checked(node: nodes.Node, expression: str, names: dict[str, None], depth: int) -> nodes.Expr:
    """The tree with each name as a look-up among the values; notes names, refuses what is not allowed."""
    from jinja2 import nodes

    if depth == 0:
        raise _too_deep(expression)
    name = dotted_name(node)
    if name is not None:
        names[name] = None
        return nodes.Getitem(nodes.Name(VALUES, "load"), nodes.Const(name), "load", lineno=1)
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr in METHODS:
        node.node.node = checked(node.node.node, expression, names, depth - 1)
        node.args = [checked(argument, expression, names, depth - 1) for argument in node.args]
    else:
        _check_kind(node, expression)
        _check_children(node, expression, names, depth - 1)
    if getattr(node, "dyn_args", None) or getattr(node, "dyn_kwargs", None):
        raise _not_allowed("'*' before an argument", expression)
    return node  # type: ignore[return-value]  # an operand or a keyword stands only where its parent had one


def dotted_name(node: nodes.Node) -> str | None:
    """`run.parameters.rank` of the nodes that spell it; None for anything else."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    start = dotted_name(node.node) if isinstance(node, nodes.Getattr) else None
    return None if start is None or not isinstance(node, nodes.Getattr) else f"{start}.{node.attr}"


def constants(node: nodes.Node) -> Iterator[Any]:
    """A constant, or those of a list of them."""
    from jinja2 import nodes

    if isinstance(node, nodes.Const):
        yield node.value
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from constants(item)


def _check_kind(node: nodes.Node, expression: str) -> None:
    from jinja2 import nodes

    kind = type(node).__name__
    if kind not in _PARTS:
        raise _not_allowed(_SIGNS.get(kind, f"'{kind.lower()}'"), expression)
    if isinstance(node, nodes.Const) and isinstance(node.value, float) and not math.isfinite(node.value):
        raise _not_allowed("a number that large", expression)
    if isinstance(node, nodes.CondExpr) and node.expr2 is None:
        raise _not_allowed("'if' without 'else'", expression)
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise _not_allowed(f"the filter '{node.name}'", expression, FILTERS)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise _not_allowed(f"the test '{node.name}'", expression, TESTS)


def _check_children(node: nodes.Node, expression: str, names: dict[str, None], depth: int) -> None:
    from jinja2 import nodes

    for field, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, field, checked(value, expression, names, depth))
        elif isinstance(value, list):
            setattr(node, field, [checked(item, expression, names, depth) for item in value])


def _not_allowed(what: str, expression: str, known: Iterable[str] = ()) -> ExpressionError:
    listed = f"; known: {', '.join(sorted(known))}" if known else ""
    return ExpressionError(f"{what} is not allowed in {shown(expression)}{listed}")


def _too_deep(expression: str) -> ExpressionError:
    return ExpressionError(f"{shown(expression)} has more than {DEEPEST} expressions inside each other")
