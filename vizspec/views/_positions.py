"""Where evaluations stand along a column: at numbers, or at categories in the design's order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import column_text
from vizspec.cells.columns import text_of
from vizspec.draw.shapes.model import AxisPlace
from vizspec.experiment.variables import ScaleType, Variable, make_variable
from vizspec.text.values import as_number, value_key
from vizspec.views.selection import Selection


@dataclass(frozen=True)
class Positions:
    """The places of the cells that have a value of a column, and all of these places in their order.

    The places are all numbers, or all texts. `is_ordered`: each place comes after the one before it, as sizes
    do; of mere categories none does.
    """

    of_cell: Mapping[Cell, AxisPlace]
    places: tuple[AxisPlace, ...]
    is_ordered: bool

    @property
    def numbers(self) -> tuple[float, ...] | None:
        """The places where they are numbers, else None."""
        found = tuple(place for place in self.places if not isinstance(place, str))
        return found if len(found) == len(self.places) else None


def positions(column: str, cells: Iterable[Cell], selection: Selection) -> Positions:
    """Where the cells stand along the column; a cell without a value stands nowhere.

    Numbers stand where they are unless the spec's labels name them. Categories are in the order of the
    design's variable of this name; those that it does not know come behind, in the order of the cells.
    """
    known = {cell: cell.columns[column] for cell in cells if cell.columns.get(column) is not None}
    variable = _variable(column, known, selection)
    numbers = {cell: as_number(value) for cell, value in known.items()}
    of_numbers = {cell: number for cell, number in numbers.items() if number is not None}
    if len(of_numbers) == len(known) and not selection.labels.get(column):
        return Positions(of_numbers, tuple(sorted(set(of_numbers.values()))), is_ordered=True)
    texts = {cell: column_text(cell, column, selection.labels) or "-" for cell in known}
    ranks = {value_key(level): rank for rank, level in enumerate(variable.ordered)}
    ordered = sorted(known, key=lambda cell: ranks.get(value_key(_level(known[cell])), len(ranks)))
    is_ordered = variable.kind is not ScaleType.CATEGORICAL
    return Positions(texts, tuple(dict.fromkeys(texts[cell] for cell in ordered)), is_ordered)


def columns_name(column: str) -> str:
    """What figures call a column: `lora rank` for `run.parameters.lora_rank`."""
    end = column.removeprefix("task_arg_").rpartition(".")[2] or column
    return " ".join(end.replace("_", " ").split()) or column


def _variable(column: str, known: Mapping[Cell, object], selection: Selection) -> Variable:
    """The design's variable of this name with the levels that cells have besides; else one made of them."""
    design = selection.experiment.variable(column) if selection.experiment is not None else None
    levels: Sequence[str | int | float | bool] = [_level(value) for value in known.values()]
    if design is None:
        return make_variable(column, levels)
    there = {value_key(level) for level in design.levels}
    return Variable(column, design.kind, (*design.levels, *(v for v in levels if value_key(v) not in there)))


def _level(value: object) -> str | int | float | bool:
    return value if isinstance(value, str | int | float | bool) else text_of(value)
