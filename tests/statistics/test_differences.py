"""Which interval and which p-value a difference has, and when nothing may be decided by it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.statistics.make import is_consistent
from vizspec.statistics.arrays import Range
from vizspec.statistics.differences import of_differences, of_differences_unpaired, outcomes, paired, unpaired
from vizspec.statistics.method import Method

BINARY = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=60)
THIRDS = st.sampled_from([0, 1 / 3, 2 / 3, 1])
PARTIAL = st.lists(st.tuples(THIRDS, THIRDS), min_size=1, max_size=40)


@settings(max_examples=80, deadline=None)
@given(BINARY | PARTIAL)
def test_interval_and_p_value_say_the_same_and_turn_over_with_the_sides(
    pairs: list[tuple[float, float]],
) -> None:
    a, b = zip(*pairs, strict=True)
    for compare in (paired, unpaired):
        found, turned = compare(a, b), compare(b, a)
        assert is_consistent(found)
        assert turned.value == pytest.approx(-found.value)
        if found.lower is not None and found.upper is not None:
            assert (turned.lower, turned.upper) == pytest.approx((-found.upper, -found.lower), abs=1e-6)


def test_outcomes_are_counted_sample_by_sample() -> None:
    assert outcomes([1, 0, 1, 1], [0, 1, 1, 0]) == (2, 1, 1)


def test_right_and_wrong_on_the_same_samples_is_tangos() -> None:
    found = paired([1, 1, 1, 0] * 10, [1, 0, 1, 0] * 10)
    assert found.method is Method.TANGO
    assert found.value == 0.25
    assert found.p is not None
    assert found.p < 0.05
    assert found.no_verdict is None


def test_means_over_repeats_have_the_half_observation_interval() -> None:
    assert paired([1, 0.5, 1], [0.5, 0.5, 1]).method is Method.HALF_OBSERVATION


def test_few_changes_of_scores_without_a_range_decide_nothing() -> None:
    a, b = list(range(30)), [*range(25), 0, 0, 0, 0, 0]
    found = paired(a, b, scores=Range())
    assert found.method is Method.STUDENT
    assert found.no_verdict == "only 5 of 30 differences are not 0"
    assert paired(range(30), [x + 1 + x % 2 for x in range(30)], scores=Range()).no_verdict is None


def test_equal_scores_without_a_range_have_no_interval() -> None:
    found = paired([5, 6], [5, 6], scores=Range())
    assert (found.lower, found.p) == (None, None)
    assert found.no_verdict is not None
    assert paired([5], [6], scores=Range()).no_verdict == "one sample"


def test_what_rounding_alone_parts_is_no_difference() -> None:
    rounded, plain = [0.1 + 0.2, 0.7 + 0.1, 2.5] * 10, [0.3, 0.8, 2.5] * 10
    assert outcomes(rounded, plain) == (0, 30, 0)
    found = paired(rounded, plain, scores=Range())
    assert (found.value, found.lower, found.method) == (0, None, Method.NONE)


def test_a_gain_that_is_one_and_the_same_for_all_but_rounding_has_no_interval() -> None:
    a = [0.1 * step for step in range(30)]
    found = paired([value + 0.7 for value in a], a, scores=Range())
    assert (found.lower, found.no_verdict) == (None, "all values are alike")


def test_clustered_samples_have_a_longer_interval_and_under_five_no_verdict() -> None:
    a, b = [1, 1, 1, 1, 0, 0] * 4, [0, 0, 0, 0, 0, 1] * 4
    alone = paired(a, b)
    grouped = paired(a, b, clusters=[0, 0, 1, 1, 2, 2] * 4)
    assert grouped.method is Method.CLUSTERED
    assert grouped.no_verdict == "only 3 clusters"
    assert alone.lower is not None
    assert grouped.lower is not None
    assert grouped.lower < alone.lower
    assert paired(a, b, clusters=["a"] * 24).no_verdict == "all samples are in one cluster"
    assert paired(a, b, clusters=range(24)) == alone


def test_shares_of_different_samples_are_newcombes_and_few_are_agresti_and_caffos() -> None:
    assert unpaired([1, 0] * 20, [1, 1, 0] * 20).method is Method.NEWCOMBE_HYBRID
    assert unpaired([1, 0] * 10, [1, 1, 0] * 20).method is Method.AGRESTI_CAFFO


def test_means_of_different_samples_are_welchs() -> None:
    found = unpaired([0.5, 1, 0.2], [0.1, 0.3, 0.4, 0])
    assert found.method is Method.WELCH
    assert found.n == 7
    assert unpaired([0.5], [0.1, 0.3]).no_verdict == "one sample"
    clustered = unpaired([0.5, 1, 0.2], [0.1, 0.3, 0.4, 0], clusters_b=[0, 0, 1, 1])
    assert clustered.no_verdict == "only 2 clusters"


def test_a_difference_of_differences_goes_from_minus_2_to_2() -> None:
    found = of_differences([1, 1], [0, 0], [0, 0], [1, 1])
    assert found.value == 2
    assert found.upper == 2
    assert found.method is Method.HALF_OBSERVATION
    across = of_differences_unpaired([1, 1, 0], [0, 0, 0], [0, 0, 1, 1], [1, 1, 1, 0])
    assert across.method is Method.WELCH
    assert across.value == pytest.approx(2 / 3 + 1 / 4)


def test_sides_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be paired"):
        paired([1, 0], [1])
    with pytest.raises(ValueError, match="cannot be paired"):
        of_differences([1, 0], [1, 0], [1], [0])


def test_a_score_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="outside its range"):
        paired([1, 3], [0.5, 0])
