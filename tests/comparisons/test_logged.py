"""Differences from what logs store, where samples cannot be had."""

from __future__ import annotations

from typing import Any

import pytest

from tests.comparisons.make import ACCURACY, a_side
from tests.make import a_cell, a_metric, an_estimate
from vizspec.comparisons.differences import Side, compare
from vizspec.comparisons.leads import Basis, lead
from vizspec.comparisons.logged import logged_contrast, logged_difference
from vizspec.comparisons.measure import Measured, NotReadable
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.contrasts import Difference
from vizspec.statistics.method import Method
from vizspec.statistics.newcombe import newcombe_unpaired
from vizspec.statistics.wilson import wilson

MEAN = a_metric("judge/mean")
LACKS = NotReadable("holds no samples")


def a_share(run: str, right: int, n: int = 40) -> Estimate:
    lower, upper = wilson(right / n, n, 0.95)
    return an_estimate(
        a_cell(run), ACCURACY, value=right / n, lower=lower, upper=upper, n=n, method=Method.WILSON
    )


def a_mean(run: str, value: float, metric: Metric = MEAN, **named: Any) -> Estimate:
    given = {"lower": value - 1, "upper": value + 1, "n": 40, "stderr": 0.5, "method": Method.STUDENT}
    return an_estimate(a_cell(run), metric, value=value, **{**given, **named})


def found(a: Estimate, b: Estimate) -> Difference:
    difference = logged_difference(a, b)
    assert isinstance(difference, Difference)
    return difference


def side(row: Estimate, measured: Measured | str = LACKS) -> Side:
    return Side(row.cell, row.cell.run or "", measured, lambda level: row)


def test_shares_have_the_interval_of_different_samples() -> None:
    difference = found(a_share("r8", 34), a_share("r4", 20))
    assert (difference.method, difference.n) == (Method.NEWCOMBE_HYBRID, 80)
    assert (difference.lower, difference.upper) == pytest.approx(newcombe_unpaired(34, 40, 20, 40, 0.95))


def test_means_have_welchs_interval_of_their_standard_errors() -> None:
    difference = found(a_mean("r8", 7.0), a_mean("r4", 5.0))
    assert (difference.method, difference.value, difference.n) == (Method.WELCH, 2.0, 80)
    assert (difference.lower, difference.upper) == pytest.approx(
        (2 - 1.9908 * 0.5**0.5, 2 + 1.9908 * 0.5**0.5), abs=1e-3
    )


def test_what_has_an_interval_alone_is_told_by_mover_without_a_p_value() -> None:
    difference = found(a_mean("r8", 7.0, stderr=None), a_mean("r4", 5.0, stderr=None))
    assert (difference.method, difference.p) == (Method.MOVER, None)
    assert (difference.lower, difference.upper) == pytest.approx((2 - 2**0.5, 2 + 2**0.5))


def test_without_an_interval_the_reason_is_told() -> None:
    reason = logged_difference(
        a_share("r8", 34), a_mean("r4", 5.0, lower=None, upper=None, note="no interval")
    )
    assert reason == "r4/eval/capitals/logs/a.eval: no interval"


def test_a_gain_against_a_gain_adds_four_variances() -> None:
    rows = [a_mean(run, value) for run, value in zip("abcd", (7.0, 5.0, 6.0, 5.5), strict=True)]
    contrast = logged_contrast(rows, (1.0, -1.0, -1.0, 1.0))
    assert isinstance(contrast, Difference)
    assert contrast.value == pytest.approx(1.5)
    assert contrast.lower is not None
    assert contrast.lower == pytest.approx(1.5 - 1.9753 * 1.0, abs=1e-3)


def test_a_comparison_of_headers_says_that_it_is_not_paired_and_why() -> None:
    a, b = a_share("r8", 34), a_share("r4", 20)
    comparison = compare(side(a), side(b), ACCURACY, 0.95)
    assert comparison.is_separate()
    assert comparison.note == "by what the logs store, not on the same samples: a log holds no samples"
    assert (comparison.no_verdict, comparison.samples.is_paired, comparison.value_a) == (None, False, 0.85)
    its_lead = lead(a, b, comparison)
    assert its_lead is not None
    assert its_lead.basis is Basis.INTERVALS


def test_one_side_with_samples_is_compared_by_what_both_logs_store() -> None:
    comparison = compare(
        side(a_share("r8", 34), a_side([1.0] * 34 + [0.0] * 6)), side(a_share("r4", 20)), ACCURACY, 0.95
    )
    assert (comparison.is_of_logged, comparison.method) == (True, "newcombe-hybrid")


def test_samples_that_deny_what_a_log_stores_leave_no_verdict() -> None:
    comparison = compare(side(a_share("r8", 34), "is odd"), side(a_share("r4", 20)), ACCURACY, 0.95)
    assert (comparison.difference, comparison.no_verdict) == (None, "r8/eval/capitals/logs/a.eval is odd")
