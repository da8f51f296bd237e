"""A filter that leaves no evaluation: what was wanted of a column, and what the column has instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.cells.columns import text_of
from vizspec.cells.log_use import Fate
from vizspec.errors import Problem
from vizspec.expressions import compared, unknown_names
from vizspec.gather.facts import Facts
from vizspec.spec.model import Spec
from vizspec.text.messages import listed, shown
from vizspec.text.natural_order import natural_key

MOST_LISTED = 10
"""How many values of a column a hint lists."""


def nothing_left(spec: Spec, facts: Facts) -> Iterator[Problem]:
    """A problem where `data.where` is true of no usable evaluation, though there are some."""
    where = spec.data.where
    filtered = facts.selected.with_fate(Fate.FILTERED)
    matching = facts.selected.with_fate(Fate.KEPT, Fate.SUPERSEDED, Fate.TRIAL, Fate.OTHER_EPOCH)
    if where is None or not filtered or matching:
        return
    cells = [use.cell for use in filtered if use.cell is not None]
    message = f"{shown(where)} {true_of_none(len(filtered))}"
    yield Problem(("data", "where"), message, _hint(where, cells))


def true_of_none(number: int) -> str:
    """That a filter is true of none of so many evaluations."""
    if number == 1:
        return "is not true of the only evaluation"
    return f"is true of none of the {number} evaluations"


def _hint(where: str, cells: Sequence[Cell]) -> str:
    hints = [*_without_values(where, cells), *_other_values(where, cells)]
    return "; ".join(dict.fromkeys(hints)) or "correct the condition, or leave it out"


def _without_values(where: str, cells: Sequence[Cell]) -> Iterator[str]:
    for name in unknown_names(where, ()):
        if all(cell.columns.get(name) is None for cell in cells):
            yield f"no evaluation has a value of '{name}'"


def _other_values(where: str, cells: Sequence[Cell]) -> Iterator[str]:
    """The values of each column that is to equal one that it never has, the nearest first."""
    for name, wanted in compared(where, ("eq", "in")):
        values = [cell.columns[name] for cell in cells if cell.columns.get(name) is not None]
        if values and wanted not in values:
            yield f"'{name}' has: {_nearest_first(values, wanted)}"


def _nearest_first(values: Sequence[Any], wanted: Any) -> str:
    texts = {text_of(value): _as_written(value) for value in values}
    alike = {text: difflib.SequenceMatcher(None, text, text_of(wanted)).ratio() for text in texts}
    ordered = sorted(texts, key=lambda text: (-alike[text], natural_key(text)))
    return listed([texts[text] for text in ordered], MOST_LISTED)


def _as_written(value: Any) -> str:
    """A value as an expression spells it: texts between quotes."""
    return shown(value) if isinstance(value, str) else text_of(value)
