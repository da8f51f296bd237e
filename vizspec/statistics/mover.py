"""The interval of a difference from the intervals of both sides."""

from __future__ import annotations

import math

from vizspec.statistics.intervals import Interval


def mover(a: float, of_a: Interval, b: float, of_b: Interval, correlation: float = 0.0) -> Interval:
    """The interval of a - b, from the interval of each and the correlation of both estimates.

    G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach",
    Statistics in Medicine 27 (2008) 1693, equations 7 and 8 (method of variance estimates recovery).
    """
    lower = _distance(a - of_a.lower, of_b.upper - b, correlation)
    upper = _distance(of_a.upper - a, b - of_b.lower, correlation)
    return Interval(a - b - lower, a - b + upper)


def _distance(one: float, other: float, correlation: float) -> float:
    return math.sqrt(max(0.0, one * one + other * other - 2 * correlation * one * other))
