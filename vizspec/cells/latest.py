"""Which of a cell's logs is kept, and when the others are evaluations of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vizspec.cells.cell import Cell, key_of
from vizspec.cells.log_use import Fate, LogUse, Split
from vizspec.cells.settings import differing, marks
from vizspec.cells.trials import trials
from vizspec.logs.record import Log
from vizspec.metrics.catalogue import scorer_name
from vizspec.text.messages import counted, listed

LONG_AGO = datetime.min.replace(tzinfo=UTC)

NAMED = 3
"""How many metrics a sentence names."""

Groups = dict[tuple[str | None, ...], list[Cell]]


def conditions(cells: Iterable[Cell], identity: Sequence[str]) -> tuple[str, ...]:
    """The columns of settings in which cells differ that are alike in the identity columns.

    Limits that choose the samples are among them only where they are no trial's, as in `0-50` and `50-100`;
    arguments of a task's own solvers and scorers only where no other setting brings them about.
    """
    groups = _grouped(cells, identity).values()
    found = {name for group in groups for name in differing([cell.log for cell in group])}
    settings = tuple(sorted(found - set(identity)))
    whole = (_without_trials(group) for group in _grouped(cells, (*identity, *settings)).values())
    every = {name for logs in whole for name in differing(logs, every=True)}
    return (*settings, *sorted(every - {*identity, *settings}))


def newest(cells: Sequence[Cell], identity: Sequence[str]) -> Split:
    """The newest of the cells that are alike in the identity columns, the others, and warnings about them.

    Of logs of one time (copies of which one was scored again) that with the most metrics is taken, of those
    that with the last path; a log without a time is the oldest. A trial takes the place of no whole
    evaluation, however new it is.
    """
    kept: list[Cell] = []
    others: list[LogUse] = []
    oddities = _Oddities()
    for group in _grouped(cells, identity).values():
        ordered = sorted(group, key=lambda cell: _by_time(cell.log))
        of_trials = trials(cell.log for cell in ordered)
        *_, last = (cell for cell in ordered if cell.log.location not in of_trials)
        kept.append(last)
        at = ordered.index(last)
        others += [LogUse(cell.log, Fate.SUPERSEDED, _why(cell.log, last.log), cell) for cell in ordered[:at]]
        others += [
            LogUse(cell.log, Fate.TRIAL, _why_trial(cell.log, last.log), cell) for cell in ordered[at + 1 :]
        ]
        oddities.notice([cell.log for cell in ordered], last.log, at)
    return Split(kept, others, tuple(oddities.warnings()))


@dataclass
class _Oddities:
    """What a reader would not expect of the logs that are set aside, gathered over all cells."""

    unlike: defaultdict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))
    smaller: list[tuple[Log, Log]] = field(default_factory=list)
    trials: list[tuple[Log, Log]] = field(default_factory=list)
    ties: list[tuple[Log, Log]] = field(default_factory=list)
    lost: defaultdict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))

    def notice(self, ordered: Sequence[Log], last: Log, at: int) -> None:
        """Notes what is odd about the logs of one cell, of which that at `at` is kept."""
        older, newer = ordered[:at], ordered[at + 1 :]
        for log in older:
            self.unlike[_unlike(log, last)].append(log.location)
            self.lost[_lost(log, last)].append(log.location)
        whole = max(older, key=lambda log: log.scored or 0, default=last)
        mine = last.scored
        if mine is not None and mine < (whole.scored or 0):
            self.smaller.append((last, whole))
        self.trials += [(log, last) for log in newer]
        self.ties += [(log, last) for log in older if _is_tie(log, last)]

    def warnings(self) -> Iterator[str]:
        self.unlike.pop((), None)
        yield from _of_unlike(self.unlike)
        yield from _of_smaller(self.smaller)
        yield from _of_trials(self.trials)
        yield from _of_ties(self.ties)
        self.lost.pop((), None)
        yield from _of_lost(self.lost)


def _grouped(cells: Iterable[Cell], identity: Sequence[str]) -> Groups:
    groups: defaultdict[tuple[str | None, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key_of(cell, identity)].append(cell)
    return groups


def _without_trials(group: Sequence[Cell]) -> list[Log]:
    logs = [cell.log for cell in group]
    of_trials = trials(logs)
    return [log for log in logs if log.location not in of_trials]


def _why(older: Log, newest: Log) -> str:
    if older.eval_id is not None and older.eval_id == newest.eval_id:
        return f"it is the same evaluation as '{newest.location}'"
    if older.created is None:
        return f"it tells no time, and '{newest.location}' is of the same cell"
    if older.created == newest.created:
        return f"'{newest.location}' is of the same cell and the same time"
    return f"'{newest.location}' is newer"


def _why_trial(trial: Log, whole: Log) -> str:
    return f"it scored {_samples(trial)}, and '{whole.location}' {_samples(whole)}"


def _samples(log: Log) -> str:
    number = log.scored
    return "an unknown number of samples" if number is None else counted(number, "sample")


def _unlike(older: Log, newest: Log) -> tuple[str, ...]:
    """In what of its setup an older log differs from the one that takes its place."""
    ours, theirs = older.setup.dataset.sample_ids, newest.setup.dataset.sample_ids
    has_others = ours is not None and theirs is not None and ours != theirs
    of_samples = ("sample_ids",) if has_others else ()
    return (*differing([older, newest], every=True), *of_samples, *_marked(older, newest))


def _marked(older: Log, newest: Log) -> Iterator[str]:
    """In what both logs' users marked them, and differently."""
    ours, theirs = marks(older), marks(newest)
    yield from (name for name, value in ours.items() if name in theirs and theirs[name] != value)


