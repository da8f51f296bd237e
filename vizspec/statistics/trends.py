"""The slope of scores over an ordered variable, one evaluation a place: a linear contrast."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from vizspec.statistics.arrays import UNIT, Range, finite, matched

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Values


from vizspec.statistics.contrasts import Difference, combined, contrast_range, mean_difference, side_of


def trend(
    columns: Sequence[Values],
    places: Sequence[float],
    *,
    level: float = 0.95,
    scores: Range = UNIT,
    clusters: Sequence[Hashable] | None = None,
) -> Difference:
    """The slope of the scores over `places`, one evaluation a place, all on the same samples.

    Each sample's least-squares slope, then their mean: the linear contrast. Its unit is scores per unit of
    `places`.

    Raises:
        ValueError: as `paired`, there is not one place an evaluation, or all places are one.
    """
    import numpy as np

    weights = slope_weights(places, len(columns))
    arrays = [matched(column, columns[0])[0] for column in columns]
    slopes = np.asarray(weights) @ np.vstack(arrays)
    reach = contrast_range(weights, scores)
    if reach.lowest is not None and reach.highest is not None:
        slopes = np.clip(slopes, reach.lowest, reach.highest)  # sums of rounded weights may lie just outside
    return mean_difference(slopes, reach, level, clusters)


def trend_unpaired(
    columns: Sequence[Values],
    places: Sequence[float],
    *,
    level: float = 0.95,
    scores: Range = UNIT,
) -> Difference:
    """The slope of the means over `places`, one evaluation a place, each on samples of its own.

    Raises:
        ValueError: as `trend`, but for lengths.
    """
    weights = slope_weights(places, len(columns))
    sides = [side_of(finite(column), None) for column in columns]
    return combined(sides, weights, contrast_range(weights, scores), level)


def slope_weights(places: Sequence[float], count: int) -> tuple[float, ...]:
    """The weights of a least-squares slope over `places`, one for each of `count` evaluations.

    Raises:
        ValueError: there is not one place an evaluation, or all places are one.
    """
    if len(places) != count:
        raise ValueError(f"{count} evaluations have {len(places)} places")
    middle = sum(places) / count
    spread = sum((place - middle) ** 2 for place in places)
    if spread == 0:
        raise ValueError("a trend needs at least two places")
    return tuple((place - middle) / spread for place in places)
