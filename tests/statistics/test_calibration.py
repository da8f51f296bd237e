"""The interval of a binned error: what noise alone shows, and what it cannot."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizspec.statistics.calibration import binned_error_interval

PREDICTED = [0.1, 0.3, 0.5, 0.7, 0.9] * 8
BINS = [0, 2, 4, 6, 8] * 8


def _drawn(shift: float, n: int, seed: int = 1) -> tuple[list[float], list[int], list[int]]:
    chance = np.random.default_rng(seed)
    predicted = chance.uniform(0.3, 0.9, n)
    actual = (chance.random(n) < predicted - shift).astype(int)
    return predicted.tolist(), actual.tolist(), (predicted * 10).astype(int).tolist()


def test_calibrated_predictions_have_an_interval_from_0() -> None:
    found = binned_error_interval(*_drawn(0.0, 500), 0.95)
    assert found.lower == 0
    assert found.is_noise
    assert found.value <= found.noise_limit
    assert found.noise < found.noise_limit


def test_noise_is_less_with_more_samples() -> None:
    few, many = (binned_error_interval(*_drawn(0.0, n), 0.95) for n in (40, 500))
    assert 0.1 < few.noise < 0.2
    assert 0.03 < many.noise < 0.06


def test_predictions_that_are_too_high_have_an_interval_above_0() -> None:
    found = binned_error_interval(*_drawn(0.25, 500), 0.95)
    assert not found.is_noise
    assert 0 < found.lower < 0.25 < found.upper
    assert found.lower < found.unbiased < found.value + found.stderr


def test_noise_is_taken_off_the_error() -> None:
    unbiased, values = [], []
    for seed in range(40):
        found = binned_error_interval(*_drawn(0.1, 100, seed), 0.95)
        unbiased.append(found.unbiased)
        values.append(found.value)
    assert np.median(values) > 0.12
    assert abs(np.median(unbiased) - 0.1) < 0.02


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 1), min_size=40, max_size=40), st.floats(0.6, 0.99), st.floats(0.6, 0.99))
def test_the_interval_holds_the_error_and_grows_with_the_level(
    actual: list[int], one: float, other: float
) -> None:
    short, long = (binned_error_interval(PREDICTED, actual, BINS, level) for level in sorted((one, other)))
    assert 0 <= short.lower <= short.value <= short.upper <= 1
    assert long.lower <= short.lower + 1e-3
    assert short.upper <= long.upper + 1e-3


def test_the_same_samples_have_the_same_interval() -> None:
    drawn = _drawn(0.1, 60)
    assert binned_error_interval(*drawn, 0.95) == binned_error_interval(*drawn, 0.95)


def test_means_over_repeats_vary_less_than_single_outcomes() -> None:
    chance = np.random.default_rng(2)
    predicted = np.full(200, 0.55)
    single = (chance.random(200) < 0.55).astype(float)
    repeated = chance.binomial(10, 0.55, 200) / 10
    once, often = (binned_error_interval(predicted, y, [5] * 200, 0.95) for y in (single, repeated))
    assert often.noise_limit < once.noise_limit / 2


def test_no_error_at_all_ends_where_noise_does() -> None:
    found = binned_error_interval([0.5, 0.5], [0, 1], [4, 4], 0.95)
    assert (found.value, found.lower, found.unbiased) == (0, 0, 0)
    assert found.is_noise


def test_a_level_is_a_probability() -> None:
    with pytest.raises(ValueError, match="confidence level"):
        binned_error_interval([0.5], [1], [4], 1.0)
