"""Wilson's score interval, also where the number of independent samples is only as good as known."""

from __future__ import annotations

import math

from vizspec.statistics.intervals import Interval, quantile

_FEWEST, _MOST = 1e-300, 1e300
"""Between these, numbers of samples can be worked with whatever the standard error is."""


def wilson(share: float, n: float, level: float, degrees: float | None = None) -> Interval:
    """The score interval of a share of `n` independent samples; `n` need be no whole number.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209.
    With `degrees` of freedom Student's quantile stands for the normal one.

    Raises:
        ValueError: `share` or `level` is no probability, or `n` is not above 0.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a proportion lies between 0 and 1, not at {share}")
    if not n > 0:
        raise ValueError(f"an interval needs at least one trial, not {n}")
    z = quantile(level, degrees)
    center = (share * n + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(share * (1 - share) * n + z * z / 4)
    lower = 0.0 if share == 0 else max(0.0, center - half)
    upper = 1.0 if share == 1 else min(1.0, center + half)
    return Interval(lower, upper).holding(share)


def effective_n(share: float, stderr: float) -> float:
    """How many independent samples of 0 and 1 would give this standard error: m(1 - m) / se².

    E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data", Survey Methodology 24 (1998) 193.

    Raises:
        ValueError: `share` does not lie inside 0 and 1, or `stderr` is not above 0.
    """
    if not 0 < share < 1:
        raise ValueError(f"an effective number of samples needs a mean inside 0 and 1, not {share}")
    if not stderr > 0:
        raise ValueError(f"an effective number of samples needs a standard error above 0, not {stderr}")
    return min(max(share * (1 - share) / stderr / stderr, _FEWEST), _MOST)


def wilson_effective(share: float, stderr: float, level: float, degrees: float | None = None) -> Interval:
    """Wilson's interval of a mean within 0 and 1 of which only the standard error is known.

    With the effective n for the number of samples, and Student's quantile where `degrees` are given
    (C. Franco et al., "Comparative study of confidence intervals for proportions in complex sample surveys",
    Journal of Survey Statistics and Methodology 7 (2019) 334).

    Raises:
        ValueError: as `effective_n` and `wilson`.
    """
    return wilson(share, effective_n(share, stderr), level, degrees)


def compute_wilson_ci(accuracy: float, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of an accuracy over `n` samples; (0.0, 0.0) where there is no sample."""
    if n == 0:
        return (0.0, 0.0)
    interval = wilson(accuracy, n, confidence)
    return (interval.lower, interval.upper)
