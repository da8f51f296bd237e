"""The binned calibration error of the example's scorers; the scorers themselves are seen in the logs."""

from __future__ import annotations

import math

import pytest

from vizspec.demo.scorers import binned_error


def test_a_prediction_that_is_always_met_has_no_error() -> None:
    assert binned_error([1.0, 1.0, 0.0], [1, 1, 0]) == 0


def test_the_error_is_the_distance_of_the_means_weighted_by_the_bins_sizes() -> None:
    # (0.7, 0.8]: mean 0.75, seen 0.5; (0.1, 0.2]: mean 0.2, seen 0
    assert binned_error([0.75, 0.75, 0.2, 0.2], [1, 0, 0, 0]) == pytest.approx((0.25 + 0.2) / 2)


def test_a_bin_holds_its_upper_edge_and_the_first_holds_zero() -> None:
    # 0.5 stands with 0.45 in (0.4, 0.5]: 0.95 predicted, 1 seen
    assert binned_error([0.5, 0.45], [1, 0]) == pytest.approx(0.05 / 2)
    # 0 stands with 0.1
    assert binned_error([0.0, 0.1], [0, 0]) == pytest.approx(0.1 / 2)


def test_there_is_no_error_of_nothing() -> None:
    assert math.isnan(binned_error([], []))
