"""The expressions of a spec (`n_models < 2`): a small part of Jinja2's, run in its sandbox over named values.

There are names, constants, comparisons, `and`, `or`, `not`, `in`, tests, arithmetic, and the filters and
methods listed here: nothing that could take long, fill the memory, or reach anything but the values.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from vizspec.text.messages import shown, suggestion

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.environment import TemplateExpression
    from jinja2.sandbox import SandboxedEnvironment

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

HOW_TO_COMPARE = "compare columns, as in: n_samples >= 50 and run != 'r4'"
"""The hint for a filter over columns that cannot be used."""

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
_VALUES = "values"


class ExpressionError(ValueError):
    """An expression that cannot be read or worked out; the message is for the user."""


class NoSuchName(ExpressionError):
    """An expression over names of which one is none of those that there are."""


def unknown_names(expression: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names that the expression uses and `known` lacks, sorted; `run.parameters.x` is one name.

    Raises:
        ExpressionError: the text is no expression, or uses more than expressions may.
    """
    return tuple(sorted(set(_compiled(expression, False).names) - set(known)))


def compared(
    expression: str, signs: Container[str] = ("eq", "ne", "in", "notin")
) -> tuple[tuple[str, Any], ...]:
    """Every name with each constant that the expression compares it with: by `==`, `!=`, `in` or `not in`.

    With `signs`, only by those comparisons (`eq` is `==`).

    Raises:
        ExpressionError: the text is no expression.
    """
    from jinja2 import nodes

    found: list[tuple[str, Any]] = []
    for comparison in nodes.List([_parsed(expression)]).find_all(nodes.Compare):
        name = _dotted(comparison.expr)
        for operand in comparison.ops:
            if name is not None and operand.op in signs:
                found += [(name, value) for value in _constants(operand.expr)]
    return tuple(found)


def is_true(expression: str, values: Mapping[str, Any]) -> bool:
    """Whether the expression holds of the named values.

    A name without a value, or a comparison with something unknown (None) that needs it, is an error, never
    a quiet false.

    Raises:
        ExpressionError: the expression cannot be read, or not be worked out over these values.
    """
    for name in _compiled(expression, False).names:
        if name not in values:
            raise NoSuchName(
                f"{shown(expression)} speaks of {shown(name)}, which nothing has; {suggestion(name, values)}"
            )
    return _worked_out(expression, values, False)


def is_true_of(expression: str, columns: Mapping[str, Any]) -> bool:
    """Whether the expression holds of an evaluation with these columns.

    A comparison of sizes with a missing value (None) is false, whichever way it goes, as is a text's
    `startswith`; arithmetic with one is missing too.

    Raises:
        NoSuchName: it speaks of a column that no evaluation has.
        ExpressionError: the expression cannot be read, or not be worked out over these columns.
    """
    for name in _compiled(expression, True).names:
        if name not in columns:
            raise NoSuchName(
                f"{shown(expression)} speaks of the column {shown(name)}, which no evaluation has; "
                f"{suggestion(name, columns)}"
            )
    return _worked_out(expression, columns, True)


