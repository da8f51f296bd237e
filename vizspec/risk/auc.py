"""The area under the ROC curve with its standard error and interval.

Standard error: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44:837, by midranks (Sun and Xu 2014,
IEEE Signal Processing Letters 21:1389). Interval: normal on the logit scale, which keeps it within 0 and 1
and covers better near 1 (Pepe 2003, The Statistical Evaluation of Medical Tests, page 107). Where DeLong's
variance is 0 (the classes are perfectly apart) or cannot be had (one sample of a class): method 5 of Newcombe
(2006), Statistics in Medicine 25:559, which needs the area and the class sizes only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Floats = NDArray[float64]

DELONG = "DeLong, logit scale"
NEWCOMBE = "Newcombe, method 5"
NO_METHOD = "none"


class Auc(NamedTuple):
    """The area, its standard error where DeLong's is known, and its interval."""

    area: float
    stderr: float | None
    lower: float | None
    upper: float | None
    method: str


def auc(y_true: Sequence[int], y_score: Sequence[float], level: float = 0.95) -> Auc:
    """The area under the ROC curve: the chance that a positive sample scores above a negative one, ties half.

    Constant predictions have the area 0.5 and no interval. ValueError: the samples are of one class.
    """
    import numpy as np

    truth, scores = np.asarray(y_true) == 1, np.asarray(y_score, dtype=float)
    positives, negatives = scores[truth], scores[~truth]
    if len(positives) == 0 or len(negatives) == 0:
        raise ValueError("the area under a ROC curve needs samples of both classes")
    of_positives, of_negatives = _placements(positives, negatives)
    area = float(of_positives.mean())
    if scores.min() == scores.max():
        return Auc(area, None, None, None, NO_METHOD)
    variance = _delong_variance(of_positives, of_negatives)
    if variance is None or variance <= 0 or not 0 < area < 1:
        return Auc(area, None, *_newcombe(area, len(positives), len(negatives), level), NEWCOMBE)
    stderr = math.sqrt(variance)
    return Auc(area, stderr, *_logit_interval(area, stderr, level), DELONG)


def _placements(positives: Floats, negatives: Floats) -> tuple[Floats, Floats]:
    """For each positive the share of negatives below it, for each negative that of positives above it."""
    import numpy as np
    from scipy.stats import rankdata

    count_positive, count_negative = len(positives), len(negatives)
    overall = rankdata(np.concatenate([positives, negatives]))
    of_positives = (overall[:count_positive] - rankdata(positives)) / count_negative
    of_negatives = 1 - (overall[count_positive:] - rankdata(negatives)) / count_positive
    return of_positives, of_negatives


def _delong_variance(of_positives: Floats, of_negatives: Floats) -> float | None:
    if len(of_positives) < 2 or len(of_negatives) < 2:
        return None
    return float(of_positives.var(ddof=1) / len(of_positives) + of_negatives.var(ddof=1) / len(of_negatives))


def _logit_interval(area: float, stderr: float, level: float) -> tuple[float, float]:
    from scipy.special import expit, logit
    from scipy.stats import norm

    half = norm.ppf((1 + level) / 2) * stderr / (area * (1 - area))
    return float(expit(logit(area) - half)), float(expit(logit(area) + half))


def _newcombe(area: float, positives: int, negatives: int, level: float) -> tuple[float, float]:
    lower = _newcombe_lower(area, positives, negatives, level)
    return lower, 1 - _newcombe_lower(1 - area, positives, negatives, level)


def _newcombe_lower(area: float, positives: int, negatives: int, level: float) -> float:
    """The area θ below the estimate whose own standard error just reaches it: area - θ = z·se(θ)."""
    from scipy.optimize import brentq
    from scipy.stats import norm

    if area <= 0:
        return 0.0
    z = float(norm.ppf((1 + level) / 2))
    mean_size = (positives + negatives) / 2 - 1

    def excess(theta: float) -> float:
        spread = 1 + mean_size * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return (area - theta) ** 2 - z**2 * theta * (1 - theta) * spread / (positives * negatives)

    # θ = 1 has no spread and always solves the equation where the area is 1: the other solution is wanted
    return float(brentq(excess, 0.0, min(area, 1 - 1e-12)))
