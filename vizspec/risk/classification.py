"""What the answers of a log are worth as a classification of its samples into two classes.

An answer that is wrong counts as the other class, in whatever words it is given.
"""

from __future__ import annotations

from vizspec.risk.record import LogRisk, RiskEstimate
from vizspec.statistics.intervals import Interval
from vizspec.statistics.method import Method
from vizspec.statistics.mover import mover
from vizspec.statistics.wilson import wilson

BALANCED_ACCURACY = "balanced_accuracy"
F1 = "f1"
PRECISION = "precision"
RECALL = "recall"
SPECIFICITY = "specificity"
BASE_RATE = "base_rate"
CLASS_BALANCE = "class_balance"
NAMES = (BALANCED_ACCURACY, F1, PRECISION, RECALL, SPECIFICITY, BASE_RATE, CLASS_BALANCE)

NO_SAMPLES = "no sample is of the kind that it counts"


def is_classification(risk: LogRisk) -> bool:
    """Whether answers are known, and each is right or wrong; a mean of repeats may be neither."""
    known = [correct for correct in risk.correct if correct is not None]
    return bool(known) and all(correct in (0, 1) for correct in known)


def classification_estimates(risk: LogRisk, level: float) -> tuple[RiskEstimate, ...]:
    """The metrics of `NAMES`, each with an interval; none where an answer is not just right or wrong.

    Of the samples of the positive class recall is the share that was answered right, specificity that of the
    others, precision the share of the positive class among those answered so; F1 is twice the hits over
    twice the hits and all misses. `base_rate` is the share of the positive class, `class_balance` that of the
    smaller one. Shares have Wilson's interval; F1, which rises with the share of hits among hits and misses,
    that share's; balanced accuracy, the mean of recall and specificity, that of Zou and Donner (2008).
    """
    if not is_classification(risk):
        return ()
    pairs = [(y, c) for y, c in zip(risk.y_true, risk.correct, strict=True) if c is not None]
    hits, misses = pairs.count((1, 1.0)), pairs.count((1, 0.0))
    rejected, alarms = pairs.count((0, 1.0)), pairs.count((0, 0.0))
    n, positives = len(pairs), hits + misses
    recall = _share(RECALL, hits, positives, level)
    specificity = _share(SPECIFICITY, rejected, rejected + alarms, level)
    return (
        _balanced(recall, specificity, n),
        _f1(hits, misses + alarms, level),
        _share(PRECISION, hits, hits + alarms, level),
        recall,
        specificity,
        _share(BASE_RATE, positives, n, level),
        _share(CLASS_BALANCE, min(positives, n - positives), n, level),
    )


def _share(metric: str, count: int, n: int, level: float) -> RiskEstimate:
    if n == 0:
        return RiskEstimate(metric, None, None, None, None, 0, Method.NONE, NO_SAMPLES)
    lower, upper = wilson(count / n, n, level)
    return RiskEstimate(metric, count / n, lower, upper, None, n, Method.WILSON)


def _f1(hits: int, mistakes: int, level: float) -> RiskEstimate:
    share = _share(F1, hits, hits + mistakes, level)
    if share.value is None or share.lower is None or share.upper is None:
        return share
    value, lower, upper = (2 * end / (1 + end) for end in (share.value, share.lower, share.upper))
    return RiskEstimate(F1, value, lower, upper, None, share.n, Method.WILSON)


def _balanced(recall: RiskEstimate, specificity: RiskEstimate, n: int) -> RiskEstimate:
    """The mean of both, as half the difference of recall and the opposite of specificity."""
    ends = (recall.value, recall.lower, recall.upper, specificity.value, specificity.lower, specificity.upper)
    value, lower, upper, other, other_lower, other_upper = (end if end is not None else -1.0 for end in ends)
    if None in ends:
        return RiskEstimate(BALANCED_ACCURACY, None, None, None, None, n, Method.NONE, NO_SAMPLES)
    low, high = mover(value, Interval(lower, upper), -other, Interval(-other_upper, -other_lower))
    mean = (value + other) / 2
    return RiskEstimate(BALANCED_ACCURACY, mean, max(low / 2, 0.0), min(high / 2, 1.0), None, n, Method.MOVER)
