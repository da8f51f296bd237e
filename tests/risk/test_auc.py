"""The area under the curve and its interval, against other ways to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata
from sklearn.metrics import roc_auc_score

from vizspec.risk.auc import Auc, auc
from vizspec.statistics.method import Method


def draw(n: int, seed: int, strength: float = 1.0) -> tuple[list[int], list[float]]:
    """A sample in which positives score higher, normal in both classes."""
    chance = np.random.default_rng(seed)
    y_true = (chance.uniform(size=n) < 0.4).astype(int)
    return y_true.tolist(), (chance.normal(size=n) + strength * y_true).tolist()


def ends(found: Auc) -> tuple[float, float]:
    assert found.lower is not None
    assert found.upper is not None
    return found.lower, found.upper


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 10)), min_size=2).filter(
        lambda pairs: len({y for y, _ in pairs}) == 2
    )
)
def test_the_area_is_that_of_scikit_learn_and_lies_in_its_interval(pairs: list[tuple[int, int]]) -> None:
    y_true, y_score = [y for y, _ in pairs], [p / 10 for _, p in pairs]
    found = auc(y_true, y_score)
    assert found.area == pytest.approx(roc_auc_score(y_true, y_score))
    if found.method is not Method.NONE:
        lower, upper = ends(found)
        assert 0 <= lower <= found.area + 1e-9
        assert found.area - 1e-9 <= upper <= 1


def test_the_standard_error_is_delong_s_by_its_definition() -> None:
    y_true, y_score = draw(40, seed=1)
    y_score = [round(score, 1) for score in y_score]  # with ties
    ones = [score for y, score in zip(y_true, y_score, strict=True) if y]
    zeros = [score for y, score in zip(y_true, y_score, strict=True) if not y]
    wins = np.array([[(one > zero) + 0.5 * (one == zero) for zero in zeros] for one in ones])
    variance = wins.mean(axis=1).var(ddof=1) / len(ones) + wins.mean(axis=0).var(ddof=1) / len(zeros)
    assert auc(y_true, y_score).stderr == pytest.approx(variance**0.5)


def test_the_interval_is_close_to_a_bootstrap_one() -> None:
    sample = draw(400, seed=2)
    y_true, y_score = map(np.array, sample)
    found = auc(*sample)
    chance = np.random.default_rng(3)
    picks = chance.integers(0, 400, size=(1000, 400))
    ones = y_true[picks].sum(axis=1)
    ranks = (rankdata(y_score[picks], axis=1) * y_true[picks]).sum(axis=1)
    areas = (ranks - ones * (ones + 1) / 2) / (ones * (400 - ones))
    lower, upper = np.quantile(areas, [0.025, 0.975])
    assert found.method is Method.DELONG
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.01)
    assert found.stderr == pytest.approx(np.std(areas), rel=0.1)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    truth = 0.7602499  # the normal's share below 1/√2
    held = 0
    for seed in range(200):
        found = auc(*draw(60, seed))
        lower, upper = ends(found)
        held += lower <= truth <= upper
    assert 0.91 <= held / 200 <= 0.985


def test_perfect_classes_have_newcombe_s_interval() -> None:
    found = auc([0] * 20 + [1] * 20, list(range(40)))
    assert (found.area, found.upper, found.method) == (1, 1, Method.NEWCOMBE)
    assert found.stderr is None
    assert 0.85 < ends(found)[0] < 0.95


def test_more_samples_bring_the_interval_of_perfect_classes_nearer_to_one() -> None:
    lower = [ends(auc([0] * n + [1] * n, list(range(2 * n))))[0] for n in (2, 10, 50, 250)]
    assert lower == sorted(lower)
    assert lower[-1] > 0.98


def test_classes_the_wrong_way_round_have_the_mirrored_interval() -> None:
    right, wrong = auc([0] * 5 + [1] * 5, list(range(10))), auc([1] * 5 + [0] * 5, list(range(10)))
    assert (wrong.area, wrong.lower) == (0, 0)
    assert wrong.upper == pytest.approx(1 - ends(right)[0])


def test_one_sample_of_a_class_has_an_interval_and_no_standard_error() -> None:
    found = auc([1, 0, 0, 0], [0.5, 0.4, 0.6, 0.2])
    assert found.method == Method.NEWCOMBE
    assert found.stderr is None
    lower, upper = ends(found)
    assert lower < found.area < upper


def test_constant_predictions_have_half_the_area_and_no_interval() -> None:
    found = auc([0, 1, 1], [0.3, 0.3, 0.3])
    assert found == (0.5, None, None, None, Method.NONE, "every prediction is the same: no interval")


def test_few_samples_of_a_class_are_told() -> None:
    assert auc(*draw(60, 1)).note == "fewer than 50 samples in a class: the interval is rough"
    assert auc(*draw(400, 1)).note is None


def test_one_class_has_no_area() -> None:
    with pytest.raises(ValueError, match="both classes"):
        auc([1, 1], [0.1, 0.2])
