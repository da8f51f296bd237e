"""Several comparisons at once: what holds for all of them together, and who is best."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.comparisons.make import a_comparison
from tests.make import a_cell, a_metric
from vizspec.cells.cell import Cell
from vizspec.comparisons.record import Comparison
from vizspec.comparisons.several import ranked, together
from vizspec.statistics.intervals import Interval

A, B, C = a_cell("a"), a_cell("b"), a_cell("c")


def pairs(ab: float, ac: float, bc: float, **named: Any) -> list[Comparison]:
    return [
        a_comparison(one.run or "", other.run or "", p=p, cells=(one, other), **named)
        for one, other, p in ((A, B, ab), (A, C, ac), (B, C, bc))
    ]


def near(number: float) -> Any:
    return pytest.approx(number)


def wider(row: Comparison, level: float) -> Comparison:
    return replace(row, level=level, lower=-level, upper=level)


def test_p_values_are_holms_and_intervals_bonferronis() -> None:
    rows = together(pairs(0.01, 0.04, 0.03), wider)
    assert [row.p_adjusted for row in rows] == pytest.approx([0.03, 0.06, 0.06])
    assert rows[0].together == Interval(near(-(1 - 0.05 / 3)), near(1 - 0.05 / 3))
    assert [row.level for row in rows] == [0.95] * 3


def test_what_cannot_be_judged_is_not_counted() -> None:
    rows = pairs(0.01, 0.04, 0.03)
    rows[2] = replace(rows[2], no_verdict="only 3 clusters")
    assert [row.p_adjusted for row in together(rows, wider)] == [
        pytest.approx(0.02),
        pytest.approx(0.04),
        None,
    ]


def test_one_comparison_and_those_that_are_not_to_be_adjusted_stay() -> None:
    rows = pairs(0.01, 0.04, 0.03)
    assert together(rows[:1], wider) == tuple(rows[:1])
    assert together(rows, wider, "none") == tuple(rows)


def values(cell: Cell) -> float:
    return {"a": 0.9, "b": 0.8, "c": 0.5}[cell.run or ""]


def test_ranks_tell_which_cannot_be_told_apart() -> None:
    found = ranked(pairs(0.2, 0.001, 0.001), values)
    assert found is not None
    assert found.ranks == ((1, 2), (1, 2), (3, 3))
    assert (found.best, found.names) == ((A, B), ("a", "b", "c"))


def test_the_lowest_is_best_where_lower_is_better() -> None:
    found = ranked(pairs(0.001, 0.001, 0.001, metric=a_metric("risk_scorer/brier_score")), values)
    assert found is not None
    assert found.best == (C,)


def test_without_a_direction_or_a_value_there_are_no_ranks() -> None:
    assert ranked(pairs(0.1, 0.1, 0.1, metric=a_metric("risk_scorer/mean_risk_score")), values) is None
    assert ranked(pairs(0.1, 0.1, 0.1), lambda cell: None) is None
