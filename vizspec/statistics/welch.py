"""Sums of independent means, each with a variance of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.arrays import finite

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Values


class VariancePart(NamedTuple):
    """An estimate, its variance, and the degrees of freedom of that variance."""

    value: float
    variance: float
    degrees: float


class Combined(NamedTuple):
    """A sum of independent parts: its value, standard error and degrees of freedom."""

    value: float
    stderr: float
    degrees: float


def mean_part(values: Values) -> VariancePart:
    """The mean of independent values, with the variance of that mean.

    Raises:
        ValueError: there are fewer than two values, or one is no finite number.
    """
    array = finite(values)
    if len(array) < 2:
        raise ValueError("the variance of a mean needs at least two values")
    return VariancePart(float(array.mean()), float(array.var(ddof=1)) / len(array), len(array) - 1)


def combine(parts: Sequence[VariancePart], weights: Sequence[float]) -> Combined:
    """The weighted sum of independent parts.

    Degrees of freedom by B. L. Welch, "The generalization of Student's problem when several different
    population variances are involved", Biometrika 34 (1947) 28, and F. E. Satterthwaite, Biometrics Bulletin
    2 (1946) 110. Where no part varies, the degrees are the fewest of a part.

    Raises:
        ValueError: there is not one weight a part.
    """
    shares = [(w * w * part.variance, part.degrees) for part, w in zip(parts, weights, strict=True)]
    variance = sum(share for share, _ in shares)
    square = sum(share**2 / degrees for share, degrees in shares)
    value = sum(w * part.value for part, w in zip(parts, weights, strict=True))
    degrees = variance**2 / square if square > 0 else min(part.degrees for part in parts)
    return Combined(value, math.sqrt(variance), degrees)
