"""Tables as texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Align = Literal["left", "right"]


class TableLike(Protocol):
    """What can be printed as a table: rows as long as `headers` and `align`, footnotes as sentences."""

    @property
    def headers(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def align(self) -> tuple[Align, ...]: ...
    @property
    def footnotes(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Table:
    """A table of plain texts; no Markdown in it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...]
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableColumn:
    """A header, the texts under it, and their side."""

    header: str
    texts: tuple[str, ...]
    align: Align = "left"


def table_of(columns: Sequence[TableColumn], footnotes: Sequence[str] = ()) -> Table:
    """The table that columns of equal length make."""
    return Table(
        tuple(column.header for column in columns),
        tuple(zip(*(column.texts for column in columns), strict=True)),
        tuple(column.align for column in columns),
        tuple(footnotes),
    )
