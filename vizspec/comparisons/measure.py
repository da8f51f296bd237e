"""What one evaluation scored in one metric, a value a sample: repeats are reduced to one beforehand. Pure.

Only metrics whose value is made of single samples can be compared on samples: means of their scores, and the
risk metrics that come of one probability a sample. A mean is believed where it is what the log stores.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import fmean, median, multimode

from vizspec.cells.cell import Cell
from vizspec.metrics.catalogue import Metric, score_of
from vizspec.metrics.known_metrics import AUC, CALIBRATION_ERRORS, of_name, without_prefix
from vizspec.metrics.score import Score
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.risk.statistics import OF_SAMPLE
from vizspec.samples.scored import NoScores, SampleScores
from vizspec.statistics.arrays import UNIT, Range
from vizspec.statistics.errors_of_numbers import ERRORS_OF_SAMPLE

TOLERANCE = 1e-6
"""A mean of scores that lies no farther from the stored one is it."""

WHY_NOT_JUDGED = "no interval of a difference of calibration errors is sound: compare the Brier score"


class NotReadable(str):
    """Why a log's samples cannot be had at all, in words after its name: what it stores has to do."""

    __slots__ = ()


@dataclass(frozen=True)
class Measured:
    """The scores of one evaluation, an entry a sample; None where the sample failed or has no score.

    `question` tells what each sample asks, empty where it is not known. `truth`: the class of each sample,
    where the metric is an area under a ROC curve. `clusters`: what the samples' metadata say of a key.
    """

    samples: tuple[str, ...]
    values: tuple[float | None, ...]
    question: tuple[str, ...]
    scores: Range = UNIT
    epochs: int = 1
    truth: Mapping[str, int] | None = None
    clusters: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, float]:
        """The samples that have a score."""
        pairs = zip(self.samples, self.values, strict=True)
        return {sample: value for sample, value in pairs if value is not None}


def never_judged(metric: Metric) -> str | None:
    """Why differences in a metric are never judged; None where they are."""
    return WHY_NOT_JUDGED if without_prefix(metric.name) in CALIBRATION_ERRORS else None


def measure(
    cell: Cell,
    metric: Metric,
    scores: SampleScores | NoScores | None,
    risk: LogRisk | NoRisk | None = None,
    cluster: str | None = None,
) -> Measured | str:
    """The values of a cell's samples in a metric, or why there are none, in words after the log's name."""
    metric = _own(cell, metric)
    if scores is None:
        return NotReadable("is a row of a data frame, which holds no samples")
    if isinstance(scores, NoScores):
        return NotReadable(scores.reason)
    if cluster is not None and all(value is None for value in scores.metadata.get(cluster, ())):
        return f"tells no {cluster} of its samples, by which they are clustered"
    name = without_prefix(metric.name)
    if metric.family == "risk" and name in OF_SAMPLE:
        return _of_risk(metric, name, scores, risk, cluster)
    if name in ERRORS_OF_SAMPLE and metric.scorer in scores.pairs:
        return _of_errors(cell, metric, name, scores, cluster)
    return _of_scores(cell, metric, scores, cluster)


def _own(cell: Cell, metric: Metric) -> Metric:
    """The metric whose values a headline has in this cell; any other metric is its own."""
    score = score_of(cell.log.scores, metric)
    found = score.stands_for if score is not None else None
    if found is None:
        return metric
    family = of_name(*found).family
    return replace(metric, scorer=found.scorer, name=found.name, family=family)


def _of_risk(
    metric: Metric, name: str, scores: SampleScores, risk: LogRisk | NoRisk | None, cluster: str | None
) -> Measured | str:
    found = risk.risk if isinstance(risk, NoRisk) else risk
    if found is None:
        return risk.reason if isinstance(risk, NoRisk) else "has no risk scores"
    if found.scorer != metric.scorer:
        return f"has the risk scores of {found.scorer}, not of {metric.scorer}"
    entry = OF_SAMPLE[name]
    of_sample = {
        sample: entry(score, truth)
        for sample, score, truth in zip(found.sample_ids, found.y_score, found.y_true, strict=True)
    }
    truth = dict(zip(found.sample_ids, found.y_true, strict=True)) if name == AUC else None
    samples = tuple(dict.fromkeys(scores.sample))
    return Measured(
        samples,
        tuple(of_sample.get(sample) for sample in samples),
        _questions(scores, samples),
        UNIT,
        found.epochs,
        truth,
        _clusters(scores, cluster),
    )


