"""When a view is skipped: the named conditions, and expressions over the facts of a selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.expressions import is_true
from vizspec.views.selection import FACTS


@dataclass(frozen=True)
class Condition:
    """A condition with a name: what it means, when it holds, and the reason shown where it does."""

    meaning: str
    holds: Callable[[Mapping[str, Any]], bool]
    reason: str


CONDITIONS: dict[str, Condition] = {
    "diagonal": Condition(
        "no two models share a task, so a matrix of both would be a diagonal",
        lambda facts: facts["max_models_per_task"] <= 1,
        "no two models share a task (a diagonal matrix)",
    ),
    "single_model": Condition(
        "there are fewer than two models", lambda facts: facts["n_models"] < 2, "fewer than two models"
    ),
    "single_task": Condition(
        "there are fewer than two tasks", lambda facts: facts["n_tasks"] < 2, "fewer than two tasks"
    ),
    "several_tasks": Condition(
        "there is more than one task", lambda facts: facts["n_tasks"] > 1, "more than one task"
    ),
    "single_epoch": Condition(
        "there are fewer than two checkpoint epochs",
        lambda facts: facts["n_epochs"] < 2,
        "fewer than two epochs",
    ),
    "no_risk_scorer": Condition(
        "no metric is a risk metric", lambda facts: not facts["has_risk_scorer"], "no risk scorer"
    ),
}
"""The named conditions of `skip_if`: the one table of them."""


def reason_to_skip(conditions: Sequence[str], facts: Mapping[str, Any]) -> str | None:
    """The reason of the first condition that holds, or None where none does.

    Raises:
        ExpressionError: an expression cannot be worked out over these facts.
    """
    for condition in conditions:
        named = CONDITIONS.get(condition)
        if named is not None and named.holds(facts):
            return f"skip_if: {named.reason}"
        if named is None and is_true(condition, facts):
            return f"skip_if: {condition}"
    return None


def known_names() -> tuple[str, ...]:
    """What a condition may be made of: the named ones and the facts."""
    return (*CONDITIONS, *FACTS)
