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

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.arrays import UNIT, Range, are_shared, finite, gains, is_binary, matched
from vizspec.statistics.intervals import p_of_inversion
from vizspec.statistics.method import Method
from vizspec.statistics.newcombe import agresti_caffo, newcombe_unpaired
from vizspec.statistics.tango import score_mcnemar, tango

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Floats, Values


from vizspec.statistics.contrasts import Difference, combined, contrast_range, mean_difference, side_of

FEW_SAMPLES = 30
"""Shares on different samples have Agresti and Caffo's interval where a side has fewer samples."""

_SIDES = (1.0, -1.0)


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
    gained = gains(first, second)
    wins, losses = int((gained > 0).sum()), int((gained < 0).sum())
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
    return mean_difference(gains(first, second), contrast_range(_SIDES, scores), level, clusters)


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
    sides = [side_of(first, clusters_a), side_of(second, clusters_b)]
    return combined(sides, _SIDES, contrast_range(_SIDES, scores), level)


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
    return mean_difference(
        gains(first + fourth, second + third), contrast_range(weights, scores), level, clusters
    )


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
    sides = [side_of(first - second, None), side_of(third - fourth, None)]
    return combined(sides, _SIDES, contrast_range((1.0, -1.0, -1.0, 1.0), scores), level)


def _of_shares(a: Floats, b: Floats, level: float) -> Difference:
    """The difference of two shares on different samples."""
    counts = (float(a.sum()), len(a), float(b.sum()), len(b))
    is_few = min(len(a), len(b)) < FEW_SAMPLES
    interval = agresti_caffo if is_few else newcombe_unpaired
    p = p_of_inversion(lambda at: interval(*counts, at))
    value = float(a.mean() - b.mean())
    method = Method.AGRESTI_CAFFO if is_few else Method.NEWCOMBE_HYBRID
    return Difference(value, *interval(*counts, level), p, len(a) + len(b), method)
