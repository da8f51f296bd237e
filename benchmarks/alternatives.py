"""Methods that are not in use, for the benchmarks to measure beside those that are."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.stats import binom, page_trend_test

from vizspec.statistics.intervals import Interval, around
from vizspec.statistics.mover import mover
from vizspec.statistics.wilson import wilson


def bonett_price(only_a: float, only_b: float, n: int, level: float) -> Interval:
    """Wald's interval of a paired difference with one sample more each way (Bonett and Price 2012)."""
    a, b = (only_a + 1) / (n + 2), (only_b + 1) / (n + 2)
    stderr = math.sqrt((a + b - (a - b) ** 2) / (n + 2))
    return around(a - b, stderr, level).within(-1, 1)


def newcombe_paired(both: float, only_a: float, only_b: float, neither: float, level: float) -> Interval:
    """The interval of the difference of two shares on the same samples.

    R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
    paired data", Statistics in Medicine 17 (1998) 2635, method 10: as for different samples, with the
    correlation of both, corrected for continuity.
    """
    n = int(both + only_a + only_b + neither)
    a, b = (both + only_a) / n, (both + only_b) / n
    first, second = wilson(a, n, level), wilson(b, n, level)
    return mover(a, first, b, second, _correlation(both, only_a, only_b, neither))


def _correlation(both: float, only_a: float, only_b: float, neither: float) -> float:
    n = both + only_a + only_b + neither
    product = (both + only_a) * (only_b + neither) * (both + only_b) * (only_a + neither)
    if product == 0:
        return 0.0
    excess = both * neither - only_a * only_b
    if excess > 0:
        excess = max(excess - n / 2, 0.0)
    return excess / math.sqrt(product)


def mcnemar_exact(only_a: float, only_b: float) -> float:
    """McNemar's exact two-sided p-value: the binomial test of the samples that differ."""
    count = int(only_a + only_b)
    return min(1.0, 2 * float(binom.cdf(min(only_a, only_b), count, 0.5)))


def mcnemar_midp(only_a: float, only_b: float) -> float:
    """The exact p-value less the chance of the very outcome."""
    count = int(only_a + only_b)
    if only_a == only_b:
        return 1.0 - float(binom.pmf(only_a, count, 0.5)) if count else 1.0
    return mcnemar_exact(only_a, only_b) - float(binom.pmf(min(only_a, only_b), count, 0.5))


def cluster_cr1(values: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """The clustered standard error of a mean with the factor G / (G - 1), as inspect-ai computes it."""
    array = np.asarray(values, dtype=float)
    _, numbers = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.bincount(numbers, array - array.mean())
    return float(math.sqrt((sums**2).sum() * len(sums) / (len(sums) - 1)) / len(array))


def page(rows: ArrayLike) -> dict[str, float]:
    """Page's test of ordered alternatives: its statistic and p-value."""
    found = page_trend_test(rows, method="asymptotic")
    return {"L": float(found.statistic), "p": float(found.pvalue)}


def smooth_error(predicted: Sequence[float], actual: Sequence[float]) -> float:
    """The smooth calibration error (Blasiok and Nakkiran 2023): the gaps smoothed by a reflected Gaussian.

    Its width is the one at which the error is that width.
    """
    p, gaps = np.asarray(predicted, dtype=float), np.asarray(actual, dtype=float) - np.asarray(predicted)
    grid = (np.arange(2000) + 0.5) / 2000

    def error(width: float) -> float:
        smoothed = np.zeros(len(grid))
        for turn in range(-2, 3):
            for image in (2 * turn + p, 2 * turn - p):
                density = np.exp(-(((grid[:, None] - image) / width) ** 2) / 2)
                smoothed += density @ gaps / (width * math.sqrt(2 * math.pi) * len(p))
        return float(np.abs(smoothed).mean())

    return float(brentq(lambda width: error(width) - width, 0.005, 1.0, xtol=1e-6))
