"""Wilson's interval against scipy's, Student's against tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from vizspec.statistics.intervals import Interval, compute_wilson_ci, from_stderr, level_text, wilson

LEVELS = st.floats(0.01, 0.999)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 20_000))
    return draw(st.integers(0, n)), n


@given(counts(), LEVELS)
def test_wilson_agrees_with_scipy(count: tuple[int, int], level: float) -> None:
    successes, n = count
    expected = binomtest(successes, n).proportion_ci(level, method="wilson")
    assert wilson(successes / n, n, level) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(st.floats(0, 1), st.integers(1, 10**9), LEVELS)
def test_wilson_holds_the_proportion_and_stays_between_0_and_1(p: float, n: int, level: float) -> None:
    lower, upper = wilson(p, n, level)
    assert 0 <= lower <= p <= upper <= 1


@given(st.integers(1, 10**6), LEVELS)
def test_wilson_ends_at_the_proportion_when_all_or_none_succeeded(n: int, level: float) -> None:
    assert wilson(0, n, level).lower == 0
    assert wilson(1, n, level).upper == 1


@pytest.mark.parametrize(
    ("proportion", "n", "level", "message"),
    [
        (1.2, 10, 0.95, "a proportion lies between 0 and 1, not at 1.2"),
        (math.nan, 10, 0.95, "a proportion lies between 0 and 1, not at nan"),
        (0.5, 0, 0.95, "an interval needs at least one trial, not 0"),
        (0.5, 10, 1.0, "a confidence level lies between 0 and 1, not at 1.0"),
    ],
)
def test_wilson_refuses_what_is_no_proportion(proportion: float, n: int, level: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wilson(proportion, n, level)


@pytest.mark.parametrize(
    ("n", "level", "quantile"),
    [(2, 0.95, 12.7062), (11, 0.95, 2.2281), (11, 0.99, 3.1693), (101, 0.9, 1.6602), (None, 0.95, 1.95996)],
)
def test_a_standard_error_is_widened_by_students_quantile(
    n: int | None, level: float, quantile: float
) -> None:
    lower, upper = from_stderr(5.0, 0.1, n, level)
    assert (5 - lower) / 0.1 == pytest.approx(quantile, abs=1e-4)
    assert (upper - 5) / 0.1 == pytest.approx(quantile, abs=1e-4)


def test_an_interval_is_cut_off_at_the_range_of_its_quantity() -> None:
    assert from_stderr(0.98, 0.1, 50, 0.95, 0, 1).upper == 1
    assert from_stderr(0.02, 0.1, 50, 0.95, 0, 1).lower == 0
    assert from_stderr(0.02, 0.1, 50, 0.95).lower < 0


def test_a_value_outside_its_range_is_still_inside_its_interval() -> None:
    assert from_stderr(1.5, 0.1, 50, 0.95, 0, 1).upper == 1.5


@given(
    st.floats(-1e6, 1e6),
    st.floats(0, 1e6),
    st.none() | st.integers(2, 10**6),
    LEVELS,
    st.floats(-1, 0),
    LEVELS,
)
def test_every_interval_of_a_standard_error_holds_the_value(
    value: float, stderr: float, n: int | None, level: float, lowest: float, highest: float
) -> None:
    lower, upper = from_stderr(value, stderr, n, level, lowest, highest)
    assert lower <= value <= upper


@pytest.mark.parametrize(("stderr", "n"), [(-0.1, 10), (0.1, 1), (0.1, 0)])
def test_a_negative_standard_error_and_a_single_sample_have_no_interval(stderr: float, n: int) -> None:
    with pytest.raises(ValueError, match=r"negative|at least two samples"):
        from_stderr(0.5, stderr, n, 0.95)


def test_scripts_get_an_interval_as_a_pair() -> None:
    assert compute_wilson_ci(0.8, 100) == pytest.approx((0.7111708, 0.8666331))
    assert compute_wilson_ci(0.8, 100, 0.9) == pytest.approx((0.7266962, 0.8574982))
    assert compute_wilson_ci(0.8, 0) == (0.0, 0.0)
    assert Interval(0.1, 0.2) == (0.1, 0.2)


def test_a_level_is_named_in_percent() -> None:
    assert level_text(0.95) == "95 % CI"
    assert level_text(0.999) == "99.9 % CI"
