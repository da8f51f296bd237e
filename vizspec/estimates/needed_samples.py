"""Whose samples have to be read for the estimates, since the results alone do not tell enough. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vizspec.cells.cell import Cell
from vizspec.estimates.counts import HAVE_STDERR, measure, shares
from vizspec.logs.record import ENDING_LIMITS
from vizspec.metrics.catalogue import scorer_name
from vizspec.metrics.score import Score
from vizspec.statistics.errors_of_numbers import ERRORS


def metadata_keys(cells: Iterable[Cell]) -> frozenset[str]:
    """The keys of the samples' metadata that tell of clusters and groups."""
    return frozenset(key for cell in cells for score in cell.log.scores for key in _keys(score))


def in_need(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells of whose samples something has to be known.

    Of clusters and groups how many there are; of a mean that is no share of successes how its scores are
    spread; of errors of numbers the numbers; of a limit whether it ended a sample.
    """
    cells = tuple(cells)
    known = shares(cells, {})
    return tuple(cell for cell in cells if _may_be_limited(cell) or any(_reasons(cell, known)))


def _reasons(cell: Cell, known: frozenset[tuple[str, str, str]]) -> Iterator[bool]:
    for score in cell.log.scores:
        if score.stands_for is not None:
            continue
        yield any(True for _ in _keys(score))
        for name, value in score.metrics.items():
            is_mean = value is not None and measure(name, score) in HAVE_STDERR and value not in (0, 1)
            yield is_mean and (cell.log.location, scorer_name(score), name) not in known
            yield value is not None and name in ERRORS


def _keys(score: Score) -> Iterator[str]:
    if score.cluster is not None:
        yield score.cluster
    if score.interval is not None and score.interval.cluster is not None:
        yield score.interval.cluster
    yield from (group.key for group in score.groups.values())


def _may_be_limited(cell: Cell) -> bool:
    return not cell.log.setup.limits.keys().isdisjoint(ENDING_LIMITS)
