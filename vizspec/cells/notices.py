"""Sentences on logs that a reader would miss among what is shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vizspec.cells.cell import IDENTITY, Cell
from vizspec.cells.coverage import Ledger
from vizspec.cells.log_use import Fate, LogUse, SelectedLogs
from vizspec.cells.unscored import unscored
from vizspec.text.messages import counted, listed

NAMED = 3
"""How many logs a sentence names; the report's coverage names them all."""

SEE_COVERAGE = ": see the report's coverage"
"""Where a sentence sends its reader; the report itself puts its own section there."""


_NO_LOG = "have no log"
_ENDS = {Fate.UNFINISHED: "are unfinished", Fate.CANCELLED: "were cancelled", Fate.FAILED: "failed"}
_OF_ONE = {_NO_LOG: "has no log", "are unfinished": "is unfinished", "were cancelled": "was cancelled"}
"""How a planned evaluation ended that none chose to leave out, of several and of one."""


@dataclass(frozen=True)
class LogNotice:
    """What is true of the log of one cell, as the end of a sentence that names the log."""

    cell: Cell
    text: str

    def __str__(self) -> str:
        return f"{self.cell.log.location}: {self.text}"


def together(remarks: Iterable[str | LogNotice]) -> tuple[str, ...]:
    """The sentences, each once; where the same is true of several logs they are told of in one.

    `3 logs of r4: 37 of 40 samples had a usable risk score`.
    """
    found: dict[tuple[str, bool], list[LogNotice]] = {}
    for one in remarks:
        if isinstance(one, LogNotice):
            found.setdefault((one.text, True), []).append(one)
        else:
            found.setdefault((one, False), [])
    return tuple(_of_logs(notices) if notices else text for (text, _), notices in found.items())


def _of_logs(notices: Sequence[LogNotice]) -> str:
    cells = {one.cell.log.location: one.cell for one in notices}
    if len(cells) == 1:
        return str(notices[0])
    names = dict.fromkeys(cell.run for cell in cells.values() if cell.run is not None)
    of = f" of {listed(list(names))}" if names else ""
    return f"{len(cells):,} logs{of}: {notices[0].text}"


def notices(selected: SelectedLogs, ledger: Ledger) -> Iterator[str]:
    """What of the logs is not there to be shown: none at all, unreadable, planned ones that are missing."""
    if selected.uses and not selected.cells:
        uses = Counter(use.fate.value for use in selected.uses)
        counts = ", ".join(f"{number} {fate}" for fate, number in sorted(uses.items()))
        yield f"none of the logs that were found can be shown: {counts}"
    unreadable = selected.with_fate(Fate.UNREADABLE)
    if unreadable:
        yield f"{counted(len(unreadable), 'log')} cannot be read: {_named(unreadable)}"
    invalidated = selected.with_fate(Fate.INVALIDATED)
    if invalidated:
        count = counted(len(invalidated), "log is", "logs are")
        yield f"{count} left out for invalidated samples: {_named(invalidated)}"
    yield from unscored(selected.cells)
    yield from _shown_twice(selected)
    yield from _not_there(selected, ledger)


def _not_there(selected: SelectedLogs, ledger: Ledger) -> Iterator[str]:
    """How many planned evaluations failed, were cancelled, are unfinished, and have no log."""
    ends = _ends(selected, ledger)
    if not ends:
        return
    names = _names_of_tasks(ledger) if ends[_NO_LOG] == ledger.planned else None
    yield f"{_counts(ends, ledger.planned)}{names or SEE_COVERAGE}"


def _ends(selected: SelectedLogs, ledger: Ledger) -> Counter[str]:
    """How planned evaluations that are not shown ended; those whose logs are told of elsewhere are left out.

    Of several logs of one evaluation that came furthest counts.
    """
    fates = {use.log.location: use.fate for use in selected.uses}
    ends: Counter[str] = Counter()
    for row in ledger.rows:
        if row.planned and not row.shown:
            met = {fates.get(location) for location in row.logs}
            end = next((verb for fate, verb in _ENDS.items() if fate in met), None)
            if end or not row.logs:
                ends[end or _NO_LOG] += 1
    return ends


def _counts(ends: Counter[str], planned: int) -> str:
    """`1 of 4 planned evaluations has no log`; `of 96 planned evaluations 83 failed, 1 has no log`."""
    if planned == 1:
        return f"the one planned evaluation {_verb(next(iter(ends)), 1)}"
    if ends[_NO_LOG] == planned:
        return f"none of the {planned:,} planned evaluations has a log"
    numbers = [(_verb(end, ends[end]), ends[end]) for end in (*_ENDS.values(), _NO_LOG) if ends[end]]
    if len(numbers) == 1:
        ((verb, number),) = numbers
        return f"{number:,} of {planned:,} planned evaluations {verb}"
    return f"of {planned:,} planned evaluations {listed([f'{number:,} {verb}' for verb, number in numbers])}"


def _verb(end: str, number: int) -> str:
    return _OF_ONE.get(end, end) if number == 1 else end


def _shown_twice(selected: SelectedLogs) -> Iterator[str]:
    """Of planned evaluations that are shown several times, under settings that the design does not plan."""
    shown = Counter((cell.match.planned, cell.epoch) for cell in selected.cells if cell.match.planned)
    often = sum(number > 1 for number in shown.values())
    further = {name for cell in selected.cells for name in cell.identity} - set(IDENTITY)
    if often and further:
        number = counted(often, "planned evaluation is", "planned evaluations are")
        yield (
            f"{number} shown more than once, since logs differ in {listed(sorted(further))}: "
            "what is not meant can be left out with data.where"
        )


def _names_of_tasks(ledger: Ledger) -> str | None:
    """Where there are logs of the planned runs, though of no planned evaluation: what both call the tasks."""
    runs = {row.run for row in ledger.rows if row.planned}
    odd = [row for row in ledger.unplanned if row.run in runs]
    if not odd:
        return None
    planned = _quoted(row.task for row in ledger.rows if row.planned)
    return (
        f", although there are logs of their runs: the design calls the tasks {planned}, "
        f"the logs call them {_quoted(row.task for row in odd)}"
    )


def _quoted(names: Iterable[str]) -> str:
    return listed([f"'{name}'" for name in dict.fromkeys(names)], NAMED)


def _named(use: Sequence[LogUse]) -> str:
    return listed([f"'{one.log.location}' ({one.reason})" for one in use], NAMED)
