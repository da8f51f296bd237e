"""A frame: rows with named columns, of which a plot may show any. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.cells.columns import text_of
from vizspec.text.natural_order import natural_key

FrameRow = Mapping[str, Any]
"""One row by the names of its columns; what is not known is None."""


@dataclass(frozen=True)
class Frame:
    """Rows, and the names that all of them have; `cells` has the evaluation of each, where rows have one."""

    names: tuple[str, ...]
    rows: tuple[FrameRow, ...]
    cells: tuple[Cell, ...] = ()

    def where(self, is_kept: Callable[[FrameRow], bool]) -> Frame:
        """The rows of which it is true."""
        return self.at([place for place, row in enumerate(self.rows) if is_kept(row)])

    def at(self, places: Sequence[int]) -> Frame:
        """The rows at these places, in this order."""
        cells = tuple(self.cells[place] for place in places) if self.cells else ()
        return Frame(self.names, tuple(self.rows[place] for place in places), cells)

    def by(self, name: str, *, descending: bool = False) -> Frame:
        """The rows in the order of a column, those without a value last; equal ones stay as they stand."""
        values = self.column(name)
        known = [place for place, value in enumerate(values) if value is not None]
        known.sort(key=lambda place: _order_of(values[place]), reverse=descending)
        return self.at([*known, *(place for place, value in enumerate(values) if value is None)])

    def column(self, name: str) -> tuple[Any, ...]:
        """The values of a column: all numbers, or all texts; None where nothing is known, or no number."""
        return of_one_kind([row.get(name) for row in self.rows])


def _order_of(value: Any) -> Any:
    return natural_key(value) if isinstance(value, str) else value


def of_one_kind(values: Sequence[Any]) -> tuple[Any, ...]:
    """The values as numbers where all that are known are numbers, else as texts."""
    known = [value for value in values if value is not None]
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return tuple(value if value is not None and math.isfinite(value) else None for value in values)
    return tuple(None if value is None else text_of(value) for value in values)
