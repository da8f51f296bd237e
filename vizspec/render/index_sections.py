"""What the index shows of the report: its sentences, cards and tables, where the report has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, assert_never

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.claims.record import ClaimOutcome
from vizspec.draw.pages.parts import (
    Card,
    Chapter,
    IndexGroup,
    IndexPart,
    IndexRow,
    IndexSection,
    IndexTable,
)
from vizspec.report.model import (
    Claims,
    ClaimText,
    ComparisonSection,
    Compute,
    ComputeUsage,
    Coverage,
    Interpretation,
    Own,
    Provenance,
    Report,
    ReportSection,
    ResearchQuestion,
    Summary,
    Tables,
    Visualizations,
    Warnings,
)
from vizspec.report.table import TableLike, TextTable
from vizspec.text.decimals import DASH
from vizspec.text.html import html_of

Tone = Literal["plain", "good", "bad", "open"]
TONES: dict[str, Tone] = {ClaimOutcome.CONFIRMED: "good", ClaimOutcome.VIOLATED: "bad"}
"""The tone of each verdict that decides something."""
FIGURES = "Visualizations"
COVERAGE = "Coverage"
RUN = "Run"
"""What the column of the run is called in tables of jobs."""


def parts_of(
    report: Report | None, figures: Sequence[IndexSection | IndexGroup], coverage: Sequence[IndexSection] = ()
) -> tuple[IndexPart, ...]:
    """What the report tells, in its order, with the figures and the coverage in their places.

    Where the report has no place for them, or there is none, they come last.
    """
    sections = report.sections if report is not None else ()
    parts: list[IndexPart] = []
    for section in sections:
        if isinstance(section, Visualizations):
            parts.append(Chapter(section.title, tuple(figures)))
        elif isinstance(section, Coverage):
            parts.append(_coverage(section, coverage))
        else:
            parts += _of(section)
    if figures and not any(isinstance(section, Visualizations) for section in sections):
        parts.append(Chapter(FIGURES, tuple(figures)))
    if coverage and not any(isinstance(section, Coverage) for section in sections):
        parts.append(Chapter(COVERAGE, tuple(coverage)))
    return tuple(parts)


def _of(section: ReportSection) -> Iterator[IndexPart]:
    match section:
        case Summary():
            yield _summary(section)
        case ResearchQuestion():
            yield _question(section)
        case Tables():
            yield _tables(section)
        case Claims():
            cards = tuple(_verdict(claim) for claim in section.claims)
            yield IndexSection(section.title, _body(section.table), lines=section.sentences, cards=cards)
        case ComparisonSection():
            yield _comparisons(section)
        case Compute():
            yield Chapter(section.title, tuple(_compute(section)))
        case Interpretation() | Own() | Warnings():
            yield _written(section)
        case Visualizations() | Coverage() | Provenance():
            pass  # in places of their own, or in the report alone
        case _ as never:
            assert_never(never)


def _written(section: Interpretation | Own | Warnings) -> IndexSection:
    if isinstance(section, Warnings):
        return IndexSection(section.title, lines=section.sentences)
    note = section.note if isinstance(section, Interpretation) else None
    lines = tuple(line for line in (note, section.missing) if line)
    return IndexSection(section.title, lines=lines, prose=html_of(section.markdown or "", section.folder))


def _question(section: ResearchQuestion) -> IndexPart:
    texts = {"Question": section.question, "Hypothesis": section.hypothesis, "Purpose": section.purpose}
    lines = tuple(f"{name}: {text}" for name, text in texts.items() if text)
    asked = IndexSection(section.title, _body(section.variables), lines=lines)
    data = [_table("Training data", one) for one in (section.training, section.generation) if one is not None]
    if not data:
        return asked
    return Chapter(section.title, (replace(asked, heading="Question and variables"), *data))


def _summary(section: Summary) -> IndexSection:
    cards = [
        Card(headline.lead, "; ".join(headline.names), (headline.detail, *headline.certainty))
        for headline in section.headlines
    ]
    counts = tuple(f"{count.name}: {count.text}" for count in section.counts)
    lines = (*section.remarks, *(f"Notable: {sentence}" for sentence in section.notable), "; ".join(counts))
    return IndexSection(section.title, cards=tuple(cards), lines=tuple(line for line in lines if line))


def _verdict(claim: ClaimText) -> Card:
    remarks = (f"{claim.id}: {claim.detail}" if claim.detail else claim.id, *claim.remarks)
    return Card(claim.sentence, claim.outcome, remarks, TONES.get(claim.outcome, "open"))


def _tables(section: Tables) -> IndexPart:
    """One table under its heading; several as parts of a chapter."""
    if not section.tables:
        return IndexSection(section.title, lines=section.sentences)
    tables = tuple(_table(section.title, table, section.sentences) for table in section.tables)
    return tables[0] if len(tables) == 1 else Chapter(section.title, tables)


def _comparisons(section: ComparisonSection) -> IndexPart:
    parts = tuple(
        _table(part.title, part.table, part.sentences)
        if part.table is not None
        else IndexSection(part.title, lines=part.sentences)
        for part in section.parts
    )
    return IndexGroup(section.title, parts, "tabs")


def _compute(section: Compute) -> Iterator[IndexSection]:
    for part in section.parts:
        yield from _usage(part)


def _usage(part: ComputeUsage) -> Iterator[IndexSection]:
    advice = (f"{each.name}: {sentence}" for each in part.recommendations for sentence in each.sentences)
    lines = (*part.remarks, *advice)
    yield _table("Jobs", part.table, lines) if part.table is not None else IndexSection("Jobs", lines=lines)
    if part.work is not None:
        yield _table("Training and throughput", part.work)
    if part.totals is not None:
        yield _table("Sums by run", part.totals)


def _coverage(section: Coverage, shown: Sequence[IndexSection]) -> IndexPart:
    tables = {
        "Missing": section.missing,
        "Left out by the spec": section.left_out,
        "Found, not planned": section.unplanned,
    }
    logs = (section.logs_summary,) if section.logs else ()
    found = [_table(name, table) for name, table in tables.items() if table is not None]
    in_words = IndexSection("In words", lines=(*section.sentences, *logs))
    return Chapter(section.title, (*shown[:1], in_words, *found, *shown[1:]))


def _table(title: str, table: TableLike, lines: tuple[str, ...] = ()) -> IndexSection:
    return IndexSection(title, _body(table), "\n".join(table.footnotes) or None, lines=lines)


def _body(table: TableLike | None) -> IndexTable | None:
    if table is None:
        return None
    details = (
        _details(table)
        if isinstance(table, TextTable)
        else details_named(table.headers, table.rows, {RUN: "run"})
    )
    return IndexTable(table.headers, table.rows, table.align, details)


def _details(table: TextTable) -> tuple[IndexRow, ...]:
    """What the rows have besides: pictures of cells, and of which evaluations they tell."""
    if not (table.bars or table.facets):
        return ()
    count = len(table.rows)
    besides = (
        table.bars or ((),) * count,
        table.facets or (NO_FACETS,) * count,
        table.others or (NO_FACETS,) * count,
    )
    return tuple(IndexRow(bars=b, facets=f, other=o) for b, f, o in zip(*besides, strict=True))


def details_named(
    headers: Sequence[str], rows: Sequence[Sequence[str]], columns: Mapping[str, str]
) -> tuple[IndexRow, ...]:
    """Of which evaluation each row tells, by its own texts: `columns` are the headers of facets.

    A job is called as its run, or begins with it: `RUN/TASK/epoch0`, `RUN (finetune)`.
    """
    places = {facet: headers.index(header) for header, facet in columns.items() if header in headers}
    if not places:
        return ()

    def of(row: Sequence[str]) -> Facets:
        known = {facet: row[place] for facet, place in places.items() if row[place] != DASH}
        if "run" in known:
            known["run"] = known["run"].partition("/")[0].partition(" (")[0]
        return Facets(**known)

    return tuple(IndexRow(facets=of(row)) for row in rows)
