"""The slope of scores over an ordered variable."""

from __future__ import annotations

import numpy as np
import pytest

from tests.statistics.make import is_consistent
from vizspec.statistics.trends import trend, trend_unpaired


def test_a_trend_is_the_slope_over_the_places() -> None:
    columns = [[0, 0, 1, 0], [0, 1, 1, 0], [1, 1, 1, 0]]
    found = trend(columns, [1, 2, 4])
    assert found.value == pytest.approx(np.polyfit([1, 2, 4], [0.25, 0.5, 0.75], 1)[0])
    assert is_consistent(found)
    assert trend_unpaired(columns, [1, 2, 4]).value == pytest.approx(found.value)
    assert trend(columns[::-1], [1, 2, 4]).value < 0
    for scored in (trend, trend_unpaired):
        with pytest.raises(ValueError, match="at least two places"):
            scored(columns, [1, 1, 1])
        with pytest.raises(ValueError, match="3 evaluations have 2 places"):
            scored(columns, [1, 2])


def test_a_trend_that_cannot_be_steeper_ends_where_the_range_does() -> None:
    found = trend([[0] * 9, [1] * 9], [0, 1])
    assert (found.value, found.upper) == (1, 1)
