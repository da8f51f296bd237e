"""Where expressions run: Jinja2's sandbox, bounded, and with comparisons that know missing values."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment


def with_gaps_known(node: nodes.Node) -> nodes.Expr:
    """The tree with each comparison and each method's call as a filter that knows missing values."""
    from jinja2 import nodes

    for field, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, field, with_gaps_known(value))
        elif isinstance(value, list):
            setattr(node, field, [with_gaps_known(item) for item in value])
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
def environment_of(with_gaps: bool) -> SandboxedEnvironment:
    """The sandbox; `with_gaps`: for values some of which may be missing."""
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
