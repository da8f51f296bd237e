"""One comparison: its difference, interval and method, and what it tells of the samples."""

from __future__ import annotations

import pytest

from tests.comparisons.make import a_side
from tests.make import a_cell, a_metric
from vizspec.comparisons.differences import Side, compare
from vizspec.comparisons.measure import Measured
from vizspec.comparisons.questions import Pairing
from vizspec.comparisons.record import Comparison
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.arrays import Range

MATCH = a_metric()
HALVES = [0.5, 1.0, 0.0, 1 / 3, 2 / 3] * 8


def compared(
    a: Measured | str, b: Measured | str, metric: Metric = MATCH, by: Pairing = "id_and_input"
) -> Comparison:
    return compare(Side(a_cell("r4"), "r4", a), Side(a_cell("r8"), "r8", b), metric, 0.95, by=by)


def test_shares_on_the_same_samples_are_compared_by_tango() -> None:
    """Bentur 2009: 1 right in both, 1 in a alone, 7 in b alone, 12 in none."""
    a = a_side([1] + [1] + [0] * 7 + [0] * 12)
    b = a_side([1] + [0] + [1] * 7 + [0] * 12)
    found = compared(a, b)
    assert (found.wins, found.losses, found.ties, found.n, found.method) == (1, 7, 13, 21, "tango")
    assert found.difference == pytest.approx(-6 / 21)
    assert (found.lower, found.upper) == (pytest.approx(-0.517, abs=1e-3), pytest.approx(-0.026, abs=1e-3))
    assert (found.value_a, found.value_b) == (pytest.approx(2 / 21), pytest.approx(8 / 21))
    assert found.p is not None
    assert found.p < 0.05
    assert found.no_verdict is None


def test_scores_within_a_range_are_compared_by_half_observations() -> None:
    found = compared(a_side(HALVES), a_side(HALVES[::-1]))
    assert found.method == "half-observation"
    assert found.samples.right_a == ()


def test_scores_without_a_range_need_differences_that_are_not_zero() -> None:
    a, b = [10.0, 20.0, 30.0] + [5.0] * 30, [11.0, 18.0, 33.0] + [5.0] * 30
    found = compared(a_side(a, scores=Range()), a_side(b, scores=Range()))
    assert found.method == "student-t"
    assert found.no_verdict == "only 3 of 33 differences are not 0"


def test_clusters_are_no_independent_samples() -> None:
    clusters = {str(n): str(n % 8) for n in range(1, 41)}
    a = a_side([n % 2 for n in range(40)], clusters=clusters)
    b = a_side([n % 3 == 0 for n in range(40)], clusters=clusters)
    assert compared(a, b).method == "cr2"


def test_few_clusters_leave_no_verdict() -> None:
    clusters = {str(n): str(n % 3) for n in range(1, 41)}
    side = a_side([n % 2 for n in range(40)], clusters=clusters)
    other = a_side([n % 3 == 0 for n in range(40)], clusters=clusters)
    assert compared(side, other).no_verdict == "only 3 clusters"


def test_areas_are_compared_with_the_covariance_of_both() -> None:
    truth = {str(n): n % 2 for n in range(1, 41)}
    good = a_side([0.5 + 0.3 * (n % 2) + 0.004 * n for n in range(1, 41)], truth=truth)
    bad = a_side([(n * 7 % 40) / 40 for n in range(1, 41)], truth=truth)
    found = compared(good, bad, a_metric("risk_scorer/auc_score"))
    assert found.method == "mover"
    assert (found.wins, found.ties) == (None, None)
    assert found.value_a == 1.0
    assert found.difference is not None
    assert found.difference > 0


def test_areas_of_one_class_have_no_difference() -> None:
    side = a_side([0.1, 0.9], truth={"1": 1, "2": 1})
    found = compared(side, side, a_metric("risk_scorer/auc_score"))
    assert (found.difference, found.no_verdict) == (None, "the shared samples are of one class")


def test_a_is_the_better_one_where_its_score_is_lower_if_lower_is_better() -> None:
    found = compared(a_side([0.1, 0.2, 0.3]), a_side([0.2, 0.2, 0.4]), a_metric("risk_scorer/brier_score"))
    assert (found.wins, found.losses, found.ties) == (2, 0, 1)
    assert found.gain == pytest.approx(0.2 / 3)
    assert found.difference == pytest.approx(-0.2 / 3)


