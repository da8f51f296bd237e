"""Evaluations as a table of any two columns: what stands in which row and column, in which order. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vizspec.cells.cell import Cell
from vizspec.cells.labels import TELL_BY, label_series
from vizspec.draw.shapes.model import AxisPlace
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.text.decimals import DASH, value_text
from vizspec.views._positions import columns_name, positions
from vizspec.views.base import Grid
from vizspec.views.selection import Selection


@dataclass(frozen=True)
class Pivot:
    """The estimates by row and column, whose texts stand in order. `without` have no value of `missing`."""

    values: Mapping[tuple[str, str], Estimate]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    names: tuple[str, str]
    """What the rows and the columns are called."""
    without: tuple[tuple[Cell, str], ...]

    @property
    def is_diagonal(self) -> bool:
        """Whether no row has two values and no column has."""
        count = len(self.values)
        return len({row for row, _ in self.values}) == count == len({column for _, column in self.values})

    @property
    def grid(self) -> Grid:
        """The values as texts."""
        of_rows = tuple((row, *(self._text(row, column) for column in self.columns)) for row in self.rows)
        return Grid((f"{self.names[0]} \\ {self.names[1]}", *self.columns), of_rows)

    def _text(self, row: str, column: str) -> str:
        found = self.values.get((row, column))
        return DASH if found is None else value_text(found.value)


def pivot(rows: str, columns: str, selection: Selection, metric: Metric) -> Pivot:
    """The evaluations that have a value of the metric; two of one place are in rows of their own.

    Raises:
        UserError: two evaluations have one place and differ in nothing that could tell them apart.
    """
    estimates = [row for _, row in selection.rows(metric)]
    down = positions(rows, (row.cell for row in estimates), selection)
    across = positions(columns, (row.cell for row in estimates), selection)
    shown = [row for row in estimates if row.cell in down.of_cell and row.cell in across.of_cell]
    order = {place: rank for rank, place in enumerate(down.places)}
    shown.sort(key=lambda row: order[down.of_cell[row.cell]])
    cells = [row.cell for row in shown]
    texts = {place: place_text(place) for place in across.places}
    beside = [across.of_cell[cell] for cell in cells]
    names = label_series(cells, beside, rows, selection.labels, _telling(rows, columns, selection))
    return Pivot(
        {(name, texts[across.of_cell[row.cell]]): row for name, row in zip(names, shown, strict=True)},
        tuple(dict.fromkeys(names)),
        tuple(texts.values()),
        (columns_name(rows), columns_name(columns)),
        tuple(
            (row.cell, rows if row.cell not in down.of_cell else columns)
            for row in estimates
            if row.cell not in down.of_cell or row.cell not in across.of_cell
        ),
    )


def place_text(place: AxisPlace) -> str:
    """A number or category as a row or column is headed."""
    return place if isinstance(place, str) else f"{place:.12g}"


def _telling(rows: str, columns: str, selection: Selection) -> tuple[str, ...]:
    variables = selection.experiment.variables if selection.experiment is not None else ()
    names = (*(variable.name for variable in variables), *TELL_BY)
    return tuple(name for name in names if name not in (rows, columns))
