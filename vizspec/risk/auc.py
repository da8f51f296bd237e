"""The area under the ROC curve with its standard error and interval.

Standard error: DeLong's. Interval: on the logit scale, which keeps it within 0 and 1 and covers better near
1, with Student's quantile. Where DeLong's variance is 0 (the classes are perfectly apart) or cannot be had
(one sample of a class): method 5 of Newcombe, which needs the area and the class sizes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vizspec.statistics.delong import area_interval, delong
from vizspec.statistics.method import Method

MANY_OF_A_CLASS = 50
"""With fewer samples of a class an area's interval covers less than its level says."""

FEW_OF_A_CLASS = f"fewer than {MANY_OF_A_CLASS} samples in a class: the interval is rough"


class Auc(NamedTuple):
    """The area, its standard error where DeLong's is known, its interval, and a remark on it."""

    area: float
    stderr: float | None
    lower: float | None
    upper: float | None
    method: Method
    note: str | None = None


def auc(y_true: Sequence[int], y_score: Sequence[float], level: float = 0.95) -> Auc:
    """The area under the ROC curve: the chance that a positive sample scores above a negative one, ties half.

    Constant predictions have the area 0.5 and no interval. ValueError: the samples are of one class.
    """
    found = delong(y_true, y_score)
    (area,) = found.areas
    if min(y_score) == max(y_score):
        return Auc(area, None, None, None, Method.NONE, "every prediction is the same: no interval")
    stderr = found.stderr(0) or None
    method = Method.DELONG if stderr is not None and 0 < area < 1 else Method.NEWCOMBE
    fewest = min(found.positives, found.negatives)
    note = FEW_OF_A_CLASS if fewest < MANY_OF_A_CLASS else None
    lower, upper = area_interval(found, 0, level)
    return Auc(area, stderr if method is Method.DELONG else None, lower, upper, method, note)
