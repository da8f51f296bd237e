"""Several comparisons at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.statistics.multiplicity import (
    bonferroni_level,
    holm,
    inseparable_from_best,
    rank_intervals,
)

PAIRS = frozenset


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_adjusts_upwards_keeps_the_order_and_is_no_stricter_than_bonferroni(p: list[float]) -> None:
    adjusted = holm(p)
    assert all(one <= other <= min(1, len(p) * one) for one, other in zip(p, adjusted, strict=True))
    order = sorted(range(len(p)), key=p.__getitem__)
    assert [adjusted[i] for i in order] == sorted(adjusted)


def test_holm_refuses_what_is_no_p_value() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([0.1, 1.2])


def test_each_of_several_simultaneous_intervals_takes_its_share_of_the_error() -> None:
    assert bonferroni_level(0.95, 5) == pytest.approx(0.99)
    with pytest.raises(ValueError, match="at least one interval"):
        bonferroni_level(0.95, 0)


def test_ranks_are_open_between_those_that_cannot_be_told_apart() -> None:
    values = [0.9, 0.88, 0.5]
    separable = {PAIRS({0, 2}), PAIRS({1, 2})}
    assert rank_intervals(values, separable) == ((1, 2), (1, 2), (3, 3))
    assert inseparable_from_best(values, separable) == (0, 1)


def test_one_that_is_above_each_other_is_the_best() -> None:
    values = [0.5, 0.9, 0.6]
    separable = {PAIRS({0, 1}), PAIRS({1, 2})}
    assert inseparable_from_best(values, separable) == (1,)
    assert rank_intervals(values, separable) == ((2, 3), (1, 1), (2, 3))


def test_one_alone_is_the_best_of_itself() -> None:
    assert inseparable_from_best([0.5], set()) == (0,)
    assert rank_intervals([0.5], set()) == ((1, 1),)
