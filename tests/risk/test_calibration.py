"""The interval of a calibration error holds the truth, and is the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizspec.risk.calibration import calibration_error


def draw(n, seed, power=1.0):
    """Predictions p^power of events with chance p: calibrated for 1."""
    chance = np.random.default_rng(seed)
    p = chance.uniform(size=n)
    return (p**power).tolist(), (chance.uniform(size=n) < p).astype(float).tolist()


def test_the_same_samples_have_the_same_interval() -> None:
    assert calibration_error(*draw(50, 1)) == calibration_error(*draw(50, 1))


@settings(max_examples=15)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=2, max_size=40))
def test_the_interval_holds_the_estimate_and_stays_between_0_and_1(pairs) -> None:
    found = calibration_error([p for p, _ in pairs], [a for _, a in pairs])
    if found.lower is None:
        assert found.upper is None
        assert found.reason
    else:
        assert 0 <= found.lower <= found.value <= found.upper <= 1
        assert found.lower < found.upper


def test_calibrated_predictions_have_an_interval_from_zero() -> None:
    from_zero = sum(calibration_error(*draw(150, seed)).lower == 0 for seed in range(15))
    assert from_zero >= 13


def test_the_interval_of_bad_predictions_holds_the_true_error() -> None:
    # the mean distance of p and p³ is 1/4; each bin is on one side of the diagonal
    held = [calibration_error(*draw(200, seed, power=3)) for seed in range(20)]
    assert sum(one.lower <= 0.25 <= one.upper for one in held) >= 16
    assert min(one.lower for one in held) > 0.1


def test_the_standard_error_is_that_of_other_samples() -> None:
    values = [calibration_error(*draw(200, seed, power=3)).value for seed in range(20)]
    assert calibration_error(*draw(200, 99, power=3)).stderr == pytest.approx(np.std(values), rel=0.5)


def test_more_samples_have_a_narrower_interval() -> None:
    few, many = (calibration_error(*draw(n, 1, power=3)) for n in (100, 3000))
    assert many.upper - many.lower < (few.upper - few.lower) / 3


@pytest.mark.parametrize(
    ("predicted", "actual", "told"),
    [
        ([0.5] * 20, [0.0] * 20, (0.5, None, None, None, "all values are alike: no interval")),
        ([0.3] * 2, [0.0] * 2, (0.3, None, None, None, "all values are alike: no interval")),
        ([0.0, 1.0] * 10, [0.0, 1.0] * 10, (0.0, None, None, None, "all values are alike: no interval")),
    ],
)
def test_errors_that_are_all_alike_have_no_interval(predicted, actual, told) -> None:
    assert calibration_error(predicted, actual) == told


def test_an_interval_without_width_is_none() -> None:
    # predicted and observed agree to the last digit: turned over, all resampled errors lie below 0
    found = calibration_error([0.5] * 20, [0.0, 1.0] * 10)
    assert (found.value, found.lower, found.upper) == (0.0, None, None)
    assert found.reason == "the bootstrap interval has no width: no interval"
    assert found.stderr > 0


def test_one_prediction_has_no_interval() -> None:
    with pytest.raises(ValueError, match="two predictions"):
        calibration_error([0.5], [1])
