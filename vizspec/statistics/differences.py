"""Differences of evaluations, each with the interval and the p-value that its scores call for.

A difference is always that of the first side less the second. What is right for which scores:

    scores                     on the same samples            on different samples
    0 and 1                    Tango's score interval         Newcombe's hybrid, Agresti and Caffo's when few
    within a range             half-observation interval      Welch's t
    others                     t                              Welch's t
    clustered                  CR2, Bell and McCaffrey's df   the same on each side

A p-value is two-sided and of "no difference"; it is below 1 - level exactly where the interval leaves 0 out.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.bounded import half_observation, half_observation_p
from vizspec.statistics.clusters import cluster_mean
from vizspec.statistics.intervals import around, p_of_inversion, two_sided
from vizspec.statistics.means import ALL_ALIKE, ONE_CLUSTER, ONE_VALUE, few_clusters
from vizspec.statistics.method import Method
from vizspec.statistics.newcombe import agresti_caffo, newcombe_unpaired
from vizspec.statistics.tango import score_mcnemar, tango
from vizspec.statistics.values import UNIT, Range, are_shared, finite, is_binary, matched
from vizspec.statistics.welch import Part, combine, mean_part

if TYPE_CHECKING:
    from vizspec.statistics.values import Floats, Values

FEWEST_CHANGES = 20
"""Student's interval of differences without a range needs so many that are not 0."""
FEW_SAMPLES = 30
"""Shares on different samples have Agresti and Caffo's interval where a side has fewer samples."""

_SIDES = (1.0, -1.0)


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


class Outcomes(NamedTuple):
    """On how many samples the first side is above, level with, and below the second."""

    wins: int
    ties: int
    losses: int


def outcomes(a: Values, b: Values) -> Outcomes:
    """How the samples went, one by one.

    Raises:
        ValueError: the sides are empty, differ in length, or hold what is no finite number.
    """
    first, second = matched(a, b)
    wins, losses = int((first > second).sum()), int((first < second).sum())
    return Outcomes(wins, len(first) - wins - losses, losses)


def paired(
    a: Values,
    b: Values,
    *,
    level: float = 0.95,
    scores: Range = UNIT,
    clusters: Sequence[Hashable] | None = None,
) -> Difference:
    """The difference of two evaluations on the same samples, in the same order (repeats averaged before).

    `scores`: the range of one score; `clusters`: the cluster of each sample.

    Raises:
        ValueError: as `outcomes`, a score lies outside its range, or there is not one cluster a sample.
    """
    first, second = matched(a, b)
    if scores == UNIT and not are_shared(clusters, len(first)) and is_binary(first) and is_binary(second):
        only_a, _, only_b = outcomes(first, second)
        interval = tango(only_a, only_b, len(first), level)
        p = score_mcnemar(only_a, only_b, len(first))
        return Difference((only_a - only_b) / len(first), *interval, p, len(first), Method.TANGO)
    return _mean_of(first - second, _contrast(_SIDES, scores), level, clusters)


def unpaired(
    a: Values,
    b: Values,
    *,
    level: float = 0.95,
    scores: Range = UNIT,
    clusters_a: Sequence[Hashable] | None = None,
    clusters_b: Sequence[Hashable] | None = None,
) -> Difference:
    """The difference of two evaluations on different samples.

    Raises:
        ValueError: a side is empty or holds what is no finite number, or there is not one cluster a sample.
    """
    first, second = finite(a), finite(b)
    shared = [are_shared(clusters_a, len(first)), are_shared(clusters_b, len(second))]
    if scores == UNIT and not any(shared) and is_binary(first) and is_binary(second):
        return _of_shares(first, second, level)
    sides = [_side(first, clusters_a), _side(second, clusters_b)]
    return _combined(sides, _SIDES, _contrast(_SIDES, scores), level)


def of_differences(
    a: Values,
    b: Values,
    c: Values,
    d: Values,
    *,
    level: float = 0.95,
    scores: Range = UNIT,
    clusters: Sequence[Hashable] | None = None,
) -> Difference:
    """By how much a - b is above c - d, all four on the same samples.

    Raises:
        ValueError: as `paired`.
    """
    first, second = matched(a, b)
    third, fourth = matched(c, d)
    matched(first, third)
    weights = (1.0, -1.0, -1.0, 1.0)
    return _mean_of(first - second - third + fourth, _contrast(weights, scores), level, clusters)


def of_differences_unpaired(
    a: Values,
    b: Values,
    c: Values,
    d: Values,
    *,
    level: float = 0.95,
    scores: Range = UNIT,
) -> Difference:
    """By how much a - b, on one set of samples, is above c - d, on another.

    Raises:
        ValueError: a pair's sides differ in length, are empty or hold what is no finite number.
    """
    first, second = matched(a, b)
    third, fourth = matched(c, d)
    sides = [_side(first - second, None), _side(third - fourth, None)]
    return _combined(sides, _SIDES, _contrast((1.0, -1.0, -1.0, 1.0), scores), level)


