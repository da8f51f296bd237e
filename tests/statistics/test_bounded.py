"""The half-observation interval: Jeffreys' for zeros and ones, and the same for any way of summing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from vizspec.statistics.bounded import half_observation, half_observation_p

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=40)
LEVELS = st.floats(0.5, 0.999)


@pytest.mark.parametrize(
    ("ones", "n"), [(1, 2), (3, 10), (18, 20), (98, 100), (1, 5000), (2500, 5000), (4999, 5000)]
)
def test_for_zeros_and_ones_it_is_jeffreys_interval(ones: int, n: int) -> None:
    expected = beta.ppf([0.025, 0.975], ones + 0.5, n - ones + 0.5)
    found = half_observation([1] * ones + [0] * (n - ones), 0.95)
    assert found == pytest.approx(tuple(expected), abs=1e-10, rel=1e-8)


def test_where_all_samples_are_at_an_end_the_interval_ends_there() -> None:
    assert half_observation([0, 0, 0], 0.95).lower == 0
    assert half_observation([1, 1, 1], 0.95).upper == 1
    assert half_observation([-1, -1], 0.95, -1, 1).lower == -1


@settings(max_examples=60, deadline=None)
@given(SCORES, LEVELS)
def test_it_holds_the_mean_and_stays_within_the_range(scores: list[float], level: float) -> None:
    lower, upper = half_observation(scores, level)
    assert 0 <= lower <= np.mean(scores) + 1e-12
    assert np.mean(scores) - 1e-12 <= upper <= 1


@settings(max_examples=40, deadline=None)
@given(SCORES)
def test_turning_the_scores_over_turns_the_interval_over(scores: list[float]) -> None:
    lower, upper = half_observation(scores, 0.95)
    turned = half_observation([1 - score for score in scores], 0.95)
    assert turned == pytest.approx((1 - upper, 1 - lower), abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(SCORES, LEVELS, LEVELS)
def test_a_higher_level_gives_no_shorter_interval(scores: list[float], one: float, other: float) -> None:
    short, long = (half_observation(scores, level) for level in sorted((one, other)))
    assert long.lower <= short.lower + 1e-9
    assert short.upper <= long.upper + 1e-9


@settings(max_examples=40, deadline=None)
@given(SCORES, st.floats(-3, 3), st.floats(0.1, 9))
def test_the_interval_moves_with_the_range(scores: list[float], lowest: float, width: float) -> None:
    moved = [min(lowest + width * score, lowest + width) for score in scores]
    found = half_observation(moved, 0.95, lowest, lowest + width)
    expected = [lowest + width * end for end in half_observation(scores, 0.95)]
    assert found == pytest.approx(tuple(expected), abs=1e-6 * max(1, abs(lowest)))


def test_a_weight_of_two_is_a_value_twice() -> None:
    assert half_observation([0.2, 0.7], 0.95, weights=[2, 1]) == pytest.approx(
        half_observation([0.2, 0.2, 0.7], 0.95)
    )


@pytest.mark.parametrize("spread", [0.3, 0.05, 0.001])
def test_many_different_values_are_summed_as_exactly_as_few(spread: float) -> None:
    chance = np.random.default_rng(3)
    values = np.clip(chance.normal(0.4, spread, 3000), 0, 1)
    rounded = np.round(values, 3)
    assert len(np.unique(rounded)) < len(np.unique(values))
    found, by_few = half_observation(values, 0.95), half_observation(rounded, 0.95)
    assert found == pytest.approx(by_few, abs=2e-4)
    drawn = _drawn(values)
    assert found == pytest.approx(drawn, abs=4 * (drawn[1] - drawn[0]) / math.sqrt(4000))


def _drawn(values: np.ndarray) -> tuple[float, float]:
    """The interval by 4,000 draws."""
    atoms = np.append(values, [0, 1])
    weights = np.append(np.ones(len(values)), [0.5, 0.5])
    gammas = np.random.default_rng(5).gamma(weights, size=(4000, len(atoms)))
    lower, upper = np.quantile(gammas @ atoms / gammas.sum(axis=1), [0.025, 0.975])
    return float(lower), float(upper)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([-1, -1 / 3, 0, 0, 0, 1 / 3, 1]), min_size=1, max_size=60))
def test_0_is_left_out_exactly_where_the_p_value_is_small(differences: list[float]) -> None:
    p = half_observation_p(differences)
    lower, upper = half_observation(differences, 0.95, -1, 1)
    if abs(p - 0.05) > 1e-6:
        assert (p > 0.05) == (lower <= 0 <= upper)


def test_a_difference_of_nothing_has_the_p_value_1() -> None:
    assert half_observation_p([0, 0, 0]) == 1
    assert half_observation_p([0.5, -0.5]) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "at least one value"),
        ([0.5, math.nan], "no finite number"),
        ([0.5, 1.2], "outside its range from 0.0 to 1.0"),
    ],
)
def test_what_is_no_score_is_refused(values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        half_observation(values, 0.95)


def test_a_range_without_width_and_weights_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="from a lower to a higher"):
        half_observation([0.5], 0.95, 1, 1)
    with pytest.raises(ValueError, match="weight above 0"):
        half_observation([0.5, 0.6], 0.95, weights=[1, 0])
