"""Wilson's interval against scipy's, and with an effective number of samples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from vizspec.statistics.intervals import Interval
from vizspec.statistics.wilson import compute_wilson_ci, effective_n, wilson, wilson_effective

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


def test_scripts_get_an_interval_as_a_pair() -> None:
    assert compute_wilson_ci(0.8, 100) == pytest.approx((0.7111708, 0.8666331))
    assert compute_wilson_ci(0.8, 100, 0.9) == pytest.approx((0.7266962, 0.8574982))
    assert compute_wilson_ci(0.8, 0) == (0.0, 0.0)
    assert Interval(0.1, 0.2) == (0.1, 0.2)


def test_the_standard_error_of_zeros_and_ones_gives_their_number() -> None:
    assert effective_n(0.8, math.sqrt(0.8 * 0.2 / 50)) == pytest.approx(50)
    known_by_error = wilson_effective(0.8, math.sqrt(0.8 * 0.2 / 50), 0.95)
    assert known_by_error == pytest.approx(wilson(0.8, 50, 0.95))


def test_few_degrees_of_freedom_widen_the_interval() -> None:
    normal, student = wilson_effective(0.8, 0.1, 0.95), wilson_effective(0.8, 0.1, 0.95, degrees=4)
    assert student.lower < normal.lower < 0.8 < normal.upper < student.upper < 1


@pytest.mark.parametrize(
    ("share", "stderr"), [(0.0, 0.1), (1.0, 0.1), (0.5, 0.0), (0.5, -1.0), (0.5, math.nan)]
)
def test_no_number_is_effective_without_spread(share: float, stderr: float) -> None:
    with pytest.raises(ValueError, match="an effective number of samples needs"):
        effective_n(share, stderr)
