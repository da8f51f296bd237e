"""How many samples, clusters and groups stand behind a value, and whether it is a share of them. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from vizspec.cells.cell import Cell
from vizspec.logs.record import Log
from vizspec.metrics.catalogue import Metric, scorer_name
from vizspec.metrics.known_metrics import ACCURACY
from vizspec.metrics.score import Score, ScoreGroup
from vizspec.samples.scored import SampleScores

ScoresOfCells = Mapping[Cell, SampleScores]
"""What was read of the samples, by cell; a cell may be missing."""

HAVE_STDERR = frozenset({"accuracy", "mean"})
"""The metrics whose standard error a log gives beside them."""

PARSE_RATE = "parse_rate"
"""The share of answers that could be read as numbers."""

PROPORTIONS = frozenset({ACCURACY, PARSE_RATE})
"""The metrics that count successes, where each sample is one or none."""

EXACT = 1e-6
"""A share of samples that lies no farther from a count of them is that count."""


def measure(name: str, score: Score) -> str:
    """What a metric is: of one that was worked out by groups, the metric that was applied to them."""
    group = score.groups.get(name)
    return name if group is None else group.of


def scored_samples(log: Log, score: Score) -> int | None:
    """The samples behind a score: as the log counts them, else all, where every one was completed."""
    if score.scored is not None:
        return score.scored
    if log.samples is not None and log.completed == log.samples * log.epochs:
        return log.samples
    return None


def samples_behind(log: Log, metric: Metric, score: Score, values: SampleScores | None) -> int | None:
    """The samples that one metric is made of; None where that is not known.

    Of a group its own, counted in the samples; of errors of numbers those answers that were read as numbers,
    which are known through the parse rate, where that is a count of the scored samples.
    """
    group = score.groups.get(metric.name)
    if group is not None and group.whole is None:
        return _samples_of(group, score, values)
    n = scored_samples(log, score)
    rate = score.metrics.get(PARSE_RATE)
    if metric.family != "regression" or metric.name == PARSE_RATE or rate is None or n is None:
        return n
    parsed = round(rate * n)
    return parsed if abs(rate * n - parsed) < EXACT * n else None


def samples_meant(log: Log, metric: Metric) -> int | None:
    """The samples that the metric should be made of: all that were evaluated; not known of a group."""
    return None if metric.group is not None else log.samples


def scores_behind(name: str, score: Score, values: SampleScores) -> dict[str, float]:
    """By sample the scores that a metric is the mean of: of a group its own, else those of all samples."""
    scores, group = values.means(score.scorer), score.groups.get(name)
    if group is None or group.whole == "samples":
        return scores
    if group.whole == "groups":
        return {}
    groups = values.groups(group.key, score.scorer)
    return {sample: scores[sample] for sample, of in groups.items() if _named(group, of) == group.name}


def clusters_of(score: Score, key: str, values: SampleScores | None) -> dict[str, str] | None:
    """By sample with a score its cluster; None where not every one is known."""
    return (values.groups(key, score.scorer) if values is not None else {}) or None


def clusters_behind(score: Score, key: str, values: SampleScores | None) -> int | None:
    """How many clusters of samples have a score."""
    found = clusters_of(score, key, values)
    return None if found is None else len(set(found.values()))


def shares(cells: Iterable[Cell], values: ScoresOfCells) -> frozenset[tuple[str, str, str]]:
    """The metrics (log, scorer, name) that are shares of samples, each a success or a failure.

    Where the samples were read they tell. Where they were not, a metric is a share in no log unless every log
    of its scorer agrees: that its value is a count of the samples, and its standard error that of zeros and
    ones. One log alone may do so by chance. Repeats reduced to their mean and clusters never are.
    """
    cells = tuple(cells)
    verdicts = {
        (cell, scorer_name(score), name): _is_share(cell.log, score, name, values.get(cell))
        for cell in cells
        for score in cell.log.scores
        if score.stands_for is None
        for name in score.metrics
        if measure(name, score) in PROPORTIONS
    }
    denied = {
        (scorer, name)
        for (cell, scorer, name), is_share in verdicts.items()
        if is_share is False and cell.log.epochs == 1
    }
    return frozenset(
        (cell.log.location, scorer, name)
        for (cell, scorer, name), is_share in verdicts.items()
        if is_share and ((scorer, name) not in denied or cell in values)
    )


def _samples_of(group: ScoreGroup, score: Score, values: SampleScores | None) -> int | None:
    found = values.groups(group.key, score.scorer) if values is not None else {}
    return sum(_named(group, of) == group.name for of in found.values()) or None


def _named(group: ScoreGroup, of: str) -> str:
    """The group as the log writes it."""
    return group.template.replace("{group_name}", of)


def _is_share(log: Log, score: Score, name: str, values: SampleScores | None) -> bool | None:
    """Whether the metric is a share in this log; None where the log says nothing of it."""
    value, n, group = score.metrics[name], scored_samples(log, score), score.groups.get(name)
    if value is None or score.clustered or (group is not None and group.whole == "groups"):
        return None
    if group is None and values is not None and name == ACCURACY and (found := values.means(score.scorer)):
        are_successes = _are_successes(found.values(), value)
        if are_successes or log.epochs == 1:
            return are_successes
    if group is not None and group.whole is None:
        n = _samples_of(group, score, values)
    if not n:
        return None
    if abs(value * n - round(value * n)) >= EXACT * n:
        return False
    stderr = score.stderr if group is None else group.stderr
    if stderr is None or measure(name, score) not in HAVE_STDERR or n < 2:
        return log.epochs == 1
    return _is_binomial(value, n, stderr)


def _are_successes(scores: Iterable[float], value: float) -> bool:
    """Whether the scores are zeros and ones of which `value` is the mean."""
    known = tuple(scores)
    is_mean = abs(math.fsum(known) / len(known) - value) < EXACT
    return is_mean and all(score in (0, 1) for score in known)


def _is_binomial(value: float, n: int, stderr: float) -> bool:
    """Whether the standard error is that of `n` zeros and ones: sqrt(p (1 - p) / (n - 1)).

    Partial credit and means over repeats vary less. Repeats may have been reduced to zeros and ones.
    """
    binomial = math.sqrt(max(value * (1 - value), 0) / (n - 1))
    return abs(stderr - binomial) <= EXACT * max(binomial, EXACT)
