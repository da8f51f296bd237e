"""Sums of independent means against scipy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from vizspec.statistics.welch import VariancePart, combine, mean_part

VALUES = st.lists(st.integers(0, 50), min_size=2, max_size=20).filter(lambda values: len(set(values)) > 1)


@given(VALUES, VALUES)
def test_a_difference_of_means_is_welchs(a: list[float], b: list[float]) -> None:
    expected = ttest_ind(a, b, equal_var=False)
    found = combine([mean_part(a), mean_part(b)], (1, -1))
    assert found.value / found.stderr == pytest.approx(expected.statistic)
    assert found.degrees == pytest.approx(expected.df)


def test_parts_without_variance_keep_the_fewest_degrees() -> None:
    assert combine([VariancePart(1, 0, 9), VariancePart(2, 0, 4)], (1, -1)) == (-1, 0, 4)


def test_one_value_has_no_variance() -> None:
    with pytest.raises(ValueError, match="at least two values"):
        mean_part([1])
