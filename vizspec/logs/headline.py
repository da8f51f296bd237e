"""The headline of a suite: each task's own metric, where no metric is on all of its tasks. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vizspec.logs.record import Log, Status
from vizspec.metrics.catalogue import has_shares, is_share, scorer_name
from vizspec.metrics.known_metrics import ACCURACY, HEADLINE, MIXED, of_name
from vizspec.metrics.score import MetricName, Score

FEWEST_TASKS = 2
"""Tasks that a headline has in common."""


class _Held(NamedTuple):
    """A metric of a log, with the score that it is of."""

    metric: MetricName
    score: Score

    @property
    def value(self) -> float | None:
        return self.score.metrics.get(self.metric.name)


def with_headlines(logs: Sequence[Log]) -> tuple[Log, ...]:
    """The logs, those of a suite with their headline, and with a score of it before their own.

    They are of a suite where no metric that could stand for a task is on all of them. What could is the
    metric that a task declares, else the accuracies that are shares as far as is known, else any metric;
    the first that all logs of a task have stands for it. A score of its own has the headline of those tasks
    whose values share a scale: between 0 and 1, and not better the lower. Rows of frames that have a headline
    keep it.
    """
    if any(score.scorer == HEADLINE for log in logs for score in log.scores):
        return tuple(logs)
    no_shares = {scorer_name(score) for log in logs for score in log.scores if not has_shares(score)}
    held = {log.location: tuple(_could_stand(log, no_shares)) for log in logs}
    tasks: defaultdict[str | None, list[Log]] = defaultdict(list)
    for log in logs:
        if held[log.location]:
            tasks[log.task].append(log)
    of_task = [{one.metric for log in some for one in held[log.location]} for some in tasks.values()]
    if len(of_task) < FEWEST_TASKS or set.intersection(*of_task):
        return tuple(logs)
    own = {place: one for some in tasks.values() for place, one in _own(some, held).items()}
    pooled = [log for some in tasks.values() if _share_a_scale(some, own, no_shares) for log in some]
    names = {own[log.location].metric.name for log in pooled}
    name = names.pop() if len(names) == 1 else MIXED
    is_shared = len({log.task for log in pooled}) >= FEWEST_TASKS
    shared = {log.location for log in pooled} if is_shared else set()
    return tuple(
        _headed(log, own.get(log.location), name if log.location in shared else None) for log in logs
    )


def _could_stand(log: Log, no_shares: Collection[str]) -> Iterator[_Held]:
    """The metrics of a successful log of which one may stand for it, in the log's order."""
    every = [
        _Held(MetricName(scorer_name(score), name), score)
        for score in log.scores
        for name, value in score.metrics.items()
        if value is not None and (name not in score.groups or score.groups[name].whole is not None)
    ]
    if log.status is not Status.SUCCESS:
        return
    declared = [one for one in every if one.metric == log.headline]
    accuracies = [one for one in every if one.metric.name == ACCURACY and one.metric.scorer not in no_shares]
    yield from declared or accuracies or every


def _own(logs: Sequence[Log], held: Mapping[str, Sequence[_Held]]) -> dict[str, _Held]:
    """By log of one task what stands for it: the first metric that all have, else the first of each."""
    by_metric = {log.location: {one.metric: one for one in held[log.location]} for log in logs}
    common = next((m for m in by_metric[logs[0].location] if all(m in of for of in by_metric.values())), None)
    return {place: held[place][0] if common is None else of[common] for place, of in by_metric.items()}


def _share_a_scale(logs: Sequence[Log], own: Mapping[str, _Held], no_shares: Collection[str]) -> bool:
    """Whether the values of one task lie on the scale that tasks of a suite may share."""
    found = [own[log.location] for log in logs]
    return all(
        one.value is not None
        and is_share(one.value)
        and one.metric.scorer not in no_shares
        and of_name(*one.metric).better != "lower"
        for one in found
    )


def _headed(log: Log, own: _Held | None, name: str | None) -> Log:
    """The log with its headline, and with a score of the headline where that has a name."""
    if own is None:
        return log
    log = replace(log, headline=own.metric)
    if name is None:
        return log
    score = own.score
    headline = Score(
        HEADLINE,
        {name: own.value},
        stderr=score.stderr,
        cluster=score.cluster,
        scored=score.scored,
        unscored=score.unscored,
        interval=score.interval,
        stands_for=own.metric,
    )
    return replace(log, scores=(headline, *log.scores))
