"""Clustered means: clusters of one are no clusters, and equal ones have degrees of freedom one less."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.statistics.clusters import cluster_mean


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_clusters_of_one_give_the_ordinary_standard_error(values: list[float]) -> None:
    n = len(values)
    found = cluster_mean(values, range(n))
    mean = sum(values) / n
    ordinary = math.sqrt(sum((value - mean) ** 2 for value in values) / (n - 1) / n)
    assert found.stderr == pytest.approx(ordinary, abs=1e-12)
    assert found.degrees == pytest.approx(n - 1)


def test_equal_clusters_count_as_so_many_values() -> None:
    found = cluster_mean([1, 1, 0, 0, 1, 0], ["a", "a", "b", "b", "c", "c"])
    assert found.stderr == pytest.approx(math.sqrt((0.5**2 + 0.5**2 + 0) / 2 / 3))
    assert found.degrees == pytest.approx(2)
    assert found.clusters == 3


def test_one_large_cluster_leaves_few_degrees_of_freedom() -> None:
    assert cluster_mean([0, 1] * 25, [0] * 40 + list(range(1, 11))).degrees < 2


def test_one_cluster_has_no_standard_error() -> None:
    with pytest.raises(ValueError, match="at least two clusters"):
        cluster_mean([0, 1], ["a", "a"])


def test_each_value_needs_a_cluster() -> None:
    with pytest.raises(ValueError, match="2 values have 1 clusters"):
        cluster_mean([0, 1], ["a"])