def test_different_samples_are_compared_as_such_and_said_so() -> None:
    a = a_side({f"a{n}": n % 2 for n in range(60)})
    b = a_side({f"b{n}": 1 for n in range(60)})
    found = compared(a, b)
    assert (found.method, found.n, found.samples.is_paired) == ("newcombe-hybrid", 120, False)
    assert (found.wins, found.no_verdict) == (None, None)
    assert found.note == (
        "compared on all samples of each, since they share too few; 60 are in A alone, 60 are in B alone"
    )


def test_samples_of_one_id_with_other_questions_leave_no_verdict() -> None:
    other = {str(n): f"another {n}" for n in range(1, 41)}
    a, b = a_side([1, 0] * 20), a_side([1, 1] * 20, questions=other)
    assert compared(a, b).no_verdict == "40 samples of one id have another input or target"
    assert compared(a, b, by="id").no_verdict is None


def test_more_than_one_changed_sample_in_twenty_leaves_no_verdict() -> None:
    other = {str(n): f"another {n}" for n in range(1, 4)}
    found = compared(a_side([1, 0] * 20), a_side([1, 1] * 20, questions=other))
    assert found.no_verdict == "3 samples have another input or target"
    assert found.has_interval


def test_what_is_lost_is_told_with_the_one_id() -> None:
    a = a_side([1, 0, None] + [1] * 37)
    b = a_side([1, 0, 1] + [1] * 36 + [0], questions={"17": "another"})
    assert compared(a, b).note == (
        "38 of 40 samples paired; 1 has no score in A (id 3), 1 has another input or target (id 17)"
    )


def test_samples_that_one_side_lacks_count_as_the_lowest_and_as_the_highest() -> None:
    a, b = a_side([1] * 30 + [None] * 10), a_side([0, 1] * 20)
    lowest, highest = compared(a, b).extremes
    assert lowest.lower < highest.lower
    assert compared(a_side([1, 0]), a_side([0, 0])).extremes == ()


def test_other_numbers_of_repeats_are_told() -> None:
    found = compared(a_side(HALVES, epochs=3), a_side([1, 0] * 20, epochs=1))
    assert found.note == "the mean of 3 repeats of each sample against that of 1"


def test_the_samples_that_one_side_alone_has_right() -> None:
    found = compared(a_side([1, 0, 1, 0]), a_side([0, 1, 1, 0]))
    assert (found.samples.right_a, found.samples.right_b) == (("1",), ("2",))


@pytest.mark.parametrize(
    ("a", "b"), [([1, 1, 1], [1, 1, 1]), ([0, 0], [0, 0]), ([1, 0, 1], [1, 0, 1])], ids=str
)
def test_evaluations_that_never_disagree_are_not_said_to_differ(a: list[int], b: list[int]) -> None:
    found = compared(a_side(a), a_side(b))
    assert (found.difference, found.p) == (0.0, 1.0)
    assert found.lower is not None
    assert found.lower < 0
    assert not found.is_separate()


def test_one_sample_decides_nothing() -> None:
    found = compared(a_side([1]), a_side([0]))
    assert (found.no_verdict, found.has_interval) == ("one sample has a score", False)


def test_why_a_log_cannot_be_compared_is_told_with_its_name() -> None:
    found = compared("holds no samples", a_side([1]))
    assert found.no_verdict == "r4/eval/capitals/logs/a.eval holds no samples"


def test_what_is_true_of_both_logs_is_told_of_each() -> None:
    assert compared("holds no samples", "holds no samples").no_verdict == "each log holds no samples"


def test_calibration_errors_are_not_compared() -> None:
    found = compared(a_side([1]), a_side([1]), a_metric("risk_scorer/risk_calibration_error"))
    assert found.no_verdict is not None
    assert found.no_verdict.startswith("no interval of a difference of calibration errors is sound")


def test_clusters_of_one_are_independent_samples() -> None:
    clusters = {str(n): f"sample {n}" for n in range(1, 41)}
    a, b = a_side([1, 0] * 20, clusters=clusters), a_side([1, 1] * 20, clusters=clusters)
    assert compared(a, b).method == "tango"
