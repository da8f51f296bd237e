"""A line through points by least squares."""

from __future__ import annotations

import pytest

from vizspec.statistics.regression import fitted_line


def test_the_line_is_that_of_least_squares() -> None:
    line = fitted_line([0, 1, 2, 3], [1, 3, 2, 5])
    assert line is not None
    assert (line.slope, line.intercept) == (pytest.approx(1.1), pytest.approx(1.1))
    assert line.at(2) == pytest.approx(3.3)


def test_the_band_is_narrowest_at_the_mean() -> None:
    line = fitted_line([0, 1, 2, 3], [1, 3, 2, 5])
    assert line is not None
    # t(0.975, 2) = 4.30265, sqrt(8.75 / 2) = 2.09165, sqrt(1 / 4) = 0.5
    assert line.half_width(1.5, 0.95) == pytest.approx(4.30265 * 2.09165 * 0.5, rel=1e-5)
    assert line.half_width(0, 0.95) == pytest.approx(4.30265 * 2.09165 * (0.25 + 2.25 / 5) ** 0.5, rel=1e-5)


def test_two_points_have_a_line_and_no_band_and_one_place_has_no_line() -> None:
    line = fitted_line([0, 1], [0, 1])
    assert line is not None
    assert line.half_width(0, 0.95) is None
    assert fitted_line([2, 2], [0, 1]) is None
    assert fitted_line([], []) is None
