"""Confidence intervals as pure functions of a few numbers."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    """Both ends of a confidence interval."""

    lower: float
    upper: float


def wilson(proportion: float, n: int, level: float) -> Interval:
    """The score interval of a binomial proportion, always inside [0, 1].

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927) 209-212. `n` trials, at least 1.

    Raises:
        ValueError: `proportion` or `level` is no probability, or `n` is below 1.
    """
    if not 0 <= proportion <= 1:
        raise ValueError(f"a proportion lies between 0 and 1, not at {proportion}")
    if n < 1:
        raise ValueError(f"an interval needs at least one trial, not {n}")
    z = _normal_quantile(level)
    center = (proportion + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(proportion * (1 - proportion) / n + z * z / (4 * n * n))
    lower = 0.0 if proportion == 0 else max(0.0, center - half)
    upper = 1.0 if proportion == 1 else min(1.0, center + half)
    return Interval(min(lower, proportion), max(upper, proportion))


def from_stderr(
    value: float,
    stderr: float,
    n: int | None,
    level: float,
    lowest: float | None = None,
    highest: float | None = None,
) -> Interval:
    """`value ± q·stderr`, cut off at the range of the quantity.

    `q` is Student's quantile with n - 1 degrees of freedom, or the normal one where `n` is not known.

    Raises:
        ValueError: `stderr` is negative, `n` is below 2, or `level` is no probability.
    """
    if stderr < 0:
        raise ValueError(f"a standard error is not negative: {stderr}")
    quantile = _normal_quantile(level) if n is None else _student_quantile(level, n - 1)
    lower, upper = value - quantile * stderr, value + quantile * stderr
    if lowest is not None:
        lower = min(max(lower, lowest), value)
    if highest is not None:
        upper = max(min(upper, highest), value)
    return Interval(lower, upper)


def compute_wilson_ci(accuracy: float, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of an accuracy over `n` samples; (0.0, 0.0) where there is no sample."""
    if n == 0:
        return (0.0, 0.0)
    interval = wilson(accuracy, n, confidence)
    return (interval.lower, interval.upper)


@lru_cache(64)
def _normal_quantile(level: float) -> float:
    _check_level(level)
    return NormalDist().inv_cdf((1 + level) / 2)


@lru_cache(4096)
def _student_quantile(level: float, degrees: int) -> float:
    _check_level(level)
    if degrees < 1:
        raise ValueError("Student's quantile needs at least two samples")
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1 + level) / 2))


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not at {level}")


def level_text(level: float) -> str:
    """What texts and figures alike call an interval of this level: `95 % CI`."""
    return f"{level * 100:g} % CI"