def trend(
    columns: Sequence[Values],
    places: Sequence[float],
    *,
    level: float = 0.95,
    scores: Range = UNIT,
    clusters: Sequence[Hashable] | None = None,
) -> Difference:
    """The slope of the scores over `places`, one evaluation a place, all on the same samples.

    Each sample's least-squares slope, then their mean: the linear contrast. Its unit is scores per unit of
    `places`.

    Raises:
        ValueError: as `paired`, there is not one place an evaluation, or all places are one.
    """
    import numpy as np

    weights = _slope(places, len(columns))
    arrays = [matched(column, columns[0])[0] for column in columns]
    slopes = np.asarray(weights) @ np.vstack(arrays)
    reach = _contrast(weights, scores)
    if reach.lowest is not None and reach.highest is not None:
        slopes = np.clip(slopes, reach.lowest, reach.highest)  # sums of rounded weights may lie just outside
    return _mean_of(slopes, reach, level, clusters)


def trend_unpaired(
    columns: Sequence[Values],
    places: Sequence[float],
    *,
    level: float = 0.95,
    scores: Range = UNIT,
) -> Difference:
    """The slope of the means over `places`, one evaluation a place, each on samples of its own.

    Raises:
        ValueError: as `trend`, but for lengths.
    """
    weights = _slope(places, len(columns))
    sides = [_side(finite(column), None) for column in columns]
    return _combined(sides, weights, _contrast(weights, scores), level)


class _Side(NamedTuple):
    """One independent part of a difference; no `part` where its variance is not known."""

    n: int
    mean: float
    part: Part | None
    no_verdict: str | None


def _side(values: Floats, clusters: Sequence[Hashable] | None) -> _Side:
    n, value = len(values), float(values.mean())
    if clusters is not None and are_shared(clusters, n):
        if len(set(clusters)) == 1:
            return _Side(n, value, None, ONE_CLUSTER)
        found = cluster_mean(values, clusters)
        return _Side(n, value, Part(value, found.stderr**2, found.degrees), few_clusters(found.clusters))
    if n == 1:
        return _Side(n, value, None, ONE_VALUE)
    return _Side(n, value, mean_part(values), None)


def _combined(sides: Sequence[_Side], weights: Sequence[float], reach: Range, level: float) -> Difference:
    n = sum(side.n for side in sides)
    value = sum(weight * side.mean for weight, side in zip(weights, sides, strict=True))
    reason = next((side.no_verdict for side in sides if side.no_verdict), None)
    parts = [side.part for side in sides if side.part is not None]
    if len(parts) < len(sides):
        return Difference(value, None, None, None, n, Method.NONE, reason)
    _, stderr, degrees = combine(parts, weights)
    return _by_student(value, stderr, degrees, n, reach, level, Method.WELCH, reason)


def _mean_of(
    differences: Floats, reach: Range, level: float, clusters: Sequence[Hashable] | None
) -> Difference:
    """The mean of the differences of single samples, which lie within `reach`."""
    n, value = len(differences), float(differences.mean())
    if clusters is not None and are_shared(clusters, n):
        side = _side(differences, clusters)
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
    if stderr == 0:
        return Difference(value, None, None, None, n, Method.NONE, no_verdict or ALL_ALIKE)
    interval = around(value, stderr, level, degrees).within(*reach).holding(value)
    return Difference(value, *interval, two_sided(value / stderr, degrees), n, method, no_verdict)


def _of_shares(a: Floats, b: Floats, level: float) -> Difference:
    """The difference of two shares on different samples."""
    counts = (float(a.sum()), len(a), float(b.sum()), len(b))
    is_few = min(len(a), len(b)) < FEW_SAMPLES
    interval = agresti_caffo if is_few else newcombe_unpaired
    p = p_of_inversion(lambda at: interval(*counts, at))
    value = float(a.mean() - b.mean())
    method = Method.AGRESTI_CAFFO if is_few else Method.NEWCOMBE_HYBRID
    return Difference(value, *interval(*counts, level), p, len(a) + len(b), method)


def _contrast(weights: Sequence[float], scores: Range) -> Range:
    """The range of a weighted sum of scores."""
    lowest, highest = scores
    if lowest is None or highest is None:
        return Range()
    return Range(
        sum(min(w * lowest, w * highest) for w in weights),
        sum(max(w * lowest, w * highest) for w in weights),
    )


def _slope(places: Sequence[float], count: int) -> tuple[float, ...]:
    """The weights of a least-squares slope."""
    if len(places) != count:
        raise ValueError(f"{count} evaluations have {len(places)} places")
    middle = sum(places) / count
    spread = sum((place - middle) ** 2 for place in places)
    if spread == 0:
        raise ValueError("a trend needs at least two places")
    return tuple((place - middle) / spread for place in places)
