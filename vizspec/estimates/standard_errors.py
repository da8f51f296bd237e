"""The standard error of one metric of a log: as the log tells it, else as its samples do."""

from __future__ import annotations

import math
from collections import defaultdict
from statistics import fmean, stdev

from vizspec.estimates.counts import HAVE_STDERR
from vizspec.metrics.catalogue import Metric
from vizspec.metrics.known_metrics import HEADLINE
from vizspec.metrics.score import LoggedInterval, Score, ScoreGroup
from vizspec.samples.scored import SampleScores
from vizspec.statistics.intervals import quantile


def standard_error(metric: Metric, score: Score, n: int | None, values: SampleScores | None) -> float | None:
    """The standard error, where the log gives it; of a mean of groups else that of their samples."""
    group = score.groups.get(metric.name)
    if group is None:
        is_its = metric.name in HAVE_STDERR or metric.scorer == HEADLINE
        known = score.stderr if score.stderr is not None else _of_interval(score.interval, n)
        return known if is_its else None
    if group.whole == "groups":
        logged = _of_mean_of_groups(group, score)
        value = score.metrics[metric.name]
        return logged if logged is not None else _of_groups_samples(group, score, value, values)
    is_same = group.whole == "samples" and group.of in HAVE_STDERR and group.stderr is None
    return score.stderr if is_same else group.stderr


def _of_interval(logged: LoggedInterval | None, n: int | None) -> float | None:
    """The standard error that a logged interval of Student's t was made with."""
    if logged is None or logged.method != "t" or logged.cluster is not None or n is None or n < 2:
        return None
    return (logged.upper - logged.lower) / 2 / quantile(logged.level, n - 1)


def _of_mean_of_groups(whole: ScoreGroup, score: Score) -> float | None:
    """The standard error of a mean of independent groups, each of which has its own: √(Σ s²) / k."""
    errors = [each.stderr for each in score.groups.values() if (each.key, each.whole) == (whole.key, None)]
    known = [error for error in errors if error is not None]
    return math.hypot(*known) / len(known) if known and len(known) == len(errors) else None


def _of_groups_samples(
    whole: ScoreGroup, score: Score, value: float | None, values: SampleScores | None
) -> float | None:
    """The same, of groups whose samples are known; None where they do not give the value that is stored."""
    if values is None or value is None or whole.of not in HAVE_STDERR:
        return None
    scores = values.means(score.scorer)
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for sample, group in values.groups(whole.key, score.scorer).items():
        groups[group].append(scores[sample])
    if not groups or any(len(members) < 2 for members in groups.values()):
        return None
    if not math.isclose(fmean(map(fmean, groups.values())), value, rel_tol=1e-6, abs_tol=1e-9):
        return None
    return math.hypot(*(stdev(members) / math.sqrt(len(members)) for members in groups.values())) / len(
        groups
    )
