"""Errors of numbers that were predicted: their estimates with intervals, from pairs of numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from vizspec.statistics.intervals import Interval, around

NumberPair = tuple[float, float]
"""The number that was wanted, and the one that was predicted."""


class ErrorEstimate(NamedTuple):
    """An error with its standard error and interval; without them where fewer than two pairs tell."""

    value: float
    stderr: float | None
    interval: Interval | None


def absolute_error(wanted: float, predicted: float) -> float:
    """|wanted - predicted|."""
    return abs(wanted - predicted)


def squared_error(wanted: float, predicted: float) -> float:
    """(wanted - predicted)²."""
    return (wanted - predicted) ** 2


def mean_absolute_error(pairs: Sequence[NumberPair], level: float) -> ErrorEstimate:
    """The mean of |wanted - predicted|, and Student's interval of it, not below 0."""
    return _of_mean([absolute_error(*pair) for pair in pairs], level)


def mean_squared_error(pairs: Sequence[NumberPair], level: float) -> ErrorEstimate:
    """The mean of the squared distances, and Student's interval of it, not below 0."""
    return _of_mean([squared_error(*pair) for pair in pairs], level)


def root_mean_squared_error(pairs: Sequence[NumberPair], level: float) -> ErrorEstimate:
    """The root of the mean squared error; its interval has the roots of that one's ends."""
    squared = mean_squared_error(pairs, level)
    value = math.sqrt(squared.value)
    if squared.interval is None or squared.stderr is None or value == 0:
        return ErrorEstimate(value, None, None)
    ends = Interval(math.sqrt(squared.interval.lower), math.sqrt(squared.interval.upper))
    return ErrorEstimate(value, squared.stderr / (2 * value), ends)


def r_squared(pairs: Sequence[NumberPair], level: float) -> ErrorEstimate:
    """1 - the squared errors over the squared distances from the mean, with Student's interval, up to 1.

    The standard error is that of the influence of each pair (F. R. Hampel, "The influence curve and its role
    in robust estimation", JASA 69 (1974) 383): (share · d² - e²) / mean(d²), where e is a pair's error, d its
    distance from the mean, and share that of the errors in the distances.

    Raises:
        ValueError: all wanted numbers are alike.
    """
    n = len(pairs)
    mean = math.fsum(wanted for wanted, _ in pairs) / n
    errors = [squared_error(*pair) for pair in pairs]
    distances = [(wanted - mean) ** 2 for wanted, _ in pairs]
    spread = math.fsum(distances) / n
    if spread == 0:
        raise ValueError("R² is of numbers that differ")
    share = math.fsum(errors) / n / spread
    influences = [
        (share * distance - error) / spread for distance, error in zip(distances, errors, strict=True)
    ]
    stderr = _stderr(influences)
    if not stderr:
        return ErrorEstimate(1 - share, None, None)
    return ErrorEstimate(1 - share, stderr, around(1 - share, stderr, level, n - 1).within(None, 1))


ERRORS: Mapping[str, Callable[[Sequence[NumberPair], float], ErrorEstimate]] = {
    "mae": mean_absolute_error,
    "mse": mean_squared_error,
    "rmse": root_mean_squared_error,
    "r_squared": r_squared,
}
"""By the name of the metric."""

ERRORS_OF_SAMPLE: Mapping[str, Callable[[float, float], float]] = {
    "mae": absolute_error,
    "mse": squared_error,
}
"""Those that are a mean over samples, with the error of one sample."""


def _of_mean(values: Sequence[float], level: float) -> ErrorEstimate:
    value, stderr = math.fsum(values) / len(values), _stderr(values)
    if not stderr:
        return ErrorEstimate(value, None, None)
    return ErrorEstimate(value, stderr, around(value, stderr, level, len(values) - 1).within(0, None))


def _stderr(values: Sequence[float]) -> float | None:
    n = len(values)
    if n < 2:
        return None
    mean = math.fsum(values) / n
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1) / n)
