"""Differences of two shares by the intervals of each: Newcombe's hybrid, Agresti and Caffo's."""

from __future__ import annotations

import math

from vizspec.statistics.intervals import Interval, around
from vizspec.statistics.mover import mover
from vizspec.statistics.wilson import wilson


def newcombe_unpaired(successes_a: float, n_a: int, successes_b: float, n_b: int, level: float) -> Interval:
    """The interval of the difference of two shares on different samples.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998) 873, method 10: the ends of both score intervals, combined as squares.

    Raises:
        ValueError: there are more successes than samples, or no samples.
    """
    a, b = successes_a / _some(n_a), successes_b / _some(n_b)
    return mover(a, wilson(a, n_a, level), b, wilson(b, n_b, level))


def agresti_caffo(successes_a: float, n_a: int, successes_b: float, n_b: int, level: float) -> Interval:
    """The interval of the difference of two shares on few different samples, within -1 and 1.

    A. Agresti and B. Caffo, "Simple and effective confidence intervals for proportions and differences of
    proportions result from adding two successes and two failures", The American Statistician 54 (2000) 280:
    one success and one failure are added to each side.

    Raises:
        ValueError: there are more successes than samples, or no samples.
    """
    a, b = (successes_a + 1) / (_some(n_a) + 2), (successes_b + 1) / (_some(n_b) + 2)
    stderr = math.sqrt(a * (1 - a) / (n_a + 2) + b * (1 - b) / (n_b + 2))
    difference = successes_a / n_a - successes_b / n_b
    return around(a - b, stderr, level).within(-1, 1).holding(difference)


def _some(n: int) -> int:
    if n < 1:
        raise ValueError(f"a comparison needs at least one sample, not {n}")
    return n
