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
    Bench,
    judge_case,
    together,
)
from vizspec.claims.model import Claim
from vizspec.claims.record import CaseVerdict, ClaimOutcome
from vizspec.claims.sides import Case, cases
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.method import Method

HIGH, SLIGHTLY_LOWER, LOW = [1] * 90 + [0] * 10, [1] * 88 + [0] * 12, [1] * 40 + [0] * 60


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


def test_few_clusters_decide_no_threshold() -> None:
    scores = evaluations({"a": HIGH})
    (cell,) = scores
    few = "only 3 clusters"

    def estimate(cell: Cell, metric: Metric, level: float) -> Estimate:
        return Estimate(cell, metric, level, 0.9, 0.85, 0.95, n=100, method=Method.CLUSTERED, no_verdict=few)

    bench = Bench(a_bench(scores).comparer, estimate)
    found = judge_case(a_claim("at_least", value=0.8), Case("", cell), ACCURACY, 0.95, bench)
    assert (found.outcome, found.reason, found.lower) == (INCONCLUSIVE, few, 0.85)


def test_what_has_no_log_may_overthrow_what_is_confirmed_and_nothing_else() -> None:
    claim, scores = a_claim("best", among=["run"]), evaluations({"a": HIGH, "b": LOW})
    best, other = scores
    lacking: Case[Cell] = Case("", best, others=(other,), lacking=("c on capitals",))
    found = judge_case(claim, lacking, ACCURACY, 0.95, a_bench(scores))
    assert (found.outcome, found.reason) == (INCONCLUSIVE, "no log of c on capitals can be shown")
    behind = replace(lacking, of=other, others=(best,))
    assert judge_case(claim, behind, ACCURACY, 0.95, a_bench(scores)).outcome is VIOLATED


def test_a_step_against_the_claim_that_is_not_sure_among_several_leaves_it_open() -> None:
    """Of 100 samples 5 are lost and none won: surely a fall at 95 %, and not at 98.3 %."""
    fallen = [1] * 85 + [0] * 15
    found = along(a_claim("rising", over="epoch"), LOW, MIDDLE, HIGH, fallen)
    assert (found.outcome, found.value) == (INCONCLUSIVE, pytest.approx(-0.05))
    assert found.reason == "a step goes the other way, which is not sure as one of several"


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
def test_rising_needs_every_step(columns: tuple[list[int], ...], outcome: ClaimOutcome) -> None:
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
def test_all_combinations_together(verdicts: Any, surer: Any, outcome: ClaimOutcome) -> None:
    assert together(verdicts, lambda count: surer) is outcome
