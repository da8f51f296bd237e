"""Tango's interval and the test that it inverts; known answers are among those of all methods."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.statistics.tango import score_mcnemar, tango

COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 200)).filter(lambda c: sum(c) > 0)
LEVELS = st.floats(0.5, 0.999)


@given(COUNTS, LEVELS)
def test_the_interval_holds_the_difference_and_stays_between_minus_1_and_1(
    counts: tuple[int, int, int], level: float
) -> None:
    only_a, only_b, same = counts
    n = only_a + only_b + same
    lower, upper = tango(only_a, only_b, n, level)
    assert -1 <= lower <= (only_a - only_b) / n <= upper <= 1


@given(COUNTS, LEVELS)
def test_changing_sides_turns_the_interval_over(counts: tuple[int, int, int], level: float) -> None:
    only_a, only_b, same = counts
    n = only_a + only_b + same
    lower, upper = tango(only_a, only_b, n, level)
    assert tango(only_b, only_a, n, level) == pytest.approx((-upper, -lower), abs=1e-7)


@given(COUNTS, LEVELS, LEVELS)
def test_a_higher_level_gives_no_shorter_interval(
    counts: tuple[int, int, int], one: float, other: float
) -> None:
    only_a, only_b, same = counts
    n = only_a + only_b + same
    short, long = (tango(only_a, only_b, n, level) for level in sorted((one, other)))
    assert long.lower <= short.lower + 1e-9
    assert short.upper <= long.upper + 1e-9


@given(COUNTS, st.floats(-0.9, 0.9))
def test_a_difference_is_left_out_exactly_where_its_test_rejects_it(
    counts: tuple[int, int, int], difference: float
) -> None:
    only_a, only_b, same = counts
    n = only_a + only_b + same
    p = score_mcnemar(only_a, only_b, n, difference)
    lower, upper = tango(only_a, only_b, n, 0.95)
    if abs(p - 0.05) > 1e-6:
        assert (p > 0.05) == (lower <= difference <= upper)


def test_no_sample_that_differs_gives_an_interval_around_0() -> None:
    assert tango(0, 0, 40, 0.95) == pytest.approx((-0.0876216, 0.0876216), abs=1e-6)
    assert score_mcnemar(0, 0, 40) == 1


def test_all_samples_won_is_no_certainty() -> None:
    lower, upper = tango(1, 0, 1, 0.95)
    assert lower < 0
    assert upper == 1


@pytest.mark.parametrize(("only_a", "only_b", "n"), [(0, 0, 0), (3, 0, 2), (-1, 0, 5)])
def test_what_is_no_count_of_samples_is_refused(only_a: int, only_b: int, n: int) -> None:
    with pytest.raises(ValueError, match=r"at least one sample|no counts"):
        tango(only_a, only_b, n, 0.95)


def test_no_shares_differ_by_more_than_1() -> None:
    with pytest.raises(ValueError, match="at most 1"):
        score_mcnemar(1, 2, 10, 1.5)
