"""Coverage: what was planned, what is shown, and every log that is not, with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vizspec.coverage import Ledger, LedgerRow
from vizspec.fates import Fate, Fated
from vizspec.report.material import Material
from vizspec.report.model import Coverage, LogNote, Warnings
from vizspec.report.numbers import DASH, count_text, counted
from vizspec.report.table import Column, Table, table_of


def coverage(material: Material) -> tuple[Coverage, ...]:
    """The section; it is always there."""
    ledger = material.facts.ledger
    unused = [fated for fated in material.facts.sorting.fates if fated.fate is not Fate.KEPT]
    missing = [row for row in ledger.rows if row.planned and not row.shown]
    return (
        Coverage(
            tuple(_sentences(material, ledger)),
            _table(missing, "Why it is not shown") if missing else None,
            _table(ledger.unplanned, "Remark") if ledger.planned and ledger.unplanned else None,
            tuple(LogNote(fated.log.location, fated.fate.value, fated.reason) for fated in unused),
            _logs_summary(unused),
        ),
    )


def warnings(material: Material) -> tuple[Warnings, ...]:
    """What is odd about the inputs; it stands in the report whatever sections the spec chooses."""
    sentences = tuple(dict.fromkeys((*material.facts.warnings, *material.inputs.warnings)))
    return (Warnings(sentences),) if sentences else ()


def _sentences(material: Material, ledger: Ledger) -> Iterator[str]:
    if material.facts.experiment is None:
        yield "There is no experiment file, so there is no design to compare the logs with."
    elif not ledger.planned:
        yield "The experiment file has no evaluation matrix, so there is nothing to compare the logs with."
    else:
        planned = counted(ledger.planned, "evaluation was", "evaluations were")
        yield f"{planned} planned; {_shown(ledger.planned_and_shown, ledger.planned)} shown."
    found = len(material.facts.sorting.fates)
    if found:
        shown = _shown(len(material.facts.cells), found)
        yield f"{counted(found, 'log was', 'logs were')} found; {shown} shown."
    else:
        yield "No log was found."


def _shown(shown: int, of: int) -> str:
    if shown == of:
        return "it is" if of == 1 else "all of them are"
    return "none of them is" if shown == 0 else f"{shown:,} of them are"


def _table(rows: Sequence[LedgerRow], reason: str) -> Table:
    columns = [
        Column("Run", tuple(row.run or DASH for row in rows)),
        Column("Task", tuple(row.task for row in rows)),
    ]
    if any(row.vis_label is not None for row in rows):
        columns.append(Column("Label", tuple(row.vis_label or DASH for row in rows)))
    if any(row.epoch is not None for row in rows):
        columns.append(Column("Epoch", tuple(count_text(row.epoch) for row in rows), "right"))
    columns.append(Column(reason, tuple(row.reason or DASH for row in rows)))
    return table_of(columns)


def _logs_summary(unused: Sequence[Fated]) -> str:
    """`5 logs are not shown: 3 superseded, 2 failed`."""
    counts = Counter(fated.fate for fated in unused)
    told = ", ".join(f"{counts[fate]:,} {fate.value}" for fate in Fate if counts[fate])
    return f"{counted(len(unused), 'log is', 'logs are')} not shown: {told}" if unused else ""
