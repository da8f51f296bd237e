"""Differences of areas under ROC curves."""

from __future__ import annotations

import numpy as np

from tests.statistics.make import is_consistent
from vizspec.statistics.areas import paired_auc, unpaired_auc
from vizspec.statistics.method import Method


def test_areas_on_the_same_samples_are_compared_with_their_covariance() -> None:
    chance = np.random.default_rng(4)
    truth = [0, 1] * 40
    a = chance.normal(truth, 1.0)
    b = a + chance.normal(0, 0.3, 80)
    together, apart = paired_auc(truth, a, b), unpaired_auc(truth, a, truth, b)
    assert together.method is Method.MOVER
    assert is_consistent(together)
    assert is_consistent(apart)
    assert together.upper is not None
    assert apart.upper is not None
    assert together.upper < apart.upper
    assert together.no_verdict is None
    assert paired_auc(truth, a, a).p == 1


def test_areas_with_few_of_a_class_decide_nothing() -> None:
    found = paired_auc([1] * 9 + [0] * 30, list(range(39)), list(range(39, 0, -1)))
    assert found.no_verdict == "a class has only 9 samples"
