"""Trials: evaluations of a part of the samples, which take no whole evaluation's place."""

from __future__ import annotations

from collections.abc import Iterable

from vizspec.logs.record import SAMPLE_LIMITS, Log

TRIAL_SHARE = 0.5
"""Below this share of the samples of another evaluation, one is a trial whatever else it tells."""


def is_part(log: Log) -> bool:
    """Whether the log tells that it is of a part of its data: it was limited, or samples have no score."""
    size, samples, scored = log.setup.dataset.size, log.samples, log.scored
    if samples is None:
        return not log.setup.limits.keys().isdisjoint(SAMPLE_LIMITS)
    return (size is not None and samples < size) or (scored is not None and scored < samples)


def is_trial_beside(log: Log, other: Log) -> bool:
    """Whether the log scored fewer samples than the other and is a part of its data, or not half of them."""
    mine, others = log.scored, other.scored
    if mine is None or others is None or mine >= others:
        return False
    return is_part(log) or mine < TRIAL_SHARE * others


def trials(logs: Iterable[Log]) -> frozenset[str]:
    """The locations of those that are trials beside the one of the most samples."""
    known = [log for log in logs if log.scored is not None]
    if not known:
        return frozenset()
    whole = max(known, key=lambda log: (log.scored or 0, log.location))
    return frozenset(log.location for log in known if is_trial_beside(log, whole))
