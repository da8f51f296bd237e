"""What an interval is, and the quantiles that intervals are made with."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

_STANDARD = NormalDist()
_SUREST = 1 - 1e-12
"""The highest level that a p-value is searched at."""


class Interval(NamedTuple):
    """Both ends of a confidence interval."""

    lower: float
    upper: float

    @property
    def negated(self) -> Interval:
        """The interval of the quantity with its sign turned."""
        return Interval(-self.upper, -self.lower)

    def holding(self, value: float) -> Interval:
        """The interval, widened where it does not hold `value`."""
        return Interval(min(self.lower, value), max(self.upper, value))

    def within(self, lowest: float | None, highest: float | None) -> Interval:
        """The interval, cut off at the ends of the quantity's range."""
        lower = self.lower if lowest is None else max(self.lower, lowest)
        upper = self.upper if highest is None else min(self.upper, highest)
        return Interval(lower, upper)


def interval_of(lower: float | None, upper: float | None) -> Interval | None:
    """The interval between two ends; None where one is not known."""
    return None if lower is None or upper is None else Interval(lower, upper)


@lru_cache(256)
def quantile(level: float, degrees: float | None = None) -> float:
    """How many standard errors an interval of `level` reaches to either side.

    Student's quantile with `degrees` of freedom, which need be no whole number; the normal one without.

    Raises:
        ValueError: `level` is no probability, or `degrees` is not above 0.
    """
    check_level(level)
    if degrees is None:
        return _STANDARD.inv_cdf((1 + level) / 2)
    if not degrees > 0:
        raise ValueError(f"Student's quantile needs degrees of freedom above 0, not {degrees}")
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1 + level) / 2))


def two_sided(statistic: float, degrees: float | None = None) -> float:
    """The two-sided p-value of a standardised statistic: normal, or Student's with `degrees` of freedom."""
    if degrees is None:
        return 2 * _STANDARD.cdf(-abs(statistic))
    from scipy.special import stdtr

    return float(2 * stdtr(degrees, -abs(statistic)))


def around(value: float, stderr: float, level: float, degrees: float | None = None) -> Interval:
    """`value ± quantile · stderr`."""
    half = quantile(level, degrees) * stderr
    return Interval(value - half, value + half)


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
    if n is not None and n < 2:
        raise ValueError("Student's quantile needs at least two samples")
    degrees = None if n is None else n - 1
    return around(value, stderr, level, degrees).within(lowest, highest).holding(value)


def p_of_inversion(interval_at: Callable[[float], Interval]) -> float:
    """The p-value that belongs to a method of intervals: 1 - the level at which they just reach 0.

    `interval_at` gives the interval of a level, wider for higher levels. The interval of a level then leaves
    0 out exactly where the p-value is below 1 - that level.
    """
    from scipy.optimize import brentq

    def distance(level: float) -> float:
        lower, upper = interval_at(level)
        return max(lower, -upper)

    if distance(_SUREST) > 0:
        return 1 - _SUREST
    if distance(1 - _SUREST) <= 0:
        return 1.0
    return float(1 - brentq(distance, 1 - _SUREST, _SUREST, xtol=1e-13))


def check_level(level: float) -> None:
    """ValueError: `level` is no probability between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not at {level}")


def level_text(level: float) -> str:
    """What texts and figures alike call an interval of this level: `95% CI`."""
    return f"{level * 100:g}% CI"
