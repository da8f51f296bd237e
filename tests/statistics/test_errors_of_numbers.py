"""Errors of predicted numbers have intervals that hold them."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vizspec.statistics.errors_of_numbers import (
    ERRORS,
    mean_absolute_error,
    mean_squared_error,
    r_squared,
    root_mean_squared_error,
)

PAIRS = [(1.0, 2.0), (2.0, 2.0), (3.0, 5.0), (4.0, 4.0), (10.0, 9.0)]


def test_a_mean_error_has_students_interval() -> None:
    found = mean_absolute_error(PAIRS, 0.95)
    assert found.value == pytest.approx(0.8)
    assert found.stderr == pytest.approx(0.374166, abs=1e-6)
    assert found.interval == pytest.approx((0.0, 0.8 + 2.776445 * 0.374166), abs=1e-5)


def test_the_root_of_a_mean_squared_error_has_the_roots_of_its_ends() -> None:
    squared, root = mean_squared_error(PAIRS, 0.9), root_mean_squared_error(PAIRS, 0.9)
    assert root.value == pytest.approx(math.sqrt(squared.value))
    assert squared.interval
    assert root.interval == pytest.approx(tuple(map(math.sqrt, squared.interval)))


def test_r_squared_is_that_of_its_definition_and_reaches_no_farther_than_one() -> None:
    found = r_squared(PAIRS, 0.95)
    assert found.value == pytest.approx(1 - 6 / 50)
    assert found.interval
    assert found.interval.upper <= 1


def test_errors_that_are_all_alike_tell_nothing_of_their_uncertainty() -> None:
    for error in ERRORS.values():
        assert error([(1.0, 1.0), (2.0, 2.0)], 0.95).interval is None
    assert mean_absolute_error([(1.0, 2.0)], 0.95).interval is None


def test_numbers_that_are_all_alike_have_no_r_squared() -> None:
    with pytest.raises(ValueError, match="differ"):
        r_squared([(1.0, 2.0), (1.0, 3.0)], 0.95)


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=3))
def test_an_interval_holds_its_value(pairs: list[tuple[float, float]]) -> None:
    assume(len({round(wanted, 3) for wanted, _ in pairs}) > 1)
    for error in ERRORS.values():
        found = error(pairs, 0.95)
        if found.interval:
            assert found.interval.lower <= found.value + 1e-9
            assert found.value - 1e-9 <= found.interval.upper
