"""Values and their groups."""

from __future__ import annotations

import math

import pytest

from vizspec.statistics.arrays import are_shared, finite, group_numbers, is_binary, matched


def test_only_finite_numbers_are_taken() -> None:
    assert finite([1, 0.5]).tolist() == [1, 0.5]
    with pytest.raises(ValueError, match="no finite number"):
        finite([math.inf])
    with pytest.raises(ValueError, match="at least one value"):
        finite([])


def test_sides_of_a_pair_are_of_one_length() -> None:
    with pytest.raises(ValueError, match="2 values cannot be paired with 1"):
        matched([1, 0], [1])


def test_groups_are_numbered_as_they_are_met() -> None:
    assert group_numbers(["b", 1, "b"], 3).tolist() == [0, 1, 0]
    assert are_shared(["b", 1, "b"], 3)
    assert not are_shared([1, 2, 3], 3)
    assert not are_shared(None, 3)


def test_zeros_and_ones_are_binary() -> None:
    assert is_binary(finite([0, 1]))
    assert not is_binary(finite([0, 0.5]))
