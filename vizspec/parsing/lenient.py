"""Validates a file that is not ours: what does not fit is left out with a warning, the rest is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from vizspec.errors import Loc, Problem, Problems
from vizspec.parsing.schema_errors import problems_of

AnyModel = TypeVar("AnyModel", bound=BaseModel)

LEFT_OUT = "read as if it was left out"


def validate_leniently(model: type[AnyModel], data: dict[str, Any]) -> tuple[AnyModel, tuple[Problem, ...]]:
    """`data` as `model`, without the parts that do not fit, and a warning for each of those.

    A list's unfit item becomes None, so that the places of the others stay as they are in the file; `model`
    must therefore take None for an item, and nothing at all for every key of its own. Raises `Problems` where
    what does not fit cannot be left out.
    """
    left = _copied(data)
    warnings: dict[Loc, Problem] = {}
    while True:
        try:
            return model.model_validate(left), tuple(warnings.values())
        except ValidationError as error:
            problems = problems_of(error, model)
            left_out = [_leave_out(left, problem.loc) for problem in problems]
            if not any(left_out):
                raise Problems(problems) from None
            for problem in problems:
                warning = replace(problem, severity="warning", hint=problem.hint or LEFT_OUT)
                warnings.setdefault(problem.loc, warning)


def _copied(data: Any) -> Any:
    """A copy in which no two places share a list or mapping, as aliases in YAML make them do."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(item) for item in data] if isinstance(data, list) else data


def _leave_out(data: dict[str, Any], loc: Loc) -> bool:
    """Removes what stands at `loc`, or the nearest thing around it that is there; whether there was one."""
    at: Any = data
    holder: Any = None
    last: Any = None
    for step in loc:
        if _holds(at, step):
            holder, last, at = at, step, at[step]
    if isinstance(holder, list):
        holder[last] = None
    elif holder is not None:
        del holder[last]
    return holder is not None


def _holds(container: Any, step: str | int) -> bool:
    if isinstance(container, dict):
        return step in container
    in_list = isinstance(container, list) and isinstance(step, int) and step < len(container)
    return in_list and container[step] is not None
