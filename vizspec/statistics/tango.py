"""Two shares on the same samples: Tango's score interval, and the test that it inverts."""

from __future__ import annotations

import math
from collections.abc import Callable

from vizspec.statistics.intervals import Interval, quantile, two_sided

_BESIDE = 1e-9
"""How far from the estimate the search of an end begins: at it, the statistic may be 0 / 0."""


def tango(only_a: float, only_b: float, n: int, level: float) -> Interval:
    """The score interval of the difference of two shares on the same `n` samples.

    T. Tango, "Equivalence test and confidence interval for the difference in proportions for the
    paired-sample design", Statistics in Medicine 17 (1998) 891, equation 5. `only_a`, `only_b`: the samples
    that one gets right and the other does not. It leaves a difference out exactly where `score_mcnemar` of it
    is below 1 - `level`.

    Raises:
        ValueError: the counts are no counts of `n` samples, or `level` is no probability.
    """
    _check(only_a, only_b, n)
    z = quantile(level)
    estimate = (only_a - only_b) / n

    def excess(difference: float) -> float:
        distance = abs(only_a - only_b - n * difference)
        return distance - z * math.sqrt(max(0.0, _variance(only_a, only_b, n, difference)))

    return Interval(_end(excess, estimate, -1), _end(excess, estimate, 1))


def score_mcnemar(only_a: float, only_b: float, n: int, difference: float = 0.0) -> float:
    """The two-sided p-value that the shares differ by `difference`; at 0 it is McNemar's test.

    Q. McNemar, Psychometrika 12 (1947) 153, without a correction for continuity; for other differences by
    the variance under that difference (Tango 1998, equation 4).

    Raises:
        ValueError: the counts are no counts of `n` samples, or no shares differ so much.
    """
    _check(only_a, only_b, n)
    if not -1 <= difference <= 1:
        raise ValueError(f"two shares differ by at most 1, not by {difference}")
    distance = only_a - only_b - n * difference
    variance = _variance(only_a, only_b, n, difference)
    if variance <= 0:
        return 1.0 if abs(distance) < 1e-9 else 0.0
    return two_sided(distance / math.sqrt(variance))


def _end(excess: Callable[[float], float], estimate: float, side: int) -> float:
    """Where `excess` changes its sign on a side of the estimate; the estimate itself where it does not."""
    from scipy.optimize import brentq

    beside = estimate + side * _BESIDE
    if abs(beside) >= 1 or excess(beside) >= 0:
        return estimate
    return float(brentq(excess, side, beside, xtol=1e-12))


def _variance(only_a: float, only_b: float, n: int, difference: float) -> float:
    """The variance of `only_a - only_b` at the likeliest shares that differ by `difference`."""
    b = (2 * n - only_a + only_b) * difference - only_a - only_b
    c = -only_b * difference * (1 - difference)
    only_b_share = (math.sqrt(max(0.0, b * b - 8 * n * c)) - b) / (4 * n)
    return n * (2 * only_b_share + difference * (1 - difference))


def _check(only_a: float, only_b: float, n: int) -> None:
    if n < 1:
        raise ValueError(f"a comparison needs at least one sample, not {n}")
    if not (only_a >= 0 and only_b >= 0 and only_a + only_b <= n):
        raise ValueError(f"{only_a} and {only_b} are no counts of {n} samples")
