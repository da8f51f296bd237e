"""What each row of a chart tells of, as columns: the page filters the chart by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels
from vizspec.cells.facets import FACETS, Facets, facets_of

FACET = "facet_"
"""What the columns begin with, a facet each."""
OTHER_SIDE = "_b"
"""What the columns end with that tell of the other of two evaluations."""


def facet_columns(facets: Sequence[Facets], side: str = "") -> dict[str, list[Any]]:
    """A column a facet that some row tells of, a value a row."""
    found = {name: [getattr(one, name) for one in facets] for name in FACETS}
    return {
        f"{FACET}{name}{side}": values
        for name, values in found.items()
        if any(value is not None for value in values)
    }


def columns_of_cells(cells: Sequence[Cell], labels: Labels | None) -> dict[str, list[Any]]:
    """The columns of rows of which each tells of one evaluation; none where they tell of no one's."""
    return facet_columns([facets_of(cell, labels) for cell in cells])
