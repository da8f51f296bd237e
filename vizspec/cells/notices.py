"""Sentences on logs that a reader would miss among what is shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vizspec.cells.coverage import Ledger
from vizspec.cells.log_use import Fate, LogUse, SelectedLogs
from vizspec.text.messages import counted, listed

NAMED = 3
"""How many logs a sentence names; the report's coverage names them all."""

SEE_COVERAGE = ": see the report's coverage"
"""Where a sentence sends its reader; the report itself puts its own section there."""


def notices(selected: SelectedLogs, ledger: Ledger) -> Iterator[str]:
    """What of the logs is not there to be shown: none at all, unreadable ones, planned ones without a log."""
    if selected.uses and not selected.cells:
        uses = Counter(use.fate.value for use in selected.uses)
        told = ", ".join(f"{number} {fate}" for fate, number in sorted(uses.items()))
        yield f"none of the logs that were found can be shown: {told}"
    unreadable = selected.with_fate(Fate.UNREADABLE)
    if unreadable:
        yield f"{counted(len(unreadable), 'log')} cannot be read: {_named(unreadable)}"
    without = sum(row.planned and not row.logs for row in ledger.rows)
    verb = "has" if without == 1 else "have"
    if without:
        yield f"{without} of {ledger.planned} planned evaluations {verb} no log{SEE_COVERAGE}"


def _named(use: Sequence[LogUse]) -> str:
    return listed([f"'{one.log.location}' ({one.reason})" for one in use], NAMED)
