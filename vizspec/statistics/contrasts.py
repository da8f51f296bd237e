"""Weighted sums of means with their intervals and p-values: what differences and slopes are made of."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.arrays import Range, are_shared, is_of_rounding
from vizspec.statistics.bounded import half_observation, half_observation_p
from vizspec.statistics.clusters import cluster_mean
from vizspec.statistics.intervals import around, two_sided
from vizspec.statistics.means import ALL_ALIKE, ONE_CLUSTER, ONE_VALUE, few_clusters
from vizspec.statistics.method import Method
from vizspec.statistics.welch import VariancePart, combine, mean_part

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Floats

FEWEST_CHANGES = 20
"""Student's interval of differences without a range needs so many that are not 0."""


@dataclass(frozen=True)
class Difference:
    """A difference, its interval and p-value; without an interval `no_verdict` says why.

    `n`: the samples compared (of different samples: of both sides). `no_verdict`: why nothing may be decided
    by the interval, though it may be there; None where it may.
    """

    value: float
    lower: float | None
    upper: float | None
    p: float | None
    n: int
    method: Method
    no_verdict: str | None = None


class SideMean(NamedTuple):
    """One independent part of a difference; no `part` where its variance is not known."""

    n: int
    mean: float
    part: VariancePart | None
    no_verdict: str | None


def side_of(values: Floats, clusters: Sequence[Hashable] | None) -> SideMean:
    """One evaluation's mean as a part: by CR2 where samples share clusters, else by its standard error."""
    n, value = len(values), float(values.mean())
    if clusters is not None and are_shared(clusters, n):
        if len(set(clusters)) == 1:
            return SideMean(n, value, None, ONE_CLUSTER)
        found = cluster_mean(values, clusters)
        return SideMean(
            n, value, VariancePart(value, found.stderr**2, found.degrees), few_clusters(found.clusters)
        )
    if n == 1:
        return SideMean(n, value, None, ONE_VALUE)
    return SideMean(n, value, mean_part(values), None)


def combined(sides: Sequence[SideMean], weights: Sequence[float], reach: Range, level: float) -> Difference:
    """The weighted sum of independent sides, by Welch's degrees of freedom, cut at `reach`."""
    n = sum(side.n for side in sides)
    value = sum(weight * side.mean for weight, side in zip(weights, sides, strict=True))
    reason = next((side.no_verdict for side in sides if side.no_verdict), None)
    parts = [side.part for side in sides if side.part is not None]
    if len(parts) < len(sides):
        return Difference(value, None, None, None, n, Method.NONE, reason)
    _, stderr, degrees = combine(parts, weights)
    return _by_student(value, stderr, degrees, n, reach, level, Method.WELCH, reason)


def mean_difference(
    differences: Floats, reach: Range, level: float, clusters: Sequence[Hashable] | None
) -> Difference:
    """The mean of the differences of single samples, which lie within `reach`."""
    n, value = len(differences), float(differences.mean())
    if clusters is not None and are_shared(clusters, n):
        side = side_of(differences, clusters)
        if side.part is None:
            return Difference(value, None, None, None, n, Method.NONE, side.no_verdict)
        _, variance, degrees = side.part
        stderr = math.sqrt(variance)
        return _by_student(value, stderr, degrees, n, reach, level, Method.CLUSTERED, side.no_verdict)
    if reach.lowest is not None and reach.highest is not None:
        interval = half_observation(differences, level, reach.lowest, reach.highest)
        p = half_observation_p(differences, 0.0, reach.lowest, reach.highest)
        return Difference(value, *interval, p, n, Method.HALF_OBSERVATION)
    if n == 1:
        return Difference(value, None, None, None, n, Method.NONE, ONE_VALUE)
    changes = int((differences != 0).sum())
    few = f"only {changes} of {n} differences are not 0" if changes < FEWEST_CHANGES else None
    stderr = float(differences.std(ddof=1)) / math.sqrt(n)
    return _by_student(value, stderr, n - 1, n, reach, level, Method.STUDENT, few)


def _by_student(
    value: float,
    stderr: float,
    degrees: float,
    n: int,
    reach: Range,
    level: float,
    method: Method,
    no_verdict: str | None,
) -> Difference:
    if is_of_rounding(stderr, value):
        return Difference(value, None, None, None, n, Method.NONE, no_verdict or ALL_ALIKE)
    interval = around(value, stderr, level, degrees).within(*reach).holding(value)
    return Difference(value, *interval, two_sided(value / stderr, degrees), n, method, no_verdict)


def contrast_range(weights: Sequence[float], scores: Range) -> Range:
    """The range of a weighted sum of scores."""
    lowest, highest = scores
    if lowest is None or highest is None:
        return Range()
    return Range(
        sum(min(w * lowest, w * highest) for w in weights),
        sum(max(w * lowest, w * highest) for w in weights),
    )
