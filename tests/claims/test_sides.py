"""Which evaluations a claim speaks of: one on each side, for each combination."""

from __future__ import annotations

from typing import Any

import pytest

from tests.claims.make import a_claim
from tests.make import a_log, a_run, an_experiment
from vizspec.cells.cell import Cell, make_cells
from vizspec.claims.sides import Case, cases
from vizspec.expressions import ExpressionError

DESIGN = an_experiment(
    [
        a_run("small", "s", sample_size=100),
        a_run("large", "l", sample_size=1000),
        a_run("base", "s", "control"),
    ],
    tasks=("capitals", "rivers"),
)


def cells(
    *runs: str, tasks: tuple[str, ...] = ("capitals", "rivers"), epochs: tuple[Any, ...] = (None,)
) -> tuple[Cell, ...]:
    names = runs or ("small", "large", "base")
    logs = [a_log(run, "x", task, epoch=epoch) for run in names for task in tasks for epoch in epochs]
    return make_cells(logs, DESIGN)


def sides_of(found: tuple[Case[Cell], ...]) -> list[tuple[str, str | None, str | None]]:
    return [(one.name, one.of.run if one.of else None, one.than.run if one.than else None) for one in found]


def test_each_side_is_one_evaluation_for_each_combination() -> None:
    claim = a_claim(of={"run": "small"}, than={"run": "large"}, for_each="task")
    assert sides_of(cases(claim, cells())) == [("capitals", "small", "large"), ("rivers", "small", "large")]


def test_one_base_stands_against_every_model() -> None:
    claim = a_claim(of={"run.type": "fine-tuned"}, than={"run.type": "control"}, for_each=["model", "task"])
    assert sides_of(cases(claim, cells(tasks=("capitals",)))) == [
        ("s, capitals", "small", "base"),
        ("l, capitals", "large", "base"),
    ]


def test_sides_are_never_of_two_tasks() -> None:
    claim = a_claim(of={"run": "small"}, than={"run.type": "control"}, for_each="task")
    pool = (*cells("small"), *cells("base", tasks=("capitals",)))
    first, second = cases(claim, pool)
    assert (first.missing, second.missing) == (None, "no evaluation is run.type control")


def test_a_side_that_means_several_says_how_to_tell_them_apart() -> None:
    (case,) = cases(a_claim(of={"run": "small"}, than={"run": "large"}), cells())
    assert case.is_ambiguous
    assert case.missing == "'of' means 2 evaluations, which differ in task"
    assert case.hint == "name one by task, or add task to for_each"


def test_a_side_that_means_none_says_so() -> None:
    (case,) = cases(a_claim(of={"run": "tiny"}, than={"run": "large"}), cells())
    assert case.missing == "no evaluation is run tiny"
    (other,) = cases(a_claim(of={"run": "small", "task": "rivers"}, than={"run": "tiny"}), cells())
    assert other.missing == "no evaluation is run tiny"


def test_an_evaluation_is_not_compared_with_itself() -> None:
    (case,) = cases(a_claim(of={"run": "small"}, than={"model": "s"}), cells("small", tasks=("rivers",)))
    assert case.missing == "both sides are the same evaluation"


def test_the_rivals_of_the_best_are_all_others_on_its_task() -> None:
    found = cases(a_claim("best", of={"run": "large"}, among=["model"], for_each="task"), cells())
    assert [[rival.run for rival in case.others] for case in found] == [["small", "base"], ["small", "base"]]
    (alone,) = cases(a_claim("best", of={"run": "large"}, among=["model"]), cells("large", tasks=("rivers",)))
    assert alone.missing == "no other evaluation differs in model"


def test_steps_follow_the_numbers_of_the_column() -> None:
    claim = a_claim("rising", of={"run.type": "fine-tuned"}, over="sample_size", for_each="task")
    first, _ = cases(claim, cells())
    assert [(level, cell.run) for level, cell in first.steps] == [(100, "small"), (1000, "large")]


def test_levels_that_are_texts_follow_the_order_of_the_design() -> None:
    claim = a_claim("rising", over="model", of={"run.type": "fine-tuned"}, for_each="task")
    first, _ = cases(claim, cells(), {"model": ("l", "s")})
    assert [level for level, _ in first.steps] == ["l", "s"]
    unordered, _ = cases(claim, cells())
    assert unordered.missing == "the levels of 'model' have no order that the design tells"


def test_one_level_is_no_order() -> None:
    claim = a_claim("rising", of={"run": "small"}, over="epoch", for_each="task")
    (case,) = cases(claim, cells("small", tasks=("rivers",), epochs=(1,)))
    assert case.missing == "there is 1 level only of 'epoch' among its evaluations"


def test_a_difference_of_gains_takes_four_evaluations() -> None:
    conditions: dict[str, Any] = {"in": {"task": "rivers"}, "versus": {"task": "capitals"}}
    claim = a_claim(of={"run": "large"}, than={"run": "small"}, **conditions)
    (case,) = cases(claim, cells())
    assert [(cell.run, cell.task) for cell in case.gains] == [
        ("large", "rivers"),
        ("small", "rivers"),
        ("large", "capitals"),
        ("small", "capitals"),
    ]


def test_a_filter_that_cannot_be_worked_out_is_an_error() -> None:
    with pytest.raises(ExpressionError):
        cases(a_claim(of={"run": "small"}, where="run +"), cells())
