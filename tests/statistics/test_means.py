"""Which interval the mean of one set of scores has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizspec.statistics.arrays import Range
from vizspec.statistics.intervals import from_stderr
from vizspec.statistics.means import mean
from vizspec.statistics.method import Method
from vizspec.statistics.wilson import wilson


def test_zeros_and_ones_have_wilsons_interval() -> None:
    found = mean([1, 1, 1, 0])
    assert found.method is Method.WILSON
    assert (found.lower, found.upper) == wilson(0.75, 4, 0.95)
    assert found.stderr == pytest.approx(0.25)


def test_partial_credit_has_the_half_observation_interval() -> None:
    assert mean([1, 1, 0.5, 0]).method is Method.HALF_OBSERVATION


def test_scores_without_a_range_have_students() -> None:
    found = mean([3, 5, 7], scores=Range())
    assert found.method is Method.STUDENT
    assert (found.lower, found.upper) == pytest.approx(from_stderr(5, 2 / 3**0.5, 3, 0.95))


def test_one_value_and_equal_values_without_a_range_have_no_interval_and_say_why() -> None:
    one, alike = mean([3.0], scores=Range()), mean([3.0, 3.0], scores=Range())
    assert (one.lower, one.no_verdict) == (None, "one sample")
    assert (alike.lower, alike.no_verdict) == (None, "all values are alike")


def test_samples_of_few_clusters_have_a_wide_interval_that_decides_nothing() -> None:
    scores = [1, 1, 1, 0, 0, 0, 1, 1]
    found = mean(scores, clusters=["a", "a", "a", "b", "b", "b", "c", "c"])
    alone = mean(scores)
    assert found.method is Method.WILSON_EFFECTIVE
    assert found.no_verdict == "only 3 clusters"
    assert found.lower is not None
    assert alone.lower is not None
    assert found.lower < alone.lower


def test_clusters_of_one_are_no_clusters() -> None:
    assert mean([1, 0, 1], clusters=[1, 2, 3]) == mean([1, 0, 1])


def test_clusters_that_are_all_right_count_once_each() -> None:
    found = mean([1] * 12, clusters=[0, 1, 2, 3, 4, 5] * 2)
    assert (found.lower, found.upper) == wilson(1, 6, 0.95)
    assert found.no_verdict is None


def test_one_cluster_has_no_interval() -> None:
    found = mean([1, 0], clusters=["a", "a"])
    assert (found.lower, found.no_verdict) == (None, "all samples are in one cluster")


def test_clustered_scores_without_a_range_have_students_interval_with_their_degrees() -> None:
    found = mean([1, 2, 3, 4, 5, 6], scores=Range(), clusters=[0, 0, 1, 1, 2, 2])
    assert found.method is Method.CLUSTERED
    assert found.no_verdict == "only 3 clusters"


def test_clustered_scores_that_are_all_alike_have_no_interval() -> None:
    assert mean([2, 2, 2], scores=Range(), clusters=[0, 0, 1]).no_verdict == "all values are alike"
    assert mean([0.5, 0.5, 0.5], clusters=[0, 0, 1]).no_verdict == "all values are alike"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5)), min_size=1, max_size=30))
def test_every_interval_holds_its_mean(samples: list[tuple[float, int]]) -> None:
    values, clusters = zip(*samples, strict=True)
    for found in (mean(values), mean(values, scores=Range()), mean(values, clusters=clusters)):
        if found.lower is not None and found.upper is not None:
            assert found.lower <= found.value + 1e-12
            assert found.value - 1e-12 <= found.upper
        else:
            assert found.no_verdict is not None
