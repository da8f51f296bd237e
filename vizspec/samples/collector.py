"""Scores of many samples, one after the other, into the columns of one log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vizspec.metrics.known_metrics import RISK_SCORERS
from vizspec.samples.checked_score import NOT_SCORED, Checked, check
from vizspec.samples.raw_risk import RawRiskScore
from vizspec.samples.record import LogSamples, Member, NoSamples, Predictions, Reason, Source
from vizspec.text.messages import cut

RepeatKey = tuple[str, int]
"""A repeat of a sample: its id as text, and Inspect's epoch."""


class Collector:
    """Gathers the scores of one log and turns them into columns.

    Of two scores for one repeat of one sample the first is kept, and the second is counted.
    """

    def __init__(self) -> None:
        self.keys: dict[RepeatKey, None] = {}
        self.duplicates = 0
        self.speaks_of_risk = False
        self.risk_scorers: set[str] = set()
        self._rows: dict[str, dict[RepeatKey, Checked]] = {}

    def add(self, sample: int | str, epoch: int, scores: Mapping[str, RawRiskScore] | None) -> None:
        """One repeat of a sample with all its scores."""
        key = (str(sample), epoch)
        if key in self.keys:
            self.duplicates += 1
            return
        self.keys[key] = None
        for scorer, score in (scores or {}).items():
            checked = check(score)
            self.speaks_of_risk = self.speaks_of_risk or score.speaks_of_risk
            if scorer in RISK_SCORERS or score.speaks_of_risk:
                self.risk_scorers.add(scorer)
            self._rows.setdefault(scorer, {})[key] = checked

    @property
    def scorers(self) -> list[str]:
        """Every scorer met, by name."""
        return sorted(self._rows)

    def result(self, source: Source, epochs: int | None, member: Member) -> LogSamples | NoSamples:
        """The columns of the log's risk scorer, or that it has none."""
        total = len({sample for sample, _ in self.keys})
        if not self.risk_scorers:
            scorers = cut(", ".join(self.scorers))
            why = f"has no risk scores (its scorers: {scorers})" if scorers else "has no scored samples"
            return NoSamples(why if total else "the log holds no samples", source, total, usable=True)
        chosen, *others = sorted(self.risk_scorers, key=self._preference)
        keys = sorted(self.keys, key=_natural)
        found = self._rows[chosen]
        rows = [found.get(key, NOT_SCORED) for key in keys]
        orders = Counter(row.order for row in rows if row.last is not None or len(row.order) > 2)
        options = min(orders, key=lambda order: (-orders[order], order)) if orders else ()
        return LogSamples(
            source=source,
            scorer=chosen,
            other_scorers=tuple(others),
            options=options,
            orders=tuple(sorted(order for order in orders if set(order) == set(options))),
            epochs=epochs or max((epoch for _, epoch in keys), default=1),
            total=total,
            member=member,
            swapped=sum(row.swapped for row in rows),
            duplicates=self.duplicates,
            predictions=_columns(keys, [_in_order(row, options) for row in rows]),
        )

    def _preference(self, scorer: str) -> tuple[bool, int, str]:
        """Scorers with a usable prediction first, then the known ones in their order, then by name."""
        useless = all(row.reason is not None for row in self._rows[scorer].values())
        rank = RISK_SCORERS.index(scorer) if scorer in RISK_SCORERS else len(RISK_SCORERS)
        return (useless, rank, scorer)


def _natural(key: RepeatKey) -> tuple[int, int, str, int]:
    """Sample ids that are numbers in the order of numbers, before the others."""
    sample, epoch = key
    number = sample.isdecimal()
    return (0 if number else 1, int(sample) if number else 0, sample, epoch)


def _in_order(row: Checked, options: tuple[str, ...]) -> Checked:
    """The row with its probabilities in the log's order of options."""
    if row.reason is not None or row.order == options:
        return row
    if row.order == options[::-1] and row.target is not None:
        return row._replace(first=row.last, last=row.first, target=1 - row.target, order=options)
    return Checked(Reason.OTHER_OPTIONS.value)


def _columns(keys: Iterable[RepeatKey], rows: list[Checked]) -> Predictions:
    if not rows:
        return Predictions()
    samples, epochs = zip(*keys, strict=True)
    reason, _, first, last, target, correct, _ = zip(*rows, strict=True)
    return Predictions(samples, epochs, first, last, target, correct, reason)
