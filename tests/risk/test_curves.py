"""The points of the figures, by numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_curve

from vizspec.risk.bins import Strategy
from vizspec.risk.curves import calibration_points, corp_points, histogram, roc_points

predictions = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 100)), min_size=2).map(
    lambda pairs: ([y for y, _ in pairs], [p / 100 for _, p in pairs])
)


def test_the_roc_curve_of_a_hand_made_case() -> None:
    curve = roc_points([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    assert curve.false_positive_rate == (0, 0, 0.5, 0.5, 1)
    assert curve.true_positive_rate == (0, 0.5, 0.5, 1, 1)


def test_constant_predictions_are_the_diagonal() -> None:
    curve = roc_points([0, 1, 1], [0.5, 0.5, 0.5])
    assert (curve.false_positive_rate, curve.true_positive_rate) == ((0, 1), (0, 1))


def test_a_roc_curve_of_one_class_is_refused() -> None:
    with pytest.raises(ValueError, match="both classes"):
        roc_points([1, 1], [0.2, 0.3])


@settings(max_examples=50)
@given(predictions)
def test_a_roc_curve_rises_from_corner_to_corner(data: tuple[list[int], list[float]]) -> None:
    y_true, y_score = data
    if len(set(y_true)) == 2:
        curve = roc_points(y_true, y_score)
        for rates in (curve.false_positive_rate, curve.true_positive_rate):
            assert (rates[0], rates[-1]) == (0, 1)
            assert (np.diff(rates) >= 0).all()


@settings(max_examples=50)
@given(predictions)
def test_a_roc_curve_is_that_of_scikit_learn(data: tuple[list[int], list[float]]) -> None:
    y_true, y_score = data
    if len(set(y_true)) == 2:
        curve = roc_points(y_true, y_score)
        false_positive, true_positive, _ = roc_curve(y_true, y_score)
        assert curve.false_positive_rate == tuple(false_positive)
        assert curve.true_positive_rate == tuple(true_positive)


def test_a_calibration_curve_tells_each_bin_that_holds_samples() -> None:
    curve = calibration_points([0, 1, 1, 1], [0.12, 0.18, 0.95, 0.91], bins=10)
    assert [(one.lower, one.upper, one.count) for one in curve.bins] == [(0.1, 0.2, 2), (0.9, 1.0, 2)]
    assert [one.observed for one in curve.bins] == [0.5, 1.0]
    assert [one.mean_predicted for one in curve.bins] == pytest.approx([0.15, 0.93])
    assert curve.counts == (0, 2, 0, 0, 0, 0, 0, 0, 0, 2)
    assert curve.n == 4


def test_a_bin_has_wilson_s_interval() -> None:
    [one] = calibration_points([1] * 8 + [0] * 2, [0.85] * 10).bins
    # Newcombe 1998, Statistics in Medicine 17:857, by the closed form
    z, n, share = 1.959964, 10, 0.8
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * (share * (1 - share) / n + z**2 / (4 * n**2)) ** 0.5
    assert (one.band_lower, one.band_upper) == pytest.approx((centre - half, centre + half), abs=1e-6)


def test_a_wider_level_has_wider_bands() -> None:
    narrow, wide = (calibration_points([0, 1, 1], [0.5] * 3, level=level).bins[0] for level in (0.5, 0.99))
    assert wide.band_lower < narrow.band_lower < narrow.observed < narrow.band_upper < wide.band_upper


@settings(max_examples=50)
@given(predictions, st.integers(1, 20), st.sampled_from(["uniform", "quantile"]))
def test_no_sample_is_lost_and_bands_hold_what_was_observed(
    data: tuple[list[int], list[float]], bins: int, strategy: Strategy
) -> None:
    y_true, y_score = data
    curve = calibration_points(y_true, y_score, bins, strategy)
    assert sum(curve.counts) == sum(one.count for one in curve.bins) == len(y_true)
    assert sum(one.observed * one.count for one in curve.bins) == pytest.approx(sum(y_true))
    for one in curve.bins:
        assert 0 <= one.band_lower <= one.observed + 1e-12
        assert one.observed - 1e-12 <= one.band_upper <= 1
        assert one.lower <= one.mean_predicted + 1e-12
        assert one.mean_predicted <= one.upper + 1e-12


def test_isotonic_regression_gives_each_prediction_the_share_it_should_have_been() -> None:
    curve = corp_points([0, 1, 0, 1], [0.1, 0.4, 0.6, 0.9])
    assert curve.predicted == (0.1, 0.4, 0.6, 0.9)
    assert curve.recalibrated == (0.0, 0.5, 0.5, 1.0)
    assert (curve.grid[0], curve.grid[-1]) == (0.1, 0.9)
    assert len(curve.grid) == len(curve.band_lower) == len(curve.band_upper)
    assert (sum(curve.counts), curve.n) == (4, 4)
    with pytest.raises(ValueError, match="at least one sample"):
        corp_points([], [])


def test_a_histogram_counts_each_class_by_itself() -> None:
    found = histogram([0, 0, 1, 1, 1], [0.0, 0.5, 0.5, 0.51, 1.0], bins=2)
    assert (found.edges, found.negative, found.positive) == ((0, 0.5, 1), (2, 0), (1, 2))
    assert found.base_rate == 0.6


@pytest.mark.parametrize("make", [calibration_points, histogram])
def test_nothing_is_made_of_no_samples_or_no_bins(make: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="at least one sample"):
        make([], [])
    with pytest.raises(ValueError, match="at least one bin"):
        make([1], [0.5], 0)
