"""The headline of a suite: each task's own accuracy, where every task has a scorer of its own. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from vizspec.logs.record import Log, Status
from vizspec.metrics.catalogue import has_shares, scorer_name
from vizspec.metrics.known import ACCURACY, HEADLINE
from vizspec.metrics.score import Score


def with_headlines(logs: Sequence[Log]) -> tuple[Log, ...]:
    """The logs, each with a headline score before its own where they are of a suite.

    They are where several tasks have an accuracy, and no scorer has one on all of them: then no metric of one
    scorer shows all tasks. The headline is the accuracy of the log's first scorer that has one. Rows of
    frames that have a headline keep it.
    """
    no_shares = {scorer_name(score) for log in logs for score in log.scores if not has_shares(score)}
    own = {log.location: _own(log, no_shares) for log in logs}
    tasks: defaultdict[str, set[str | None]] = defaultdict(set)
    for log in logs:
        if own[log.location]:
            for score in log.scores:
                if score.metrics.get(ACCURACY) is not None:
                    tasks[scorer_name(score)].add(log.task)
    every = set().union(*tasks.values())
    has_headline = any(score.scorer == HEADLINE for log in logs for score in log.scores)
    if len(every) < 2 or has_headline or any(has == every for has in tasks.values()):
        return tuple(logs)
    return tuple(_headed(log, own[log.location]) for log in logs)


def _own(log: Log, no_shares: set[str]) -> Score | None:
    """The first score of a successful log that has an accuracy, which is a share as far as is known."""
    found = (score for score in log.scores if score.metrics.get(ACCURACY) is not None)
    shares = (score for score in found if scorer_name(score) not in no_shares)
    return next(shares, None) if log.status is Status.SUCCESS else None


def _headed(log: Log, own: Score | None) -> Log:
    if own is None:
        return log
    headline = Score(
        HEADLINE,
        {ACCURACY: own.metrics[ACCURACY]},
        stderr=own.stderr,
        cluster=own.cluster,
        scored=own.scored,
        unscored=own.unscored,
        interval=own.interval,
        stands_for=scorer_name(own),
    )
    return replace(log, scores=(headline, *log.scores))
