"""The mean of one set of scores, with the interval that its scores call for."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vizspec.statistics.arrays import UNIT, Range, are_shared, finite, is_binary, is_of_rounding
from vizspec.statistics.bounded import half_observation
from vizspec.statistics.clusters import FEWEST_CLUSTERS, cluster_mean
from vizspec.statistics.intervals import Interval, around
from vizspec.statistics.method import Method
from vizspec.statistics.wilson import wilson, wilson_effective

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Floats, Values

ONE_VALUE = "one sample"
ONE_CLUSTER = "all samples are in one cluster"
ALL_ALIKE = "all values are alike"


@dataclass(frozen=True)
class Mean:
    """A mean and its interval; without one `no_verdict` says why.

    `stderr`: None where it is not known. `no_verdict`: why nothing may be decided by the interval, though it
    may be there; None where it may.
    """

    value: float
    lower: float | None
    upper: float | None
    stderr: float | None
    n: int
    method: Method
    no_verdict: str | None = None


def mean(
    values: Values,
    *,
    level: float = 0.95,
    scores: Range = UNIT,
    clusters: Sequence[Hashable] | None = None,
) -> Mean:
    """The mean of the scores of one evaluation, a score a sample (repeats averaged before).

    Scores of 0 and 1: Wilson's interval. Scores within a known range: the half-observation interval. Others:
    Student's. Where samples share a cluster: the CR2 standard error with Bell and McCaffrey's degrees of
    freedom, for scores within 0 and 1 as Wilson's interval with the effective n.

    Raises:
        ValueError: there are no values, one is no finite number or lies outside the range, there is not one
            cluster a value, or `level` is no probability.
    """
    array = finite(values)
    if clusters is not None and are_shared(clusters, len(array)):
        return _clustered(array, clusters, level, scores)
    n, value = len(array), float(array.mean())
    stderr = float(array.std(ddof=1)) / math.sqrt(n) if n > 1 else None
    if scores == UNIT and is_binary(array):
        return Mean(value, *wilson(value, n, level), stderr, n, Method.WILSON)
    if scores.lowest is not None and scores.highest is not None:
        interval = half_observation(array, level, scores.lowest, scores.highest)
        return Mean(value, *interval, stderr, n, Method.HALF_OBSERVATION)
    if stderr is None or is_of_rounding(stderr, value):
        return Mean(value, None, None, stderr, n, Method.NONE, ONE_VALUE if n == 1 else ALL_ALIKE)
    interval = around(value, stderr, level, n - 1).within(*scores).holding(value)
    return Mean(value, *interval, stderr, n, Method.STUDENT)


def few_clusters(count: int) -> str | None:
    """Why so few clusters decide nothing; None where they are enough."""
    return f"only {count} clusters" if count < FEWEST_CLUSTERS else None


def _clustered(values: Floats, clusters: Sequence[Hashable], level: float, scores: Range) -> Mean:
    n, value = len(values), float(values.mean())
    if len(set(clusters)) < 2:
        return Mean(value, None, None, None, n, Method.NONE, ONE_CLUSTER)
    found = cluster_mean(values, clusters)
    verdict = few_clusters(found.clusters)
    interval: Interval
    if scores == UNIT and value in (0, 1):  # nothing tells how alike a cluster's samples are
        interval, method = wilson(value, found.clusters, level), Method.WILSON_EFFECTIVE
    elif is_of_rounding(found.stderr, value):
        return Mean(value, None, None, 0.0, n, Method.NONE, ALL_ALIKE)
    elif scores == UNIT:
        interval = wilson_effective(value, found.stderr, level, found.degrees)
        method = Method.WILSON_EFFECTIVE
    else:
        interval = around(value, found.stderr, level, found.degrees).within(*scores).holding(value)
        method = Method.CLUSTERED
    return Mean(value, *interval, found.stderr, n, method, verdict)
