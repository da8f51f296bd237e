"""Newcombe's and Agresti and Caffo's intervals: what holds for all counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.statistics.intervals import Interval
from vizspec.statistics.newcombe import agresti_caffo, newcombe_unpaired

SHARES = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("interval", [newcombe_unpaired, agresti_caffo])
@given(a=SHARES, b=SHARES)
def test_intervals_of_different_samples_hold_the_difference_and_turn_over(
    interval: Callable[..., Interval], a: tuple[int, int], b: tuple[int, int]
) -> None:
    lower, upper = interval(*a, *b, 0.95)
    assert -1 - 1e-12 <= lower <= a[0] / a[1] - b[0] / b[1] + 1e-12
    assert lower <= upper <= 1 + 1e-12
    assert interval(*b, *a, 0.95) == pytest.approx((-upper, -lower))


def test_without_samples_there_is_no_difference() -> None:
    with pytest.raises(ValueError, match="at least one sample"):
        newcombe_unpaired(0, 0, 1, 2, 0.95)
