"""What the index shows of the report: its sentences and tables, where the report has them.

The ledger of logs is long: it is left to the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from vizspec.draw.pages.parts import IndexSection, IndexTable
from vizspec.report.model import (
    Claims,
    ComparisonSection,
    Compute,
    ComputeUsage,
    Coverage,
    Interpretation,
    Metrics,
    Own,
    PerTask,
    Report,
    ResearchQuestion,
    Section,
    Summary,
    Visualizations,
    Warnings,
)
from vizspec.report.table import TableLike
from vizspec.text.html import html_of


def before_figures(report: Report | None) -> tuple[IndexSection, ...]:
    """What the report tells before its figures; all of it where it has none."""
    return tuple(_all(_halves(report)[0]))


def after_figures(report: Report | None) -> tuple[IndexSection, ...]:
    """What the report tells after its figures."""
    return tuple(_all(_halves(report)[1]))


def _halves(report: Report | None) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    sections = report.sections if report is not None else ()
    figures = [place for place, section in enumerate(sections) if isinstance(section, Visualizations)]
    place = figures[0] if figures else len(sections)
    return sections[:place], sections[place + 1 :]


def _all(sections: tuple[Section, ...]) -> Iterator[IndexSection]:
    for section in sections:
        yield from _of(section)


def _of(section: Section) -> Iterator[IndexSection]:
    match section:
        case Summary():
            yield IndexSection(section.title, lines=tuple(_summary(section)))
        case ResearchQuestion():
            yield from _question(section)
        case Metrics():
            yield from (_table(section.title, table, section.sentences) for table in section.tables)
        case Claims():
            yield IndexSection(section.title, _body(section.table), lines=tuple(_claims(section)))
        case ComparisonSection():
            yield from _comparisons(section)
        case PerTask():
            yield _table(section.title, section.table, section.sentences)
        case Compute():
            yield from _compute(section)
        case Coverage():
            yield from _coverage(section)
        case Interpretation() | Own() | Warnings():
            yield _written(section)


def _written(section: Interpretation | Own | Warnings) -> IndexSection:
    if isinstance(section, Warnings):
        return IndexSection(section.title, lines=section.sentences)
    note = section.note if isinstance(section, Interpretation) else None
    lines = tuple(line for line in (note, section.missing) if line)
    return IndexSection(section.title, lines=lines, prose=html_of(section.markdown or ""))


def _question(section: ResearchQuestion) -> Iterator[IndexSection]:
    texts = {"Question": section.question, "Hypothesis": section.hypothesis, "Purpose": section.purpose}
    lines = tuple(f"{name}: {text}" for name, text in texts.items() if text)
    yield IndexSection(section.title, _body(section.variables), lines=lines)
    for table in (section.training, section.generation):
        if table is not None:
            yield _table(f"{section.title}: training data", table)


def _claims(section: Claims) -> Iterator[str]:
    for claim in section.claims:
        verdict = (
            f"{claim.id}: {claim.sentence}: {claim.outcome}{f' ({claim.detail})' if claim.detail else ''}."
        )
        yield " ".join((verdict, *claim.remarks))
    yield from section.sentences


def _comparisons(section: ComparisonSection) -> Iterator[IndexSection]:
    for part in section.parts:
        title = f"{section.title}: {part.title}"
        empty = IndexSection(title, lines=part.sentences)
        yield _table(title, part.table, part.sentences) if part.table is not None else empty


def _summary(section: Summary) -> Iterator[str]:
    for headline in section.headlines:
        best = f"{headline.lead}: {'; '.join(headline.names)}, {headline.detail}."
        yield " ".join((best, *headline.certainty))
    yield from section.remarks
    yield from (f"Notable: {sentence}" for sentence in section.notable)
    yield "; ".join(f"{count.name}: {count.text}" for count in section.counts)


def _compute(section: Compute) -> Iterator[IndexSection]:
    for part in section.parts:
        yield from _usage(section.title, part)


def _usage(title: str, part: ComputeUsage) -> Iterator[IndexSection]:
    advice = (f"{each.name}: {sentence}" for each in part.recommendations for sentence in each.sentences)
    lines = (*part.remarks, *advice)
    yield _table(title, part.table, lines) if part.table is not None else IndexSection(title, lines=lines)
    if part.work is not None:
        yield _table(f"{title}: training and throughput", part.work)
    if part.totals is not None:
        yield _table(f"{title}: sums by run", part.totals)


def _coverage(section: Coverage) -> Iterator[IndexSection]:
    logs = (f"{section.logs_summary}; the report lists each of them.",) if section.logs else ()
    yield IndexSection(section.title, lines=(*section.sentences, *logs))
    tables = {
        "missing": section.missing,
        "left out by the spec": section.left_out,
        "found, not planned": section.unplanned,
    }
    for name, table in tables.items():
        if table is not None:
            yield _table(f"{section.title}: {name}", table)


def _table(title: str, table: TableLike, lines: tuple[str, ...] = ()) -> IndexSection:
    return IndexSection(title, _body(table), " ".join(table.footnotes) or None, lines=lines)


def _body(table: TableLike | None) -> IndexTable | None:
    return IndexTable(table.headers, table.rows, table.align) if table is not None else None
