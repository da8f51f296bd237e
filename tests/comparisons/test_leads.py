"""Who leads on each task, and by how much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.make import a_cell, a_log, a_metric, an_estimate, some_facts
from vizspec.cells.benchmarks import Benchmark
from vizspec.comparisons.leads import CHANGED_BY_MISSING, Basis, lead, rivals
from vizspec.comparisons.record import Comparison, SamplePairing
from vizspec.statistics.intervals import Interval

ACCURACY = a_metric("match/accuracy")
BRIER = a_metric("risk_scorer/brier_score")
BEST = an_estimate(a_cell("r8"), ACCURACY, value=0.9, lower=0.8, upper=0.95)
OTHER = an_estimate(a_cell("r4"), ACCURACY, value=0.5, lower=0.4, upper=0.6)


def compared(**named: Any) -> Comparison:
    empty = Comparison("", "r8", "r4", BEST.cell, OTHER.cell, ACCURACY, 0.95)
    values: dict[str, Any] = {
        "difference": 0.1,
        "lower": 0.02,
        "upper": 0.2,
        "samples": SamplePairing(40, matched_by="id"),
    }
    return replace(empty, **{**values, **named})


def test_on_each_task_the_best_meets_each_other() -> None:
    facts = some_facts(
        [
            a_log("r4", task="hard", accuracy=0.3),
            a_log("r8", task="hard", accuracy=0.5),
            a_log("r16", task="hard", accuracy=0.4),
            a_log("r4", task="easy"),
        ]
    )
    (found,) = rivals(
        facts.cells, {Benchmark("hard"): ACCURACY, Benchmark("easy"): ACCURACY}, facts.table.row
    )
    assert found.best.run == "r8"
    assert [cell.run for cell in found.others] == ["r4", "r16"]


def test_a_trial_is_no_rival() -> None:
    facts = some_facts([a_log("r4", accuracy=0.3), a_log("r8", accuracy=0.9, samples=4)])
    assert list(rivals(facts.cells, {Benchmark("capitals"): ACCURACY}, facts.table.row)) == []


def test_a_lead_on_the_same_samples_is_that_of_the_comparison() -> None:
    found = lead(BEST, OTHER, compared())
    assert found
    assert found.is_sure
    assert found == (0.1, 0.02, 0.2, Basis.SAME_SAMPLES, None, None)


def test_a_lead_that_nothing_may_be_decided_by_is_not_sure() -> None:
    found = lead(BEST, OTHER, compared(no_verdict="only 3 clusters"))
    assert found
    assert not found.is_sure
    assert found.no_verdict == "only 3 clusters"


def test_a_lead_whose_comparison_has_no_interval_is_not_decided_by_those_of_both_sides() -> None:
    found = lead(BEST, OTHER, compared(lower=None, upper=None, no_verdict="all samples are in one cluster"))
    assert found
    assert (found.basis, found.no_verdict) == (Basis.INTERVALS, "all samples are in one cluster")


def test_a_lead_that_missing_samples_could_turn_is_not_sure() -> None:
    found = lead(BEST, OTHER, compared(extremes=(Interval(-0.01, 0.1), Interval(0.03, 0.2))))
    assert found
    assert found.no_verdict == CHANGED_BY_MISSING


def test_where_lower_is_better_the_lead_is_what_is_below() -> None:
    best = replace(BEST, metric=BRIER, value=0.1, lower=0.05, upper=0.15)
    other = replace(OTHER, metric=BRIER, value=0.3, lower=0.25, upper=0.4)
    found = lead(best, other, compared(metric=BRIER, difference=-0.2, lower=-0.3, upper=-0.1))
    assert found == (0.2, 0.1, 0.3, Basis.SAME_SAMPLES, None, None)
    by_intervals = lead(best, other, None)
    assert by_intervals
    assert by_intervals.value == pytest.approx(0.2)
    assert 0 < by_intervals.lower < 0.2 < by_intervals.upper


def test_without_a_comparison_the_intervals_of_both_tell() -> None:
    found = lead(BEST, OTHER, compared(difference=None, lower=None, upper=None, no_verdict="no samples"))
    assert found
    assert found.basis is Basis.INTERVALS
    assert found.value == pytest.approx(0.4)
    assert found.is_sure


def test_without_an_interval_nothing_is_known() -> None:
    assert lead(BEST, replace(OTHER, lower=None, upper=None), None) is None


def test_errors_of_calibration_are_never_judged() -> None:
    metric = a_metric("risk_scorer/expected_calibration_error")
    found = lead(replace(BEST, metric=metric), replace(OTHER, metric=metric), None)
    assert found
    assert found.no_verdict is not None
    assert not found.is_sure
