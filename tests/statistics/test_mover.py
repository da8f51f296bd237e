"""Differences from two intervals."""

from __future__ import annotations

import math

import pytest

from vizspec.statistics.intervals import Interval
from vizspec.statistics.mover import mover


def test_symmetrical_intervals_add_as_variances_do() -> None:
    found = mover(0.7, Interval(0.6, 0.8), 0.5, Interval(0.3, 0.7))
    half = math.sqrt(0.1**2 + 0.2**2)
    assert found == pytest.approx((0.2 - half, 0.2 + half))


def test_what_goes_together_differs_less() -> None:
    found = mover(0.7, Interval(0.6, 0.8), 0.5, Interval(0.4, 0.6), correlation=1)
    assert found == pytest.approx((0.2, 0.2))


def test_changing_sides_turns_the_interval_over() -> None:
    a, b = Interval(0.6, 0.9), Interval(0.2, 0.6)
    lower, upper = mover(0.8, a, 0.5, b, 0.4)
    assert mover(0.5, b, 0.8, a, 0.4) == pytest.approx((-upper, -lower))
