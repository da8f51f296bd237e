"""Means of values that come in clusters: questions of one text, turns of one dialogue."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.arrays import finite, group_numbers

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Floats, Values

FEWEST_CLUSTERS = 5
"""With fewer clusters nothing is decided by an interval."""


class ClusterMean(NamedTuple):
    """A mean with the standard error that clusters leave it, and the degrees of freedom of that error."""

    mean: float
    stderr: float
    degrees: float
    clusters: int


def cluster_mean(values: Values, clusters: Sequence[Hashable]) -> ClusterMean:
    """The mean of clustered values with its CR2 standard error and Bell and McCaffrey's degrees of freedom.

    R. M. Bell and D. F. McCaffrey, "Bias reduction in standard errors for linear regression with multi-stage
    samples", Survey Methodology 28 (2002) 169, for a mean: each cluster's sum of distances s counts as
    s² / (1 - m / n), m of n values being in it. `clusters`: the cluster of each value.

    Raises:
        ValueError: there are no values, one is no finite number, there is not one cluster a value, or there
            are fewer than two clusters.
    """
    import numpy as np

    array = finite(values)
    numbers = group_numbers(clusters, len(array))
    n, sizes = len(array), np.bincount(numbers).astype(float)
    if len(sizes) < 2:
        raise ValueError("a standard error by clusters needs at least two clusters")
    mean = float(array.mean())
    sums = np.bincount(numbers, array - mean)
    kept = 1 - sizes / n
    variance = float((sums**2 / kept).sum()) / n**2
    return ClusterMean(mean, math.sqrt(variance), _degrees(sizes / n), len(sizes))


def _degrees(w: Floats) -> float:
    """Satterthwaite's degrees of freedom of the variance's quadratic form, values taken as independent.

    The form's matrix is (w_i δ_ij - w_i w_j) / sqrt((1 - w_i) (1 - w_j)) but for a factor, w the clusters'
    shares of the values; its trace is 1, and of its square only sums are needed.
    """
    ratio = w**2 / (1 - w)
    squares = ratio.sum() ** 2 - (ratio**2).sum() + (w**2).sum()
    return float(1 / squares)
