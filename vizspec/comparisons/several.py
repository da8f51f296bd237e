"""Several comparisons at once: adjusted p-values, intervals that hold together, and ranks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from vizspec.cells.cell import Cell
from vizspec.comparisons.record import Comparison, Ranked
from vizspec.statistics.intervals import interval_of
from vizspec.statistics.multiplicity import bonferroni_level, holm, inseparable_from_best, rank_intervals

Adjust = Literal["holm", "none"]

Again = Callable[[Comparison, float], Comparison]
"""The same comparison at another level."""


def together(rows: Sequence[Comparison], again: Again, adjust: Adjust = "holm") -> tuple[Comparison, ...]:
    """The comparisons of one group with Holm's p-values and Bonferroni's intervals; as they are where it is
    one, or where nothing is to be adjusted.
    """
    judged = [place for place, row in enumerate(rows) if row.p is not None and row.no_verdict is None]
    if adjust == "none" or len(judged) < 2:
        return tuple(rows)
    adjusted = dict(zip(judged, holm([rows[place].p or 0.0 for place in judged]), strict=True))
    made = list(rows)
    for place in judged:
        wider = again(rows[place], bonferroni_level(rows[place].level, len(judged)))
        ends = interval_of(wider.lower, wider.upper)
        made[place] = replace(rows[place], p_adjusted=adjusted[place], together=ends)
    return tuple(made)


def ranked(rows: Sequence[Comparison], values: Callable[[Cell], float | None]) -> Ranked | None:
    """The ranks of the evaluations that all pairs of one group compare.

    None where neither direction of the metric is better, or a value is not known.
    """
    cells = tuple(dict.fromkeys(cell for row in rows for cell in (row.a, row.b)))
    if len(cells) < 2 or rows[0].metric.better is None:
        return None
    sign = -1.0 if rows[0].metric.better == "lower" else 1.0
    names = {row.b: row.name_b for row in rows} | {row.a: row.name_a for row in rows}
    known = [value for value in map(values, cells) if value is not None]
    if len(known) < len(cells):
        return None
    goodness = [sign * value for value in known]
    separable = separate_pairs(rows, cells)
    best = inseparable_from_best(goodness, separable)
    return Ranked(
        rows[0].group,
        rows[0].metric,
        cells,
        tuple(names[cell] for cell in cells),
        tuple((ranks.best, ranks.worst) for ranks in rank_intervals(goodness, separable)),
        tuple(cells[place] for place in best),
    )


def separate_pairs(rows: Iterable[Comparison], cells: Sequence[Cell]) -> set[frozenset[int]]:
    """The places in `cells` of each pair that differs."""
    place = {cell: number for number, cell in enumerate(cells)}
    return {frozenset((place[row.a], place[row.b])) for row in rows if row.is_separate()}
