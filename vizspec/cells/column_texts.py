"""Columns as people read them: the spec's labels for their values, else the values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from vizspec.cells.columns import renamed, text_of

Labels = Mapping[str, Mapping[str, str]]
"""Column -> old value -> what people read instead (`labels:` of the spec)."""


class HasColumns(Protocol):
    """What has columns: a cell, or an evaluation that is planned."""

    @property
    def columns(self) -> Mapping[str, Any]:
        """Its columns."""


def column_text(cell: HasColumns, column: str, labels: Labels | None = None) -> str | None:
    """A column of the cell as people read it."""
    return text_in(column, cell.columns.get(column), labels or {})


def text_in(column: str, value: object, labels: Labels) -> str | None:
    """A value of a column as people read it: the spec's label for it, else the value; None for no value."""
    if value is None:
        return None
    aliases = ("task_name", "vis_label", "task") if column == "task_name" else (column,)
    for name in aliases:
        new = renamed(value, labels.get(name, {}))
        if new is not None:
            return new
    return text_of(value)
