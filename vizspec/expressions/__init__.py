"""The expressions of a spec (`n_models < 2`): a small part of Jinja2's, run in its sandbox over named values.

There are names, constants, comparisons, `and`, `or`, `not`, `in`, tests, arithmetic, and the filters and
methods listed here: nothing that could take long, fill the memory, or reach anything but the values.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vizspec.text.messages import shown, suggestion

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.environment import TemplateExpression


from vizspec.expressions.grammar import (
    DEEPEST,
    VALUES,
    ExpressionError,
    NoSuchName,
    checked,
    constants,
    dotted_name,
    parsed,
)
from vizspec.expressions.sandbox import environment_of, with_gaps_known

__all__ = [
    "HOW_TO_COMPARE",
    "ExpressionError",
    "NoSuchName",
    "compared",
    "is_true",
    "is_true_of",
    "unknown_names",
]

HOW_TO_COMPARE = "compare columns, as in: n_samples >= 50 and run != 'r4'"
"""The hint for a filter over columns that cannot be used."""


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
    for comparison in nodes.List([parsed(expression)]).find_all(nodes.Compare):
        name = dotted_name(comparison.expr)
        for operand in comparison.ops:
            if name is not None and operand.op in signs:
                found += [(name, value) for value in constants(operand.expr)]
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
        return bool(compiled.run(**{VALUES: values}))
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
    tree = checked(parsed(expression), expression, names, DEEPEST)
    if with_gaps:
        tree = with_gaps_known(tree)
    body: list[nodes.Node] = [nodes.Assign(nodes.Name("result", "store"), tree, lineno=1)]
    template = nodes.Template(body, lineno=1)
    environment = environment_of(with_gaps)
    template.set_environment(environment)
    try:
        run = TemplateExpression(environment.from_string(template), False)
    except (TemplateError, SyntaxError) as error:
        raise ExpressionError(f"{shown(expression)} is no expression: {error}") from error
    return _Compiled(tuple(names), run)
