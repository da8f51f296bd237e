"""Areas and their covariance: by the definition, and where there is little to go by."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.statistics.delong import area_interval, delong, logit_interval, newcombe_area

TRUTH = [0, 0, 0, 1, 1, 1]


@given(
    st.lists(st.integers(0, 5), min_size=6, max_size=6), st.lists(st.integers(0, 5), min_size=6, max_size=6)
)
def test_area_and_covariance_are_those_of_the_definition(a: list[int], b: list[int]) -> None:
    found = delong(TRUTH, a, b)
    wins = [np.array([[(p > n) + 0.5 * (p == n) for n in score[:3]] for p in score[3:]]) for score in (a, b)]
    assert found.areas == pytest.approx([win.mean() for win in wins])
    by_positive, by_negative = (np.cov([win.mean(axis=axis) for win in wins]) / 3 for axis in (1, 0))
    assert found.covariance is not None
    assert np.array(found.covariance) == pytest.approx(by_positive + by_negative)


def test_a_score_is_wholly_correlated_with_itself() -> None:
    scores = [1, 3, 2, 2, 4, 5]
    assert delong(TRUTH, scores, scores).correlation(0, 1) == pytest.approx(1)


def test_one_sample_of_a_class_leaves_newcombes_interval() -> None:
    found = delong([0, 0, 0, 1], [1, 2, 4, 3])
    assert found.covariance is None
    assert found.stderr(0) is None
    assert found.correlation(0, 0) == 0
    assert area_interval(found, 0, 0.95) == newcombe_area(2 / 3, 1, 3, 0.95)


def test_perfect_separation_leaves_newcombes_interval() -> None:
    found = delong(TRUTH, [1, 2, 3, 4, 5, 6])
    lower, upper = area_interval(found, 0, 0.95)
    assert 0.4 < lower < 0.8
    assert upper == 1


def test_few_samples_of_a_class_widen_the_interval() -> None:
    few, many = logit_interval(0.8, 0.05, 0.95, degrees=5), logit_interval(0.8, 0.05, 0.95)
    assert few.lower < many.lower < 0.8 < many.upper < few.upper < 1


def test_degrees_of_freedom_are_those_of_the_smaller_class_where_it_alone_varies() -> None:
    truth = [1] * 4 + [0] * 40
    scores = [0.2, 0.4, 0.6, 0.8] + [0.5] * 40
    assert delong(truth, scores).degrees[0] == pytest.approx(3)


def test_one_class_has_no_area() -> None:
    with pytest.raises(ValueError, match="both classes"):
        delong([1, 1], [0.1, 0.2])


def test_a_score_a_sample() -> None:
    with pytest.raises(ValueError, match="2 samples have 3 scores"):
        delong([1, 0], [0.1, 0.2, 0.3])


@pytest.mark.parametrize("area", [0.0, 1.0, math.nan])
def test_the_logit_scale_has_no_ends(area: float) -> None:
    with pytest.raises(ValueError, match="inside 0 and 1"):
        logit_interval(area, 0.1, 0.95)
