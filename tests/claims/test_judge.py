"""Verdicts by exact rules: an interval lies inside a claim's region, outside, or neither."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.claims.make import a_bench, a_claim, evaluations
from tests.comparisons.make import ACCURACY
from tests.make import a_metric
from vizspec.cells.cell import Cell
from vizspec.claims.judge import (
    CONFIRMED,
    INCONCLUSIVE,
    NOT_TESTABLE,
    VIOLATED,
    Ends,
    judge_case,
    region,
    together,
)
from vizspec.claims.model import Claim
from vizspec.claims.record import CaseVerdict, Outcome
from vizspec.claims.sides import Case, cases
from vizspec.metrics.catalogue import Metric

HIGH, SLIGHTLY_LOWER, LOW = [1] * 90 + [0] * 10, [1] * 88 + [0] * 12, [1] * 40 + [0] * 60


@pytest.mark.parametrize(
    ("claim", "interval", "outcome"),
    [
        (a_claim("better"), (0.01, 0.2), CONFIRMED),
        (a_claim("better"), (0.0, 0.2), INCONCLUSIVE),
        (a_claim("better"), (-0.1, 0.0), VIOLATED),
        (a_claim("better", by=0.05), (0.01, 0.2), INCONCLUSIVE),
        (a_claim("better", by=0.05), (0.01, 0.05), VIOLATED),
        (a_claim("worse"), (-0.2, -0.01), CONFIRMED),
        (a_claim("worse"), (0.0, 0.2), VIOLATED),
        (a_claim("not_worse", margin=0.03), (-0.02, 0.2), CONFIRMED),
        (a_claim("not_worse", margin=0.03), (-0.03, 0.2), INCONCLUSIVE),
        (a_claim("not_worse", margin=0.03), (-0.2, -0.03), VIOLATED),
        (a_claim("same", margin=0.03), (-0.02, 0.02), CONFIRMED),
        (a_claim("same", margin=0.03), (-0.02, 0.03), INCONCLUSIVE),
        (a_claim("same", margin=0.03), (0.03, 0.2), VIOLATED),
        (a_claim("same", margin=0.03), (-0.2, -0.03), VIOLATED),
        (a_claim("at_least", value=0.8), (0.8, 0.9), CONFIRMED),
        (a_claim("at_least", value=0.8), (0.7, 0.8), INCONCLUSIVE),
        (a_claim("at_least", value=0.8), (0.7, 0.79), VIOLATED),
        (a_claim("at_most", value=0.05), (0.0, 0.05), CONFIRMED),
        (a_claim("at_most", value=0.05), (0.06, 0.1), VIOLATED),
        (a_claim("trend"), (0.001, 0.1), CONFIRMED),
        (a_claim("trend"), (-0.1, 0.0), VIOLATED),
    ],
    ids=str,
)
def test_where_an_interval_lies(claim: Claim, interval: tuple[float, float], outcome: Outcome) -> None:
    assert region(claim)(Ends(*interval)) is outcome


def judged(claim: Claim, metric: Metric = ACCURACY, **values: Any) -> CaseVerdict:
    scores = evaluations(values)
    (case,) = cases(claim, tuple(scores))
    return judge_case(claim, case, metric, 0.95, a_bench(scores))


def test_a_gain_has_its_numbers() -> None:
    found = judged(a_claim(of={"run": "a"}, than={"run": "b"}), a=HIGH, b=LOW)
    assert (found.outcome, found.value, found.n, found.method) == (CONFIRMED, 0.5, 100, "tango")
    assert found.p is not None
    assert found.p < 1e-6


def test_lower_is_better_where_the_metric_says_so() -> None:
    errors = replace(ACCURACY, better="lower")
    found = judged(a_claim(of={"run": "a"}, than={"run": "b"}), errors, a=LOW, b=HIGH)
    assert (found.outcome, found.value) == (CONFIRMED, 0.5)
    assert found.lower is not None
    assert found.lower > 0


def test_what_is_open_tells_how_many_samples_would_decide() -> None:
    found = judged(a_claim(of={"run": "a"}, than={"run": "b"}), a=HIGH, b=SLIGHTLY_LOWER)
    assert found.outcome is INCONCLUSIVE
    assert found.needed is not None
    assert found.needed > 100


def test_what_one_side_lacks_must_not_change_the_verdict() -> None:
    claim = a_claim(of={"run": "a"}, than={"run": "b"})
    sure = judged(claim, a=[1] * 90 + [None] * 10, b=[0] * 100)
    assert sure.outcome is CONFIRMED
    unsure = judged(claim, a=[1] * 60 + [None] * 40, b=[1] * 40 + [0] * 20 + [1] * 40)
    assert unsure.outcome is INCONCLUSIVE
    assert unsure.reason is not None
    assert unsure.reason.startswith("another verdict would follow")


def test_a_threshold_is_judged_by_the_estimate() -> None:
    claim = a_claim("at_least", of={"run": "a"}, value=0.8)
    assert judged(claim, a=[1] * 100).outcome is CONFIRMED
    assert judged(claim, a=HIGH).outcome is CONFIRMED
    assert judged(claim, a=[1] * 82 + [0] * 18).outcome is INCONCLUSIVE
    assert judged(claim, a=LOW).outcome is VIOLATED


def along(claim: Claim, *columns: list[int]) -> CaseVerdict:
    scores = evaluations({f"r{place}": column for place, column in enumerate(columns)})
    case: Case[Cell] = Case("", steps=tuple(enumerate(scores)))
    return judge_case(claim, case, ACCURACY, 0.95, a_bench(scores))


MIDDLE = [1] * 65 + [0] * 35


@pytest.mark.parametrize(
    ("columns", "outcome"),
    [
        ((LOW, MIDDLE, HIGH), CONFIRMED),
        ((HIGH, MIDDLE, LOW), VIOLATED),
        ((LOW, HIGH, MIDDLE), VIOLATED),
        ((SLIGHTLY_LOWER, HIGH, HIGH), INCONCLUSIVE),
    ],
    ids=["rises", "falls", "dips", "hardly"],
)
def test_rising_needs_every_step(columns: tuple[list[int], ...], outcome: Outcome) -> None:
    assert along(a_claim("rising", over="epoch", margin=0.05), *columns).outcome is outcome


def test_falling_is_rising_backwards() -> None:
    assert along(a_claim("falling", over="epoch", margin=0.05), HIGH, MIDDLE, LOW).outcome is CONFIRMED


def test_a_trend_is_a_slope() -> None:
    found = along(a_claim("trend", over="epoch"), LOW, MIDDLE, HIGH)
    assert (found.outcome, found.method) == (CONFIRMED, "half-observation")
    assert found.value == pytest.approx(0.25)


def test_the_best_beats_each_rival() -> None:
    claim = a_claim("best", of={"run": "a"}, among=["run"])
    assert judged(claim, a=HIGH, b=MIDDLE, c=LOW).outcome is CONFIRMED
    assert judged(claim, a=HIGH, b=SLIGHTLY_LOWER, c=LOW).outcome is INCONCLUSIVE
    assert judged(claim, a=MIDDLE, b=HIGH, c=LOW).outcome is VIOLATED


def test_a_greater_gain_is_a_difference_of_differences() -> None:
    scores = evaluations({"a": HIGH, "b": LOW, "c": HIGH, "d": SLIGHTLY_LOWER})
    case: Case[Cell] = Case("", gains=tuple(scores))
    found = judge_case(a_claim(), case, ACCURACY, 0.95, a_bench(scores))
    assert (found.outcome, found.value) == (CONFIRMED, pytest.approx(0.48))


def test_what_is_missing_is_not_testable() -> None:
    claim = a_claim(of={"run": "a"}, than={"run": "c"})
    found = judged(claim, a=HIGH)
    assert (found.outcome, found.reason) == (NOT_TESTABLE, "no evaluation is run c")


def test_without_a_better_direction_nothing_is_better() -> None:
    scores = evaluations({"a": HIGH, "b": LOW})
    claim = a_claim(of={"run": "a"}, than={"run": "b"})
    (case,) = cases(claim, tuple(scores))
    found = judge_case(claim, case, a_metric("match/f1"), 0.95, a_bench(scores))
    assert found.outcome is NOT_TESTABLE
    assert found.reason is not None
    assert "metrics.define" in found.reason


YES, NO, OPEN, NONE = (
    CaseVerdict("", outcome) for outcome in (CONFIRMED, VIOLATED, INCONCLUSIVE, NOT_TESTABLE)
)


@pytest.mark.parametrize(
    ("verdicts", "surer", "outcome"),
    [
        ((YES, YES), (YES, YES), CONFIRMED),
        ((YES, OPEN), (YES, OPEN), INCONCLUSIVE),
        ((YES, NO), (YES, NO), VIOLATED),
        ((YES, NO), (YES, OPEN), INCONCLUSIVE),
        ((YES, NONE), (YES, NONE), INCONCLUSIVE),
        ((NO, NONE), (NO, NONE), VIOLATED),
        ((NONE, NONE), (NONE, NONE), NOT_TESTABLE),
        ((NO,), (OPEN,), VIOLATED),
    ],
)
def test_all_combinations_together(verdicts: Any, surer: Any, outcome: Outcome) -> None:
    assert together(verdicts, lambda count: surer) is outcome
