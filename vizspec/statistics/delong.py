"""Areas under ROC curves: their covariance on the same samples, and their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.arrays import finite
from vizspec.statistics.intervals import Interval, quantile

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

    from vizspec.statistics.arrays import Floats, Values

FEWEST_OF_A_CLASS = 10
"""With fewer samples of a class nothing is decided by the interval of an area."""


class DeLong(NamedTuple):
    """Areas under the ROC curves of several scores of the same samples.

    `covariance[i][j]`: of the areas i and j; None where a class has one sample. `degrees[i]`: of freedom, of
    the variance of area i. `positives`, `negatives`: samples of either class.
    """

    areas: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...] | None
    degrees: tuple[float, ...]
    positives: int
    negatives: int

    def stderr(self, number: int) -> float | None:
        """The standard error of one area; None where it is not known."""
        return None if self.covariance is None else math.sqrt(max(0.0, self.covariance[number][number]))

    def correlation(self, one: int, other: int) -> float:
        """The correlation of two areas; 0 where it is not known."""
        if self.covariance is None:
            return 0.0
        product = self.covariance[one][one] * self.covariance[other][other]
        return self.covariance[one][other] / math.sqrt(product) if product > 0 else 0.0


def delong(y_true: Sequence[int], *scores: Values) -> DeLong:
    """The areas of one or more scores of the same samples, and their covariance.

    E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Biometrics 44 (1988) 837, by midranks (X. Sun and
    W. Xu, IEEE Signal Processing Letters 21 (2014) 1389). An area's variance is a sum over both classes, so
    that its degrees of freedom follow as Satterthwaite's.

    Raises:
        ValueError: the samples are of one class, or a score is no finite number.
    """
    import numpy as np

    truth = np.asarray(y_true) == 1
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if positives == 0 or negatives == 0:
        raise ValueError("the area under a ROC curve needs samples of both classes")
    both = [_placements(finite(score), truth) for score in scores]
    of_positives, of_negatives = np.array([p for p, _ in both]), np.array([n for _, n in both])
    areas = tuple(float(area) for area in of_positives.mean(axis=1))
    if positives < 2 or negatives < 2:
        return DeLong(areas, None, (), positives, negatives)
    first = np.cov(of_positives).reshape(len(scores), -1) / positives
    second = np.cov(of_negatives).reshape(len(scores), -1) / negatives
    degrees = tuple(
        _satterthwaite(float(a), positives - 1, float(b), negatives - 1)
        for a, b in zip(first.diagonal(), second.diagonal(), strict=True)
    )
    covariance = tuple(tuple(float(value) for value in row) for row in first + second)
    return DeLong(areas, covariance, degrees, positives, negatives)


def logit_interval(area: float, stderr: float, level: float, degrees: float | None = None) -> Interval:
    """The interval of an area inside 0 and 1, symmetrical on the logit scale.

    M. S. Pepe, The Statistical Evaluation of Medical Tests (2003), page 107; with `degrees` of freedom by
    Student's quantile, which covers better where a class is small.

    Raises:
        ValueError: `area` does not lie inside 0 and 1.
    """
    if not 0 < area < 1:
        raise ValueError(f"the logit scale holds areas inside 0 and 1, not {area}")
    half = quantile(level, degrees) * stderr / (area * (1 - area))
    middle = math.log(area / (1 - area))
    return Interval(_expit(middle - half), _expit(middle + half))


def newcombe_area(area: float, positives: int, negatives: int, level: float) -> Interval:
    """The interval of an area of which only the class sizes are known, as where the classes are apart.

    R. G. Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney statistic",
    Statistics in Medicine 25 (2006) 559, method 5.
    """
    lower = _newcombe_lower(area, positives, negatives, level)
    return Interval(lower, 1 - _newcombe_lower(1 - area, positives, negatives, level))


def area_interval(found: DeLong, number: int, level: float) -> Interval:
    """The interval of one of the areas: on the logit scale, or Newcombe's where DeLong's variance is 0."""
    area, stderr = found.areas[number], found.stderr(number)
    if not stderr or not 0 < area < 1:
        return newcombe_area(area, found.positives, found.negatives, level)
    return logit_interval(area, stderr, level, found.degrees[number])


def _placements(scores: Floats, truth: NDArray[bool_]) -> tuple[Floats, Floats]:
    """For each positive the share of negatives below it, for each negative that of positives above it."""
    import numpy as np

    if len(scores) != len(truth):
        raise ValueError(f"{len(truth)} samples have {len(scores)} scores")
    positives, negatives = scores[truth], scores[~truth]
    overall = _midranks(np.concatenate([positives, negatives]))
    of_positives = (overall[: len(positives)] - _midranks(positives)) / len(negatives)
    of_negatives = 1 - (overall[len(positives) :] - _midranks(negatives)) / len(positives)
    return of_positives, of_negatives


def _midranks(values: Floats) -> Floats:
    """The rank of each value from 1 on; equal ones share the mean of their ranks."""
    import numpy as np

    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return ranks


def _satterthwaite(one: float, its_degrees: int, other: float, others_degrees: int) -> float:
    square = one**2 / its_degrees + other**2 / others_degrees
    return (one + other) ** 2 / square if square > 0 else float(min(its_degrees, others_degrees))


def _newcombe_lower(area: float, positives: int, negatives: int, level: float) -> float:
    """The area θ below the estimate whose own standard error just reaches it: area - θ = z·se(θ)."""
    from scipy.optimize import brentq

    if area <= 0:
        return 0.0
    z = quantile(level)
    mean_size = (positives + negatives) / 2 - 1

    def excess(theta: float) -> float:
        spread = 1 + mean_size * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return (area - theta) ** 2 - z**2 * theta * (1 - theta) * spread / (positives * negatives)

    # θ = 1 has no spread and always solves the equation where the area is 1: the other solution is wanted
    highest = min(area, 1 - 1e-12)
    return float(brentq(excess, 0.0, highest)) if excess(highest) < 0 else area


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
