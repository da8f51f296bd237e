"""Coverage: what was planned, what is shown, and every log that is not, with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from vizspec.cells.coverage import LedgerRow
from vizspec.cells.facets import facets_named
from vizspec.cells.log_use import Fate, LogUse
from vizspec.cells.notices import SEE_COVERAGE
from vizspec.report.log_sources import count_found, shown_logs
from vizspec.report.material import Material
from vizspec.report.model import Coverage, LogNote, Warnings
from vizspec.report.number_texts import count_text
from vizspec.report.table import TableColumn, TextTable, table_of
from vizspec.text.decimals import DASH
from vizspec.text.messages import agreeing, counted

_CHOSEN = (Fate.OTHER_EPOCH, Fate.FILTERED)
"""Fates that the spec decides by `data.epochs` and `data.where`."""


def coverage(material: Material) -> tuple[Coverage, ...]:
    """The section; it is always there."""
    ledger = material.facts.ledger
    unused = [use for use in material.facts.selected.uses if use.fate is not Fate.KEPT]
    missing, left_out = not_shown(material)
    return (
        Coverage(
            tuple(_sentences(material, len(missing), len(left_out))),
            _table(material, missing, "Reason") if missing else None,
            _table(material, left_out, "Reason") if left_out else None,
            _table(material, ledger.unplanned, "Remark") if ledger.planned and ledger.unplanned else None,
            tuple(LogNote(use.log.location, use.fate.value, use.reason) for use in unused),
            _logs_summary(material.facts.selected.uses),
            shown_logs(material),
            material.attachments.folder,
        ),
    )


def not_shown(material: Material) -> tuple[list[LedgerRow], list[LedgerRow]]:
    """The planned cells without a usable log, and those that the spec's epochs or filter leave out."""
    uses = {use.log.location: use.fate for use in material.facts.selected.uses}
    missing: list[LedgerRow] = []
    left_out: list[LedgerRow] = []
    for row in material.facts.ledger.rows:
        if row.planned and not row.shown:
            is_chosen = any(uses.get(log) in _CHOSEN for log in row.logs)
            (left_out if is_chosen else missing).append(row)
    return missing, left_out


def warnings(material: Material) -> tuple[Warnings, ...]:
    """What is odd about the inputs; it stands in the report whatever sections the spec chooses."""
    here = ": see Coverage" if "coverage" in material.report.sections else ""
    found = (*material.facts.warnings, *material.attachments.warnings)
    sentences = tuple(dict.fromkeys(sentence.replace(SEE_COVERAGE, here) for sentence in found))
    return (Warnings(sentences),) if sentences else ()


def _sentences(material: Material, missing: int, left_out: int) -> Iterator[str]:
    ledger = material.facts.ledger
    if material.facts.experiment is None:
        yield "There is no experiment file, so there is no design to compare the logs with."
    elif not ledger.planned:
        yield "The experiment file has no evaluation matrix, so there is nothing to compare the logs with."
    else:
        planned = counted(ledger.planned, "evaluation was planned", "evaluations were planned")
        yield _split(
            planned, ledger.planned_and_shown, {"left out by the spec": left_out, "missing": missing}
        )
    found = [use.log.place for use in material.facts.selected.uses]
    whole = f"{count_found(found)} {agreeing(len(found), 'was', 'were')} found"
    shown = len(material.facts.cells)
    yield _split(whole, shown, {"not shown": len(found) - shown})


def _split(whole: str, shown: int, rest: Mapping[str, int]) -> str:
    """`21 evaluations were planned: 12 shown, 8 left out by the spec, 1 missing.`"""
    others = [f"{n:,} {name}" for name, n in rest.items() if n]
    if not others:
        return f"{whole}: all shown." if shown else f"{whole}."
    return f"{whole}: {', '.join((f'{shown:,} shown', *others))}."


def _table(material: Material, rows: Sequence[LedgerRow], reason: str) -> TextTable:
    columns = [
        TableColumn("Run", tuple(row.run or DASH for row in rows)),
        TableColumn("Task", tuple(row.task for row in rows)),
    ]
    if any(row.vis_label is not None for row in rows):
        columns.append(TableColumn("Label", tuple(row.vis_label or DASH for row in rows)))
    if any(row.epoch is not None for row in rows):
        columns.append(TableColumn("Epoch", tuple(count_text(row.epoch) for row in rows), "right"))
    columns.append(TableColumn(reason, tuple(row.reason or DASH for row in rows)))
    labels = material.spec.data.labels
    facets = [facets_named(row.run, row.task, row.vis_label, row.epoch, labels) for row in rows]
    return table_of(columns, facets=facets)


def _logs_summary(uses: Sequence[LogUse]) -> str:
    """`7 logs: 2 shown, 3 superseded, 2 failed`."""
    counts = Counter(use.fate for use in uses)
    names = {fate: "shown" if fate is Fate.KEPT else fate.value for fate in Fate}
    by_fate = ", ".join(f"{counts[fate]:,} {name}" for fate, name in names.items() if counts[fate])
    return f"{count_found([use.log.place for use in uses])}: {by_fate}" if uses else ""
