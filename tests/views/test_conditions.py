"""When a view is skipped, and the reason that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.make import a_cell, a_selection
from vizspec.expressions import ExpressionError
from vizspec.views.conditions import CONDITIONS, known_names, reason_to_skip
from vizspec.views.selection import FACTS

FACTS_OF_ONE = a_selection([a_cell("r4", epoch=0)]).facts
FACTS_OF_MANY = a_selection(
    [
        a_cell("r4", model, task, epoch=epoch)
        for model in ("a", "b")
        for task in ("x", "y")
        for epoch in (0, 1)
    ]
).facts


@pytest.mark.parametrize(
    ("condition", "holds_of_one", "holds_of_many"),
    [
        ("diagonal", True, False),
        ("single_model", True, False),
        ("single_task", True, False),
        ("several_tasks", False, True),
        ("single_epoch", True, False),
        ("no_risk_scorer", True, True),
        ("n_models < 2", True, False),
        ("n_evals == 8", False, True),
        ("'match/accuracy' not in metrics", False, False),
    ],
)
def test_a_condition_holds_of_the_facts_or_not(
    condition: str, holds_of_one: bool, holds_of_many: bool
) -> None:
    assert (reason_to_skip([condition], FACTS_OF_ONE) is not None) == holds_of_one
    assert (reason_to_skip([condition], FACTS_OF_MANY) is not None) == holds_of_many


@pytest.mark.parametrize(
    ("conditions", "reason"),
    [
        ([], None),
        (["several_tasks"], None),
        (["diagonal"], "skip_if: no two models share a task (a diagonal matrix)"),
        (["several_tasks", "n_tasks == 1", "diagonal"], "skip_if: n_tasks == 1"),
    ],
)
def test_the_first_condition_that_holds_is_the_reason(conditions: Sequence[str], reason: str | None) -> None:
    assert reason_to_skip(conditions, FACTS_OF_ONE) == reason


def test_a_condition_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ExpressionError, match=r"'diagnal', which nothing has"):
        reason_to_skip(["diagnal"], FACTS_OF_ONE)


def test_a_condition_over_an_unknown_fact_is_an_error() -> None:
    facts: dict[str, Any] = {**FACTS_OF_ONE, "min_samples": None}
    with pytest.raises(ExpressionError, match=r"min_samples is not known"):
        reason_to_skip(["min_samples < 50"], facts)


def test_every_named_condition_says_what_it_means() -> None:
    assert all(condition.meaning and condition.reason for condition in CONDITIONS.values())
    assert set(known_names()) == {*CONDITIONS, *FACTS}
    assert not set(CONDITIONS) & set(FACTS)
