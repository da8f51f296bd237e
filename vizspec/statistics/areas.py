"""Differences of the areas under ROC curves, by MOVER with DeLong's covariance (Zou and Donner 2008)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vizspec.statistics.contrasts import Difference
from vizspec.statistics.delong import FEWEST_OF_A_CLASS, DeLong, area_interval, delong
from vizspec.statistics.intervals import Interval, p_of_inversion
from vizspec.statistics.method import Method
from vizspec.statistics.mover import mover

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Values


def paired_auc(y_true: Sequence[int], a: Values, b: Values, *, level: float = 0.95) -> Difference:
    """The difference of the areas under the ROC curves of two scores of the same samples.

    Raises:
        ValueError: the samples are of one class, lengths differ, or a score is no finite number.
    """
    found = delong(y_true, a, b)
    correlation = found.correlation(0, 1)
    return _of_areas(found, 0, found, 1, correlation, len(y_true), level)


def unpaired_auc(
    y_true_a: Sequence[int],
    a: Values,
    y_true_b: Sequence[int],
    b: Values,
    *,
    level: float = 0.95,
) -> Difference:
    """The difference of the areas under two ROC curves of different samples.

    Raises:
        ValueError: as `paired_auc`.
    """
    first, second = delong(y_true_a, a), delong(y_true_b, b)
    return _of_areas(first, 0, second, 0, 0.0, len(y_true_a) + len(y_true_b), level)


def _of_areas(
    first: DeLong, one: int, second: DeLong, other: int, correlation: float, n: int, level: float
) -> Difference:
    a, b = first.areas[one], second.areas[other]

    def interval(at: float) -> Interval:
        return mover(a, area_interval(first, one, at), b, area_interval(second, other, at), correlation)

    fewest = min(first.positives, first.negatives, second.positives, second.negatives)
    few = f"a class has only {fewest} samples" if fewest < FEWEST_OF_A_CLASS else None
    return Difference(a - b, *interval(level), p_of_inversion(interval), n, Method.MOVER, few)
