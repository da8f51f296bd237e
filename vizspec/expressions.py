"""The expressions of a spec (`n_models < 2`): Jinja2's, run in its sandbox over named facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


class ExpressionError(ValueError):
    """An expression that cannot be read or worked out; the message is for the user."""


def unknown_names(expression: str, known: Sequence[str]) -> tuple[str, ...]:
    """The names that the expression uses and `known` lacks, sorted.

    Raises:
        ExpressionError: the text is no expression.
    """
    from jinja2 import TemplateSyntaxError, meta

    try:
        _environment().compile_expression(expression)
        tree = _environment().parse("{{ (" + expression + "\n) }}")
    except TemplateSyntaxError as error:
        raise ExpressionError(f"'{expression}' is no expression: {error.message}") from error
    return tuple(sorted(meta.find_undeclared_variables(tree) - set(known)))


def is_true(expression: str, facts: Mapping[str, Any]) -> bool:
    """Whether the expression holds of the facts.

    A name that is not known, or a comparison with something unknown (None), is an error, never a
    quiet false.

    Raises:
        ExpressionError: the expression cannot be read, or not be worked out over these facts.
    """
    from jinja2 import TemplateError

    try:
        compiled = _environment().compile_expression(expression, undefined_to_none=False)
        return bool(compiled(**facts))
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise ExpressionError(f"'{expression}' cannot be worked out: {error}") from error


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined)