def _is_tie(older: Log, newest: Log) -> bool:
    """Whether the two are of one time and tell a metric otherwise: nothing says which of them counts."""
    ours, theirs = _results(older), _results(newest)
    differs = any(name in theirs and theirs[name] != value for name, value in ours.items())
    return older.created == newest.created and differs


def _lost(older: Log, newest: Log) -> tuple[str, ...]:
    """The metrics of an older log that the one which takes its place lacks."""
    theirs = _results(newest)
    return tuple(sorted(name for name in _results(older) if name not in theirs))


def _results(log: Log) -> dict[str, float]:
    """Every metric of a log that has a value, by its name."""
    return {
        f"{scorer_name(score)}/{name}": value
        for score in log.scores
        for name, value in score.metrics.items()
        if value is not None
    }


def _by_time(log: Log) -> tuple[datetime, int, str]:
    return (log.created or LONG_AGO, len(_results(log)), log.location)


def _of_unlike(unlike: dict[tuple[str, ...], list[str]]) -> Iterator[str]:
    for names, logs in unlike.items():
        yield (
            f"{counted(len(logs), 'log differs', 'logs differ')} from the newer one of the same cell in "
            f"{', '.join(names)}, such as '{min(logs)}': "
            "if these are conditions to compare, name the column in data.identity"
        )


def _of_smaller(smaller: Sequence[tuple[Log, Log]]) -> Iterator[str]:
    """Of the newest logs that have fewer samples than an older one of their cell."""
    for trial, whole, count in _first(smaller, "log has", "logs have"):
        yield (
            f"{count} fewer samples than an older one whose place it takes, such as '{trial.location}' "
            f"({_part(trial, whole)}): "
            f"if it is a trial, leave it out with data.where, as in 'n_samples > {trial.samples}'"
        )


def _of_trials(found: Sequence[tuple[Log, Log]]) -> Iterator[str]:
    """Of the logs that are newer than the one that is shown, but of a part of its samples."""
    one, several = "log is newer than the one that is shown, but has", "logs are newer, but have"
    for trial, whole, count in _first(found, one, several):
        yield (
            f"{count} only a part of its samples, such as '{trial.location}' "
            f"({_part(trial, whole)}): "
            "a trial does not replace a whole evaluation"
        )


def _part(trial: Log, whole: Log) -> str:
    return f"{trial.scored:,} of {whole.scored:,} samples of '{whole.location}'"


def _of_ties(ties: Sequence[tuple[Log, Log]]) -> Iterator[str]:
    for older, last, count in _first(ties, "log has", "logs have"):
        yield (
            f"{count} other results than one of the same cell and the same time: '{older.location}' and "
            f"'{last.location}', of which the last is shown; leave one out with data.where, or name a column "
            "in which they differ in data.identity"
        )


def _of_lost(lost: dict[tuple[str, ...], list[str]]) -> Iterator[str]:
    """Of logs whose metrics go with them, since the newer log of their cell was scored otherwise."""
    for names, logs in lost.items():
        yield (
            f"{counted(len(logs), 'log has', 'logs have')} values of {listed(list(names), NAMED)} that the "
            f"one shown in its place lacks, such as '{min(logs)}': have that one scored by them too (inspect "
            "score), or leave it out with data.where"
        )


def _first(pairs: Sequence[tuple[Log, Log]], one: str, several: str) -> Iterator[tuple[Log, Log, str]]:
    """The pair whose log comes first by its path, with how many there are; nothing of none."""
    if pairs:
        log, other = min(pairs, key=lambda pair: pair[0].location)
        yield log, other, counted(len(pairs), one, several)
