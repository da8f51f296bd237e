"""Tables that are too wide for a page: as several narrow ones, and lines of what is long in itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vizspec.report.table import TableLike, TextTable
from vizspec.text.decimals import DASH
from vizspec.text.markdown import cell

MOST_CHARACTERS = 110
"""Of a line of a table: more runs off a printed page."""

PRINTED_CHARACTERS, CHARACTERS_BETWEEN = 66, 2.3
"""Of a line of a printed page (345 points by 5.2 in LaTeX's articles), and between two columns of a table."""

_BREAK = re.compile(r"\s|(?<=\w[-–—])")
"""Where a printed cell may go on in a new line."""

COUNT = "n"
"""The column of how many samples there were."""

KEYS = frozenset({"Epoch"})
"""Columns of numbers that tell rows apart."""


@dataclass(frozen=True)
class Listing:
    """What some columns have, as lines: what each row is called, and its texts."""

    lines: tuple[tuple[str, str], ...]


def narrowed(table: TableLike, most: int = MOST_CHARACTERS) -> tuple[TextTable | Listing, ...]:
    """The table in parts, no line of which has more characters; each repeats the columns that name the rows.

    These are the first ones that hold texts. What would be too wide beside them alone becomes lines. A part
    after the first leaves out the rows of which it has nothing to tell.
    """
    everything = tuple(range(len(table.headers)))
    if _width(table, everything) <= most:
        return (_part(table, everything),)
    keys, groups = _keys(table), tuple(_groups(table))
    fitting = [group for group in groups if _width(table, (*keys, *group)) <= most]
    packed = _packed(table, keys, fitting, most)
    parts = (
        _part(table, (*keys, *columns), _rows_with(table, columns) if place else None)
        for place, columns in enumerate(packed)
    )
    long = (_listing(table, keys, group) for group in groups if group not in fitting)
    return (*parts, *long)


def rule(table: TableLike) -> str:
    """The line below the headers: pandoc shares out the width of a page by it.

    Each column is as wide as its texts or, where there is no room for all of them, at least as its longest
    word, as far as there is room for that.
    """
    columns = range(len(table.headers))
    room = int(PRINTED_CHARACTERS - CHARACTERS_BETWEEN * len(columns))
    whole, words = _widths(table, columns), _longest_words(table, columns)
    least = _shares(words, room)
    more = _shares([width - word for width, word in zip(whole, words, strict=True)], room - sum(least))
    marks = (
        f"{'-' * (max(3, width) - 1)}:" if side == "right" else "-" * max(3, width)
        for width, side in zip(map(sum, zip(least, more, strict=True)), table.align, strict=True)
    )
    return f"| {' | '.join(marks)} |"


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """What each gets of the room: all that it wants, or as much as any other that does not (max-min fair)."""
    given = [0] * len(wanted)
    left = room
    for number, place in enumerate(sorted(range(len(wanted)), key=lambda place: wanted[place])):
        given[place] = max(0, min(wanted[place], left // (len(wanted) - number)))
        left -= given[place]
    return given


def _longest_words(table: TableLike, columns: Iterable[int]) -> list[int]:
    lines = (table.headers, *table.rows)
    return [max(len(word) for line in lines for word in _BREAK.split(line[column])) for column in columns]


def _width(table: TableLike, columns: Sequence[int]) -> int:
    """The characters of the longest line that Markdown may have."""
    widths = _widths(table, columns)
    return sum(widths) + 3 * len(widths) + 1


def _widths(table: TableLike, columns: Iterable[int]) -> list[int]:
    lines = (table.headers, *table.rows)
    return [max(3, *(len(cell(line[column])) for line in lines)) for column in columns]


def _keys(table: TableLike) -> tuple[int, ...]:
    """The columns that name the rows: all but one at most."""
    found: list[int] = []
    for column, (header, side) in enumerate(zip(table.headers, table.align, strict=True)):
        if side != "left" and header not in KEYS:
            break
        found.append(column)
    return tuple(found[: len(table.headers) - 1])


def _groups(table: TableLike) -> Iterator[tuple[int, ...]]:
    """The other columns, each with those that belong to it."""
    belongs = table.belongs if isinstance(table, TextTable) else ()
    belongs = belongs or (False,) * len(table.headers)
    group: tuple[int, ...] = ()
    for column in range(len(_keys(table)), len(table.headers)):
        if group and not belongs[column]:
            yield group
            group = ()
        group = (*group, column)
    if group:
        yield group


def _packed(
    table: TableLike, keys: Sequence[int], groups: Sequence[Sequence[int]], most: int
) -> Iterator[tuple[int, ...]]:
    """As many groups a part as there is room for."""
    part: tuple[int, ...] = ()
    for group in groups:
        if part and _width(table, (*keys, *part, *group)) > most:
            yield part
            part = ()
        part = (*part, *group)
    if part:
        yield part


def _rows_with(table: TableLike, columns: Sequence[int]) -> Sequence[Sequence[str]]:
    """The rows that have something in these columns, beside how many samples; all where none has."""
    telling = [column for column in columns if table.headers[column] != COUNT] or columns
    return [row for row in table.rows if not all(_is_dash(row[column]) for column in telling)] or table.rows


def _is_dash(text: str) -> bool:
    """A dash, with or without the mark of a note."""
    return text == DASH or text.startswith(f"{DASH} (")


def _part(table: TableLike, columns: Sequence[int], rows: Sequence[Sequence[str]] | None = None) -> TextTable:
    return TextTable(
        tuple(table.headers[column] for column in columns),
        tuple(tuple(row[column] for column in columns) for row in (table.rows if rows is None else rows)),
        tuple(table.align[column] for column in columns),
    )


def _listing(table: TableLike, keys: Sequence[int], columns: Sequence[int]) -> Listing:
    """`Size, forest` with `Against the others: …`."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        named = [(table.headers[column], row[column]) for column in keys if row[column] != DASH]
        words = (f"{header.lower()} {text}" if header in KEYS else text for header, text in named)
        names = ", ".join(words) or str(number)
        lines.append((names, "; ".join(f"{table.headers[column]}: {row[column]}" for column in columns)))
    return Listing(tuple(lines))
