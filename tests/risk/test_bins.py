"""Bins follow the scorers' own convention to the last digit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizspec.risk.bins import bin_numbers, binned_error, upper_edges


def published_error(predicted: Sequence[float], actual: Sequence[float], bins: int = 10) -> float:
    """The scorers' loop over bins, as a check of ours."""
    width, error = 1 / bins, 0.0
    for number in range(bins):
        low = number * width
        pairs = zip(predicted, actual, strict=True)
        inside = [(p, a) for p, a in pairs if low < p <= low + width or (number == 0 == p)]
        if inside:
            means = [sum(column) / len(inside) for column in zip(*inside, strict=True)]
            error += len(inside) / len(predicted) * abs(means[0] - means[1])
    return error


def test_a_bin_holds_its_upper_edge_and_the_first_holds_zero() -> None:
    numbers = bin_numbers([0.0, 0.05, 0.1, 0.11, 0.3, 0.9, 0.91, 1.0], upper_edges([], 10))
    assert numbers.tolist() == [0, 0, 0, 1, 2, 8, 9, 9]


def test_sums_of_tenths_fall_where_the_scorers_put_them() -> None:
    noisy = [0.1 + 0.2, 0.7, 0.1 * 3, 0.8, 1 - 0.7, 0.6, 0.5 + 0.1]
    numbers = bin_numbers(noisy, upper_edges(noisy))
    lows = [number * 0.1 for number in range(10)]
    expected = [next(i for i, low in enumerate(lows) if low < p <= low + 0.1) for p in noisy]
    assert numbers.tolist() == expected


@settings(max_examples=50)
@given(st.lists(st.floats(0, 1), min_size=1), st.integers(1, 40))
def test_every_probability_is_in_a_bin_whatever_their_number(y_score: list[float], bins: int) -> None:
    for strategy in ("uniform", "quantile"):
        edges = upper_edges(y_score, bins, strategy)
        numbers = bin_numbers(y_score, edges)
        assert edges[-1] == 1
        assert (np.diff(edges) > 0).all()
        assert ((numbers >= 0) & (numbers < len(edges))).all()
        assert all(p <= edges[number] for p, number in zip(y_score, numbers, strict=True))


def test_quantile_bins_hold_about_equal_counts() -> None:
    y_score = [number / 1000 for number in range(1000)]
    counts = np.bincount(bin_numbers(y_score, upper_edges(y_score, 5, "quantile")))
    assert counts.max() - counts.min() <= 1


def test_repeated_values_make_fewer_quantile_bins() -> None:
    assert upper_edges([0.5] * 9 + [0.7], 5, "quantile").tolist() == [0.5, 1.0]


def test_the_error_of_a_hand_made_case() -> None:
    # (0.2, 0.3]: 0.3 predicted against 1 of 2; (0.8, 0.9]: 0.9 against 1 of 1
    assert binned_error([0.3, 0.3, 0.9], [1, 0, 1]) == pytest.approx((2 * 0.2 + 1 * 0.1) / 3)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1)), min_size=1))
def test_the_error_is_that_of_the_scorers(pairs: list[tuple[int, int]]) -> None:
    predicted, actual = [p / 1000 for p, _ in pairs], [a for _, a in pairs]
    assert binned_error(predicted, actual) == pytest.approx(published_error(predicted, actual), abs=1e-12)


def test_no_bins_and_no_predictions_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one bin, not 0"):
        upper_edges([0.5], 0)
    with pytest.raises(ValueError, match="at least one prediction"):
        binned_error([], [])
