"""Reliability by isotonic regression."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.statistics.corp import consistency_band, corp

SAMPLES = st.lists(
    st.tuples(st.sampled_from([0.1, 0.2, 0.35, 0.5, 0.8, 0.9]), st.integers(0, 1)), min_size=1, max_size=40
)


@given(SAMPLES)
def test_the_curve_rises_and_the_parts_make_the_brier_score(samples: list[tuple[float, int]]) -> None:
    predicted, actual = zip(*samples, strict=True)
    found = corp(predicted, actual)
    assert list(found.predicted) == sorted(set(predicted))
    assert all(a <= b + 1e-12 for a, b in zip(found.recalibrated, found.recalibrated[1:], strict=False))
    assert sum(found.counts) == len(samples)
    brier = np.mean([(p - y) ** 2 for p, y in samples])
    assert found.miscalibration - found.discrimination + found.uncertainty == pytest.approx(brier)
    assert found.miscalibration >= -1e-12
    assert found.discrimination >= -1e-12


def test_equal_predictions_are_one_place() -> None:
    found = corp([0.3, 0.3, 0.3, 0.3], [0, 0, 0, 1])
    assert (found.predicted, found.recalibrated, found.counts) == ((0.3,), (0.25,), (4,))


def test_the_band_of_calibrated_predictions_holds_the_diagonal_and_narrows_with_samples() -> None:
    grid = [0.2, 0.5, 0.8]
    few, many = (consistency_band(np.linspace(0.05, 0.95, 19).tolist() * times, grid) for times in (2, 50))
    assert all(
        lower <= place <= upper for lower, place, upper in zip(many.lower, grid, many.upper, strict=True)
    )
    assert all(many.upper[i] - many.lower[i] < few.upper[i] - few.lower[i] for i in range(len(grid)))
    assert consistency_band([0.2, 0.8], grid) == consistency_band([0.2, 0.8], grid)


def test_a_prediction_is_a_probability() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        consistency_band([0.5, 1.5], [0.5])
