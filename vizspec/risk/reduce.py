"""From the predictions of one log to risk values for one positive class: one entry a sample.

The repeats of a sample (Inspect's epochs) are reduced to their mean before any statistics: they are not
independent, and to pool them would make intervals too narrow. The mean is that of the probabilities; the
confidence is the mean probability of the option that is likelier on average.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from vizspec.risk.record import LogRisk, NoRisk
from vizspec.samples.record import LogSamples, NoSamples, Reason
from vizspec.text.messages import agreeing

MINIMUM_SAMPLES = 2
"""Fewer say nothing of how predictions and truth go together."""


class Repeat(NamedTuple):
    """One repeat of one sample: an entry of every column of `Predictions`."""

    sample: str
    epoch: int
    first: float | None
    last: float | None
    target: int | None
    correct: float | None
    reason: str | None


class Reduced(NamedTuple):
    """One sample: its mean probabilities and value, or the reason why it has none."""

    sample: str
    first: float
    last: float
    target: int
    correct: float | None
    reason: str | None
    incomplete: bool


def log_risk(samples: LogSamples | NoSamples, positive: str | None = None) -> LogRisk | NoRisk:
    """The log's risk values where it has at least two valid samples and both classes; else why not.

    `positive` must be one of the log's options (see `vizspec.risk.positive`); None: the last.
    """
    if isinstance(samples, NoSamples):
        return NoRisk(samples.reason, source=samples.source, is_passing=samples.is_passing)
    risk = _risk(samples, positive)
    reason = _too_little(risk)
    return NoRisk(reason, risk, samples.source) if reason else risk


def _risk(log: LogSamples, positive: str | None) -> LogRisk:
    reduced = list(_reduced(log))
    valid = [sample for sample in reduced if sample.reason is None]
    chosen = positive or (log.options[-1] if log.options else "")
    is_last = not log.options or chosen == log.options[-1]
    return LogRisk(
        scorer=log.scorer,
        positive=chosen,
        options=log.options,
        sample_ids=tuple(sample.sample for sample in valid),
        y_true=tuple(sample.target if is_last else 1 - sample.target for sample in valid),
        y_score=tuple(sample.last if is_last else sample.first for sample in valid),
        confidence=tuple(max(sample.first, sample.last) for sample in valid),
        correct=tuple(sample.correct for sample in valid),
        n_total=log.total,
        epochs=log.epochs,
        member=log.member,
        invalid=tuple(sorted(Counter(sample.reason for sample in reduced if sample.reason).items())),
        incomplete=sum(sample.incomplete for sample in valid),
        notes=tuple(_notes(log)),
        other_scorers=log.other_scorers,
        source=log.source,
    )


def _reduced(log: LogSamples) -> Iterator[Reduced]:
    columns = log.predictions
    repeats = zip(
        columns.sample,
        columns.epoch,
        columns.first,
        columns.last,
        columns.target,
        columns.correct,
        columns.reason,
        strict=True,
    )
    if log.epochs == 1:
        for sample, _, first, last, target, correct, reason in repeats:
            yield Reduced(sample, first or 0.0, last or 0.0, target or 0, correct, reason, False)
        return
    for sample, group in groupby((Repeat(*repeat) for repeat in repeats), key=lambda repeat: repeat.sample):
        yield _mean(sample, list(group))


def _mean(sample: str, repeats: list[Repeat]) -> Reduced:
    valid = [repeat for repeat in repeats if repeat.reason is None]
    if not valid:
        return Reduced(sample, 0.0, 0.0, 0, None, repeats[0].reason, False)
    targets = {repeat.target for repeat in valid if repeat.target is not None}
    if len(targets) > 1:
        return Reduced(sample, 0.0, 0.0, 0, None, Reason.CHANGING_TARGET.value, False)
    values = [repeat.correct for repeat in valid if repeat.correct is not None]
    return Reduced(
        sample=sample,
        first=sum(repeat.first or 0.0 for repeat in valid) / len(valid),
        last=sum(repeat.last or 0.0 for repeat in valid) / len(valid),
        target=targets.pop(),
        correct=sum(values) / len(values) if values else None,
        reason=None,
        incomplete=len(valid) < len(repeats),
    )


def _notes(log: LogSamples) -> Iterator[str]:
    if log.swapped:
        yield (
            f"the risk score stored for {log.swapped:,} samples is the probability of {log.options[0]!r}, "
            f"not of {log.options[-1]!r}: the option probabilities were used"
        )
    if log.duplicates:
        yield f"{log.duplicates:,} samples stand in the log twice: the first of each was used"


def _too_little(risk: LogRisk) -> str | None:
    """Why no curve can be drawn of it, in words that follow the log's name."""
    if risk.n_valid < MINIMUM_SAMPLES:
        valid = f"has {risk.n_valid or 'no'} {agreeing(risk.n_valid, 'valid sample')}"
        of_total = f"{valid} of {risk.n_total:,}"
        return f"{of_total}{_why(risk)}"
    if len(set(risk.y_true)) < MINIMUM_SAMPLES:
        option = risk.positive if risk.y_true[0] else next(o for o in risk.options if o != risk.positive)
        return f"has one class only: the target of all {risk.n_valid:,} valid samples is {option!r}"
    return None


def _why(risk: LogRisk) -> str:
    counts = [f"{count:,} whose {reason}" for reason, count in risk.invalid]
    return f" ({'; '.join(counts)})" if counts else ""
