"""The section on comparisons: a table for each question, and who cannot be told apart from the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizspec.cells.column_texts import Labels
from vizspec.cells.facets import facets_of
from vizspec.comparisons.record import Comparison, ComparisonTable, Ranked
from vizspec.report.footnotes import Footnotes
from vizspec.report.material import Material
from vizspec.report.methods import marked_by_method
from vizspec.report.model import ComparisonPart, ComparisonSection
from vizspec.report.number_texts import count_text
from vizspec.report.table import TableColumn, TextTable, said_once, table_of
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import DASH, ends_text, value_text
from vizspec.text.messages import listed

MOST_ROWS = 40
"""Rows of one table; comparisons.csv has them all."""

SAID_ONCE = frozenset({"A", "B", "n", "Method"})
"""Columns that need not stand there where all rows agree."""


def comparisons(material: Material) -> tuple[ComparisonSection, ...]:
    """The section, where the spec asks for comparisons."""
    tables = material.facts.comparisons.tables
    parts = tuple(_part(material, table) for table in tables)
    return (ComparisonSection(parts),) if parts else ()


def _part(material: Material, table: ComparisonTable) -> ComparisonPart:
    why = next((one.why for one in material.spec.comparisons if one.id == table.asked.id and one.why), None)
    sentences = (*((why,) if why else ()), *_ranks(table), *_left_out(table))
    return ComparisonPart(
        _title(table), _table(table, material.spec.data.labels) if table.rows else None, sentences
    )


def _title(table: ComparisonTable) -> str:
    asked = table.asked
    to = ", ".join(f"{name} {value}" for name, value in asked.to)
    question = f"{table.metric.label} by {' and '.join(asked.among)}" + (f", against {to}" if to else "")
    return f"{asked.id}: {question}" if asked.id else question


def _ranks(table: ComparisonTable) -> Iterator[str]:
    """Who may have which rank; of two evaluations their comparison tells it."""
    return (ranks_text(ranked) for ranked in table.ranked if len(ranked.cells) > 2)


def ranks_text(ranked: Ranked) -> str:
    """`Size: A and B cannot be told apart from the best; ranks: A (1–2), B (1–2), C (3).`"""
    of_cell = dict(zip(ranked.cells, ranked.names, strict=True))
    best = [of_cell[cell] for cell in ranked.best]
    if len(best) == 1:
        first = f"{best[0]} is the best"
    else:
        first = f"{listed(best[:-1])} and {best[-1]} cannot be told apart at the top"
    ranks = (
        f"{name} ({low})" if low == high else f"{name} ({low}–{high})"
        for name, (low, high) in zip(ranked.names, ranked.ranks, strict=True)
    )
    where = f"{ranked.group}: " if ranked.group else ""
    return f"{where}{first}; ranks: {', '.join(ranks)}."


def _left_out(table: ComparisonTable) -> Iterator[str]:
    for reason in table.left_out:
        yield f"Not compared: {reason}."
    rest = len(table.rows) - MOST_ROWS
    if rest > 0:
        yield f"The first {MOST_ROWS} of {len(table.rows):,} comparisons; comparisons.csv has them all."


def _table(table: ComparisonTable, labels: Labels) -> TextTable:
    rows = table.rows[:MOST_ROWS]
    notes = Footnotes()
    differences = tuple(_difference(row, notes) for row in rows)
    several = len({row.group for row in rows}) > 1
    adjusted = any(row.p_adjusted is not None for row in rows)
    intervals = tuple(ends_text(row.lower, row.upper) for row in rows)
    methods = [row.method if row.has_interval else None for row in rows]
    by: tuple[str, ...] = ()
    if len({method for method in methods if method is not None}) > 1:
        intervals, sentence = marked_by_method(intervals, methods, notes)
        by, methods = (sentence,), [None for _ in rows]
    columns = [
        *([TableColumn("For", tuple(row.group for row in rows))] if several else []),
        TableColumn("A", tuple(row.name_a for row in rows)),
        TableColumn("B", tuple(row.name_b for row in rows)),
        TableColumn("A − B", differences, "right"),
        TableColumn(level_text(table.asked.level), intervals, "right"),
        TableColumn("p", tuple(p_text(row.p) for row in rows), "right"),
        *(
            [TableColumn("p (Holm)", tuple(p_text(row.p_adjusted) for row in rows), "right")]
            if adjusted
            else []
        ),
        TableColumn("A / B better / tied", tuple(map(outcomes_text, rows)), "right"),
        TableColumn("n", tuple(count_text(row.n or None) for row in rows), "right"),
        TableColumn("Method", tuple(method or DASH for method in methods)),
    ]
    kept, once = said_once(columns, SAID_ONCE)
    sides = ([facets_of(row.a, labels) for row in rows], [facets_of(row.b, labels) for row in rows])
    return table_of(kept, (*_direction(table), *notes.sentences(), *by, *once), *sides)


def _direction(table: ComparisonTable) -> Sequence[str]:
    if table.metric.better == "lower":
        return (f"Of {table.metric.label} the lower is the better: below 0, A is better.",)
    return ()


def _difference(row: Comparison, notes: Footnotes) -> str:
    text = signed(row.difference)
    for note in (f"not judged: {row.no_verdict}" if row.no_verdict else None, row.note):
        text = notes.marked(text, note)
    return text


def signed(value: float | None) -> str:
    """A difference with its sign: `+0.050`, `-0.012`."""
    if value is None:
        return DASH
    return f"+{value_text(value)}" if value > 0 else value_text(value)


def p_text(p: float | None) -> str:
    """`0.032`, `< 0.001`, or a dash."""
    if p is None:
        return DASH
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def outcomes_text(row: Comparison) -> str:
    """Samples on which A is better, on which B is, and the others."""
    if row.wins is None:
        return DASH
    return f"{row.wins:,} / {row.losses:,} / {row.ties:,}"