def _of_errors(
    cell: Cell, metric: Metric, name: str, scores: SampleScores, cluster: str | None
) -> Measured | str:
    """The error of each sample whose answer is a number; of repeats the first tells, as in the results."""
    error = ERRORS_OF_SAMPLE[name]
    first: dict[str, tuple[float, float] | None] = {}
    for sample, pair in zip(scores.sample, scores.pairs[metric.scorer], strict=True):
        first.setdefault(sample, pair)
    values = {sample: None if pair is None else error(*pair) for sample, pair in first.items()}
    known = [value for value in values.values() if value is not None]
    score = score_of(cell.log.scores, metric)
    stored = score.metrics.get(metric.name) if score is not None else None
    if stored is None or not known or not math.isclose(fmean(known), stored, rel_tol=TOLERANCE):
        return _of_scores(cell, metric, scores, cluster)
    samples = tuple(values)
    return Measured(
        samples,
        tuple(values.values()),
        _questions(scores, samples),
        Range(None, None),
        1,
        None,
        _clusters(scores, cluster),
    )


def _of_scores(cell: Cell, metric: Metric, scores: SampleScores, cluster: str | None) -> Measured | str:
    score = score_of(cell.log.scores, metric)
    if score is None or score.metrics.get(metric.name) is None:
        return f"has no value of {metric.id}"
    column = scores.scores.get(score.scorer)
    if column is None:
        return f"holds no scores of {score.scorer} for its samples"
    reduce = _reducer(score.reducer)
    if reduce is None:
        return f"reduces its repeats by {score.reducer}, which is not worked out anew"
    repeats: dict[str, list[float | None]] = {}
    for sample, value in zip(scores.sample, column, strict=True):
        repeats.setdefault(sample, []).append(value)
    values = {sample: _reduced(given, reduce) for sample, given in repeats.items()}
    known = [value for value in values.values() if value is not None]
    problem = _is_not_the_mean(metric, score, known)
    if problem is not None:
        return problem
    samples = tuple(values)
    return Measured(
        samples,
        tuple(values.values()),
        _questions(scores, samples),
        _range(metric, known),
        max((len(given) for given in repeats.values()), default=1),
        None,
        _clusters(scores, cluster),
    )


def _is_not_the_mean(metric: Metric, score: Score, known: Sequence[float]) -> str | None:
    """Why the stored value is no mean of these scores; None where it is."""
    if not known:
        return f"has no sample with a number as its score of {score.scorer}"
    stored, found = score.metrics[metric.name], fmean(known)
    if stored is not None and math.isclose(stored, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        return None
    if metric.name in ("accuracy", "mean"):
        return (
            f"stores {stored:.4g} as its {metric.label}, where the mean of its samples' scores is {found:.4g}"
        )
    return f"stores a {metric.label} that is no mean of single samples' scores"


def _range(metric: Metric, known: Sequence[float]) -> Range:
    """The range of one score: the metric's where all lie in it; zeros and ones are shares in any case."""
    if all(value in (0, 1) for value in known):
        return UNIT
    reach = Range(metric.lowest, metric.highest)
    return reach if all(metric.admits(value) for value in known) else Range(None, None)


def _reduced(given: Sequence[float | None], reduce: Callable[[Sequence[float]], float]) -> float | None:
    known = [value for value in given if value is not None]
    found = reduce(known) if known else math.nan
    return None if math.isnan(found) else found


def _mode(values: Sequence[float]) -> float:
    return multimode(values)[0]


def _pass_at(k: int, values: Sequence[float]) -> float:
    """The chance that one of `k` repeats drawn of these is a success (Chen et al., arXiv 2107.03374)."""
    failures = sum(value < 1 for value in values)
    if len(values) < k:
        return math.nan
    return 1 - math.comb(failures, k) / math.comb(len(values), k)


_REDUCERS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "mean": fmean,
    "median": median,
    "max": max,
    "mode": _mode,
}


def _reducer(name: str | None) -> Callable[[Sequence[float]], float] | None:
    """How repeats become one; `at_least_2` is a success where two repeats are."""
    if name is None:
        return fmean
    of, _, number = name.rpartition("_")
    if number.isdecimal() and of == "at_least":
        return lambda values: float(sum(value >= 1 for value in values) >= int(number))
    if number.isdecimal() and of == "pass_at":
        return partial(_pass_at, int(number))
    return _REDUCERS.get(name)


def _questions(scores: SampleScores, samples: Sequence[str]) -> tuple[str, ...]:
    """What each sample asks; of repeats the first tells."""
    texts: dict[str, str] = {}
    for sample, question, answer in zip(scores.sample, scores.question, scores.answer, strict=True):
        texts.setdefault(sample, question + answer)
    return tuple(texts[sample] for sample in samples)


def _clusters(scores: SampleScores, key: str | None) -> Mapping[str, str]:
    """The cluster of each sample; a sample that tells none is one of its own."""
    column = scores.metadata.get(key or "")
    if column is None:
        return {}
    pairs = zip(scores.sample, column, strict=True)
    return {sample: f"={value}" if value is not None else f"sample {sample}" for sample, value in pairs}