def _worked_out(expression: str, values: Mapping[str, Any], with_gaps: bool) -> bool:
    from jinja2 import TemplateError, UndefinedError

    compiled = _compiled(expression, with_gaps)
    try:
        return bool(compiled.run(**{_VALUES: values}))
    except (TypeError, UndefinedError) as error:
        unknown = [name for name in compiled.names if values[name] is None]
        reason = f"{' and '.join(unknown)} is not known" if unknown else str(error)
        raise ExpressionError(f"{shown(expression)} cannot be worked out: {reason}") from error
    except (TemplateError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise ExpressionError(f"{shown(expression)} cannot be worked out: {error}") from error


@dataclass(frozen=True)
class _Compiled:
    names: tuple[str, ...]
    run: TemplateExpression


@lru_cache(256)
def _compiled(expression: str, with_gaps: bool) -> _Compiled:
    """The expression, ready to run; `with_gaps`: over values some of which may be missing."""
    from jinja2 import TemplateError, nodes
    from jinja2.environment import TemplateExpression

    names: dict[str, None] = {}
    tree = _checked(_parsed(expression), expression, names, DEEPEST)
    if with_gaps:
        tree = _with_gaps(tree)
    body: list[nodes.Node] = [nodes.Assign(nodes.Name("result", "store"), tree, lineno=1)]
    template = nodes.Template(body, lineno=1)
    environment = _environment(with_gaps)
    template.set_environment(environment)
    try:
        run = TemplateExpression(environment.from_string(template), False)
    except (TemplateError, SyntaxError) as error:
        raise ExpressionError(f"{shown(expression)} is no expression: {error}") from error
    return _Compiled(tuple(names), run)


def _parsed(expression: str) -> nodes.Expr:
    from jinja2 import TemplateSyntaxError
    from jinja2.parser import Parser

    if len(expression) > LONGEST:
        raise ExpressionError(f"{shown(expression)} is longer than {LONGEST} characters")
    try:
        parser = Parser(_environment(False), expression, state="variable")
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


def _checked(node: nodes.Node, expression: str, names: dict[str, None], depth: int) -> nodes.Expr:
    """The tree with each name as a look-up among the values; notes names, refuses what is not allowed."""
    from jinja2 import nodes

    if depth == 0:
        raise _too_deep(expression)
    name = _dotted(node)
    if name is not None:
        names[name] = None
        return nodes.Getitem(nodes.Name(_VALUES, "load"), nodes.Const(name), "load", lineno=1)
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr in METHODS:
        node.node.node = _checked(node.node.node, expression, names, depth - 1)
        node.args = [_checked(argument, expression, names, depth - 1) for argument in node.args]
    else:
        _check_kind(node, expression)
        _check_children(node, expression, names, depth - 1)
    if getattr(node, "dyn_args", None) or getattr(node, "dyn_kwargs", None):
        raise _not_allowed("'*' before an argument", expression)
    return node  # type: ignore[return-value]  # an operand or a keyword stands only where its parent had one


def _dotted(node: nodes.Node) -> str | None:
    """`run.parameters.rank` of the nodes that spell it; None for anything else."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    start = _dotted(node.node) if isinstance(node, nodes.Getattr) else None
    return None if start is None or not isinstance(node, nodes.Getattr) else f"{start}.{node.attr}"


def _constants(node: nodes.Node) -> Iterator[Any]:
    """A constant, or those of a list of them."""
    from jinja2 import nodes

    if isinstance(node, nodes.Const):
        yield node.value
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from _constants(item)


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
            setattr(node, field, _checked(value, expression, names, depth))
        elif isinstance(value, list):
            setattr(node, field, [_checked(item, expression, names, depth) for item in value])


def _not_allowed(what: str, expression: str, known: Iterable[str] = ()) -> ExpressionError:
    listed = f"; known: {', '.join(sorted(known))}" if known else ""
    return ExpressionError(f"{what} is not allowed in {shown(expression)}{listed}")


def _too_deep(expression: str) -> ExpressionError:
    return ExpressionError(f"{shown(expression)} has more than {DEEPEST} expressions inside each other")


def _with_gaps(node: nodes.Node) -> nodes.Expr:
    """The tree with each comparison and each method's call as a filter that knows missing values."""
    from jinja2 import nodes

    for field, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, field, _with_gaps(value))
        elif isinstance(value, list):
            setattr(node, field, [_with_gaps(item) for item in value])
    if isinstance(node, nodes.Compare):
        operands: list[nodes.Expr] = [node.expr, *(operand.expr for operand in node.ops)]
        return _as_filter(nodes.List(operands), _COMPARED, [operand.op for operand in node.ops])
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        called: list[nodes.Expr] = [node.node.node, *node.args]
        return _as_filter(nodes.List(called), _CALLED, [node.node.attr])
    return node  # type: ignore[return-value]  # an operand or a keyword stands only where its parent had one


def _as_filter(node: nodes.Expr, name: str, texts: list[str]) -> nodes.Expr:
    from jinja2 import nodes

    arguments: list[nodes.Expr] = [nodes.Const(text) for text in texts]
    return nodes.Filter(node, name, arguments, [], None, None, lineno=1)


_COMPARED = "vizspec compared"
_CALLED = "vizspec called"
"""Names that no expression can spell."""

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}


def _is_compared(operands: list[Any], *signs: str) -> bool:
    """Whether each two neighbours compare so; with a missing one no comparison of sizes is true."""
    return all(
        _compares(sign, left, right) for sign, left, right in zip(signs, operands, operands[1:], strict=False)
    )


def _compares(sign: str, left: Any, right: Any) -> bool:
    if sign not in ("eq", "ne") and (right is None or (left is None and sign not in ("in", "notin"))):
        return False
    return bool(_COMPARISONS[sign](left, right))


def _called(operands: list[Any], method: str) -> Any:
    """A text's method, called; missing for a missing text."""
    text, *arguments = operands
    if text is None:
        return None
    if not isinstance(text, str):
        raise TypeError(f"'{method}' needs a text")
    return getattr(text, method)(*arguments)


@cache
def _environment(with_gaps: bool) -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.runtime import Context
    from jinja2.sandbox import SandboxedEnvironment

    class Bounded(SandboxedEnvironment):
        """A sandbox whose `*` and `%` take numbers only: a text times a number could fill the memory."""

        intercepted_binops = frozenset({"*", "%"} | ({"+", "-", "/", "//"} if with_gaps else set()))

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            if with_gaps and (left is None or right is None):
                return None
            is_numbers = isinstance(left, int | float) and isinstance(right, int | float)
            if operator in ("*", "%") and not is_numbers:
                raise TypeError(f"'{operator}' needs numbers")
            return super().call_binop(context, operator, left, right)

    # Not optimized: what is worked out beforehand is written into code, where there is no word for infinity.
    environment = Bounded(undefined=StrictUndefined, optimized=False)
    if with_gaps:
        environment.filters |= {_COMPARED: _is_compared, _CALLED: _called}
    return environment
