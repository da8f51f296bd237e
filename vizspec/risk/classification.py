"""What the answers of a log are worth as a classification of its samples into two classes.

An answer that is wrong counts as the other class, in whatever words it is given.
"""

from __future__ import annotations

from dataclasses import dataclass

from vizspec.risk.record import LogRisk, RiskEstimate
from vizspec.statistics.intervals import Interval
from vizspec.statistics.method import Method
from vizspec.statistics.mover import mover
from vizspec.statistics.wilson import wilson
from vizspec.text.messages import agreeing, counted

BALANCED_ACCURACY = "balanced_accuracy"
F1 = "f1"
PRECISION = "precision"
RECALL = "recall"
SPECIFICITY = "specificity"
BASE_RATE = "base_rate"
CLASS_BALANCE = "class_balance"
NAMES = (BALANCED_ACCURACY, F1, PRECISION, RECALL, SPECIFICITY, BASE_RATE, CLASS_BALANCE)

NO_SAMPLES = "no sample is of the kind that it counts"


@dataclass(frozen=True)
class ClassifiedSamples:
    """How the samples of a log were classified, an entry a sample: whether its class is the positive one, and
    whether it was answered right. `unnamed` counts the wrong answers that name neither class.
    """

    positive: str
    is_positive: tuple[bool, ...]
    is_right: tuple[bool, ...]
    unnamed: int = 0


def answers_of_risk(risk: LogRisk) -> ClassifiedSamples | None:
    """The answers of a log with risk scores; None where one is not just right or wrong.

    A mean of repeats may be neither.
    """
    known = [(y == 1, c) for y, c in zip(risk.y_true, risk.correct, strict=True) if c is not None]
    if not known or any(correct not in (0, 1) for _, correct in known):
        return None
    return ClassifiedSamples(risk.positive, tuple(y for y, _ in known), tuple(c == 1 for _, c in known))


def classification_estimates(answers: ClassifiedSamples, level: float) -> tuple[RiskEstimate, ...]:
    """The metrics of `NAMES`, each with an interval.

    Of the samples of the positive class recall is the share that was answered right, specificity that of the
    others, precision the share of the positive class among those answered so; F1 is twice the hits over
    twice the hits and all misses. `base_rate` is the share of the positive class, `class_balance` that of the
    smaller one. Shares have Wilson's interval; F1, which rises with the share of hits among hits and misses,
    that share's; balanced accuracy, the mean of recall and specificity, that of Zou and Donner (2008).
    """
    pairs = list(zip(answers.is_positive, answers.is_right, strict=True))
    hits, misses = pairs.count((True, True)), pairs.count((True, False))
    rejected, alarms = pairs.count((False, True)), pairs.count((False, False))
    n, positives = len(pairs), hits + misses
    note = _unnamed_note(answers.unnamed)
    recall = _share(RECALL, hits, positives, level)
    specificity = _share(SPECIFICITY, rejected, rejected + alarms, level)
    return (
        _balanced(recall, specificity, n),
        _f1(hits, misses + alarms, level, note),
        _share(PRECISION, hits, hits + alarms, level, note),
        recall,
        specificity,
        _share(BASE_RATE, positives, n, level),
        _share(CLASS_BALANCE, min(positives, n - positives), n, level),
    )


def _unnamed_note(unnamed: int) -> str | None:
    if not unnamed:
        return None
    counting = agreeing(unnamed, "counts", "count")
    number = counted(unnamed, "wrong answer names", "wrong answers name")
    return f"{number} neither class, and {counting} as the other"


def _share(metric: str, count: int, n: int, level: float, note: str | None = None) -> RiskEstimate:
    if n == 0:
        return RiskEstimate(metric, None, None, None, None, 0, Method.NONE, NO_SAMPLES)
    lower, upper = wilson(count / n, n, level)
    return RiskEstimate(metric, count / n, lower, upper, None, n, Method.WILSON, note)


def _f1(hits: int, mistakes: int, level: float, note: str | None) -> RiskEstimate:
    share = _share(F1, hits, hits + mistakes, level)
    if share.value is None or share.lower is None or share.upper is None:
        return share
    value, lower, upper = (2 * end / (1 + end) for end in (share.value, share.lower, share.upper))
    return RiskEstimate(F1, value, lower, upper, None, share.n, Method.WILSON, note)


def _balanced(recall: RiskEstimate, specificity: RiskEstimate, n: int) -> RiskEstimate:
    """The mean of both, as half the difference of recall and the opposite of specificity."""
    ends = (recall.value, recall.lower, recall.upper, specificity.value, specificity.lower, specificity.upper)
    value, lower, upper, other, other_lower, other_upper = (end if end is not None else -1.0 for end in ends)
    if None in ends:
        return RiskEstimate(BALANCED_ACCURACY, None, None, None, None, n, Method.NONE, NO_SAMPLES)
    low, high = mover(value, Interval(lower, upper), -other, Interval(-other_upper, -other_lower))
    mean = (value + other) / 2
    return RiskEstimate(BALANCED_ACCURACY, mean, max(low / 2, 0.0), min(high / 2, 1.0), None, n, Method.MOVER)
