"""What matrices share that are not of models and tasks: a cell for each pair of texts. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import fsum
from typing import Literal

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.views._drawn_matrix import MOST_MODELS, HeatmapScores, MatrixLook
from vizspec.views._many import even
from vizspec.views._score_axes import is_tiny
from vizspec.views._scores import ScoreRow
from vizspec.views.entry import ChartEntry, Truth

LabelPair = tuple[str, str]
"""The texts of a row and of a column."""


class MatrixChartEntry(ChartEntry):
    """What entries of a matrix may have besides."""

    sort: Literal["ascending", "descending"] | None = None
    """Order rows and columns by their sums; null: as they come."""
    tip: Truth = True
    """Whether a cell tells its value when pointed at."""

    @property
    def orientation(self) -> Literal["horizontal", "vertical"]:
        """Rows are down, columns across."""
        return "horizontal"


def means(values: Sequence[tuple[LabelPair, float]]) -> Mapping[LabelPair, float]:
    """The mean of the values of each pair, in the order of the pairs' first values."""
    found: defaultdict[LabelPair, list[float]] = defaultdict(list)
    for pair, value in values:
        found[pair].append(value)
    return {pair: fsum(own) / len(own) for pair, own in found.items()}


def pages(whole: HeatmapScores, limit: int | None) -> list[HeatmapScores]:
    """The rows in as many matrices as they need, each with all columns and the colours of the whole."""
    parts = [(tuple(names), frozenset(names)) for names in even(whole.down, limit or MOST_MODELS)]
    return [
        replace(whole, down=names, rows=tuple(row for row in whole.rows if row.model in shown))
        for names, shown in parts
    ]


def matrix(
    entry: MatrixLook,
    values: Mapping[LabelPair, float],
    title: str,
    label: str,
    names: tuple[str, str],
    rows: Sequence[str],
    columns: Sequence[str],
    links: Mapping[LabelPair, str | None] | None = None,
    facets: Mapping[LabelPair, Facets] | None = None,
) -> HeatmapScores:
    """The content of a heatmap of the values; `names` are what rows and columns are called."""
    low, high = min(values.values()), max(values.values())
    return HeatmapScores(
        entry,
        tuple(
            ScoreRow(
                *pair,
                value,
                None,
                None,
                None,
                (links or {}).get(pair),
                facets=(facets or {}).get(pair, NO_FACETS),
            )
            for pair, value in values.items()
        ),
        label,
        title,
        (0, 1) if low >= 0 and high <= 1 and not is_tiny(high) else (low, high),
        down=tuple(rows),
        across=tuple(columns),
        names=names,
    )
