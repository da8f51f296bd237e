"""Tables as texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from vizspec.cells.facets import Facets
from vizspec.estimates.bars import Bar
from vizspec.text.decimals import DASH
from vizspec.text.markdown import Align


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
class TextTable:
    """A table of plain texts; no Markdown in it.

    `bars` has a picture of each cell that is an estimate, `facets` of which evaluation each row tells, and
    `others` of which other one, where it tells of two: one a row, or none at all.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...]
    footnotes: tuple[str, ...] = ()
    bars: tuple[tuple[Bar | None, ...], ...] = ()
    facets: tuple[Facets, ...] = ()
    others: tuple[Facets, ...] = ()
    belongs: tuple[bool, ...] = ()
    """Whether each column belongs to the one before it, as an interval to its value; empty: none does."""


@dataclass(frozen=True)
class TableColumn:
    """A header, the texts under it, and their side; `bars` are pictures of what the texts tell.

    `belongs`: whether it belongs to the column before it, as an interval to its value.
    """

    header: str
    texts: tuple[str, ...]
    align: Align = "left"
    bars: tuple[Bar | None, ...] = ()
    belongs: bool = False


def said_once(
    columns: Sequence[TableColumn], headers: Collection[str]
) -> tuple[list[TableColumn], list[str]]:
    """The columns without those of `headers` that say one thing in several rows, and a sentence of them.

    `In every row: B is r8, n is 100.` A column of dashes says nothing.
    """
    same = [
        column
        for column in columns
        if column.header in headers and len(column.texts) > 1 and len(set(column.texts)) == 1
    ]
    constant = [f"{column.header} is {column.texts[0]}" for column in same if column.texts[0] != DASH]
    return (
        [column for column in columns if column not in same],
        [f"In every row: {', '.join(constant)}."] if constant else [],
    )


def table_of(
    columns: Sequence[TableColumn],
    footnotes: Sequence[str] = (),
    facets: Sequence[Facets] = (),
    others: Sequence[Facets] = (),
) -> TextTable:
    """The table that columns of equal length make."""
    bars = [column.bars or (None,) * len(column.texts) for column in columns]
    has_bars = any(column.bars for column in columns)
    return TextTable(
        tuple(column.header for column in columns),
        tuple(zip(*(column.texts for column in columns), strict=True)),
        tuple(column.align for column in columns),
        tuple(footnotes),
        tuple(zip(*bars, strict=True)) if has_bars else (),
        tuple(facets),
        tuple(others),
        tuple(column.belongs for column in columns) if any(column.belongs for column in columns) else (),
    )
