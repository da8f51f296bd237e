"""Contrasts of more than two evaluations: differences of differences, and slopes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vizspec.comparisons.differences import scores_of
from vizspec.comparisons.logged import logged_contrast
from vizspec.comparisons.measure import Measured
from vizspec.comparisons.pairing import pair
from vizspec.comparisons.questions import Pairing
from vizspec.estimates.table import Estimate
from vizspec.statistics.arrays import Range
from vizspec.statistics.contrasts import Difference
from vizspec.statistics.differences import of_differences, of_differences_unpaired
from vizspec.statistics.trends import slope_weights, trend, trend_unpaired
from vizspec.text.values import as_number

TOO_FEW = "fewer than two samples are shared"
NO_AREAS = "contrasts of several areas under ROC curves are not worked out"


def of_gains(sides: Sequence[Measured | str], level: float, by: Pairing = "id_and_input") -> Difference | str:
    """By how much a - b is above c - d, of the four sides in this order; or why that cannot be told.

    On the samples that all four share; where the two pairs are of different samples, on those of each.
    """
    known = _known(sides)
    if isinstance(known, str):
        return known
    a, b, c, d = known
    scores = _range(known)
    columns = _shared(known)
    if columns is not None:
        first, second, third, fourth = columns
        return of_differences(
            first, second, third, fourth, level=level, scores=scores, clusters=_clusters(known)
        )
    one, other = pair(a, b, by), pair(c, d, by)
    if not (one.is_enough and other.is_enough):
        return TOO_FEW
    return of_differences_unpaired(one.a, one.b, other.a, other.b, level=level, scores=scores)


def slope(sides: Sequence[Measured | str], places: Sequence[object], level: float) -> Difference | str:
    """The slope of the scores over the places; of places that are no numbers, over their order."""
    known = _known(sides)
    if isinstance(known, str):
        return known
    at = _numbers(places)
    columns = _shared(known)
    if columns is not None:
        return trend(columns, at, level=level, scores=_range(known), clusters=_clusters(known))
    values = [list(side.known.values()) for side in known]
    if any(len(column) < 2 for column in values):
        return TOO_FEW
    return trend_unpaired(values, at, level=level, scores=_range(known))


def logged_gains(rows: Sequence[Estimate]) -> Difference | str:
    """As `of_gains`, of what the logs store."""
    return logged_contrast(rows, (1.0, -1.0, -1.0, 1.0))


def logged_slope(rows: Sequence[Estimate], places: Sequence[object]) -> Difference | str:
    """As `slope`, of what the logs store."""
    return logged_contrast(rows, slope_weights(_numbers(places), len(rows)))


def _numbers(places: Sequence[object]) -> list[float]:
    numbers = [as_number(place) for place in places]
    at = [float(n) for n in numbers if n is not None]
    return at if len(at) == len(numbers) else [float(place) for place in range(len(places))]


def _known(sides: Sequence[Measured | str]) -> tuple[Measured, ...] | str:
    unknown = next((side for side in sides if isinstance(side, str)), None)
    if unknown is not None:
        return f"a log {unknown}"
    known = tuple(side for side in sides if isinstance(side, Measured))
    return NO_AREAS if any(side.truth is not None for side in known) else known


def _range(sides: Sequence[Measured]) -> Range:
    found = sides[0].scores
    for side in sides[1:]:
        found = scores_of(replace(sides[0], scores=found), side)
    return found


def _samples(sides: Sequence[Measured]) -> list[str]:
    """The samples that all sides scored, and that ask the same on each."""
    asked = [dict(zip(side.samples, side.question, strict=True)) for side in sides]
    scored = [side.known for side in sides]
    return [
        sample
        for sample in sides[0].samples
        if all(sample in known for known in scored)
        and len({questions[sample] for questions in asked if questions[sample]}) < 2
    ]


def _shared(sides: Sequence[Measured]) -> list[list[float]] | None:
    """A column a side over the samples that all share; None where these are fewer than half of any side's."""
    samples = _samples(sides)
    if len(samples) < 2 or 2 * len(samples) < min(len(side.samples) for side in sides):
        return None
    scored = [side.known for side in sides]
    return [[known[sample] for sample in samples] for known in scored]


def _clusters(sides: Sequence[Measured]) -> list[str] | None:
    first = sides[0].clusters
    return [first[sample] for sample in _samples(sides)] if first else None
