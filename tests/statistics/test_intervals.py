"""Quantiles against tables, and the p-values that belong to intervals."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vizspec.statistics.intervals import (
    Interval,
    around,
    from_stderr,
    interval_of,
    level_text,
    p_of_inversion,
    quantile,
    two_sided,
)

LEVELS = st.floats(0.01, 0.999)


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


def test_a_level_is_named_in_percent() -> None:
    assert level_text(0.95) == "95% CI"
    assert level_text(0.999) == "99.9% CI"


def test_degrees_of_freedom_need_be_no_whole_number() -> None:
    assert quantile(0.95, 3.5) == pytest.approx(2.9401, abs=1e-4)
    assert quantile(0.95, 3) > quantile(0.95, 3.5) > quantile(0.95, 4)
    with pytest.raises(ValueError, match="degrees of freedom above 0"):
        quantile(0.95, 0)


# Near zero SciPy tells Student's t and its quantiles to some 1e-8.
@example(3.6e-09, 1.0)
@example(1.0e-178, 6.0)
@given(st.floats(-5, 5), st.none() | st.floats(1, 200))
def test_the_p_value_of_inverted_intervals_is_that_of_the_test(value: float, degrees: float | None) -> None:
    found = p_of_inversion(lambda level: around(value, 1.0, level, degrees))
    assert found == pytest.approx(two_sided(value, degrees), abs=1e-7)


def test_no_level_leaves_out_what_the_estimate_is() -> None:
    assert p_of_inversion(lambda level: around(0.0, 1.0, level)) == 1


def test_an_interval_is_widened_to_a_value_and_cut_to_a_range() -> None:
    assert Interval(0.1, 0.2).holding(0.3) == (0.1, 0.3)
    assert Interval(-0.1, 1.2).within(0, 1) == (0, 1)
    assert Interval(-0.1, 1.2).within(None, 1) == (-0.1, 1)


def test_an_interval_of_the_opposite_quantity_has_both_ends_turned() -> None:
    assert Interval(-0.1, 0.3).negated == Interval(-0.3, 0.1)


def test_no_interval_is_where_one_end_is_not_known() -> None:
    assert interval_of(0.1, 0.3) == Interval(0.1, 0.3)
    assert interval_of(None, 0.3) is None
    assert interval_of(0.1, None) is None
