"""How many samples decide a question, and what a number of samples can show.

All levels are those of two-sided intervals: a claim of a direction is decided by one end of its interval. The
power is the chance of that decision.
"""

from __future__ import annotations

import math

from vizspec.statistics.intervals import check_level, quantile
from vizspec.statistics.wilson import wilson

POWER = 0.8
_MOST_COUNTED = 2_000
"""Up to here numbers are tried one by one."""
_MOST = 10_000_000
"""No number of samples beyond this is named."""


def pairs_needed(
    difference: float, discordance: float, *, level: float = 0.95, power: float = POWER
) -> int | None:
    """The samples on which two shares that differ by `difference` are shown to differ.

    R. J. Connor, "Sample size for testing differences in proportions for the paired-sample design",
    Biometrics 43 (1987) 207. `discordance`: the share of samples that one gets right and the other wrong.
    None where there is no such number: no difference, or one above the discordance.

    Raises:
        ValueError: `discordance`, `level` or `power` is no probability.
    """
    _check(discordance, power)
    if abs(difference) > discordance:
        return None
    return _needed(difference, math.sqrt(discordance), math.sqrt(discordance - difference**2), level, power)


def pairs_needed_not_worse(
    margin: float, discordance: float, *, difference: float = 0.0, level: float = 0.95, power: float = POWER
) -> int | None:
    """The samples on which a share is shown to be not worse than another by `margin`.

    The normal approximation of Tango's test: both deviations are those of samples of which `discordance`
    differ (H. Liu et al., Statistics in Medicine 21 (2002) 231). None where the true `difference` is no
    better than the margin allows.

    Raises:
        ValueError: `discordance`, `level` or `power` is no probability.
    """
    _check(discordance, power)
    if difference + margin <= 0:
        return None
    deviation = math.sqrt(max(0.0, discordance - difference**2))
    return _needed(difference + margin, deviation, deviation, level, power)


def pairs_needed_same(
    margin: float, discordance: float, *, level: float = 0.95, power: float = POWER
) -> int | None:
    """The samples on which two equal shares are shown to differ by less than `margin` either way.

    Both ends must hold, so that each may fail in half of the power's rest only.
    """
    return pairs_needed_not_worse(margin, discordance, level=level, power=(1 + power) / 2)


def detectable_difference(
    n: int, discordance: float, *, level: float = 0.95, power: float = POWER
) -> float | None:
    """The smallest difference of two shares that `n` samples show with this power (Connor 1987).

    None where no difference that the discordance allows would be shown so often.

    Raises:
        ValueError: `n` is below 1, or `discordance`, `level` or `power` is no probability.
    """
    from scipy.optimize import brentq

    _check(discordance, power)
    if n < 1:
        raise ValueError(f"a comparison needs at least one sample, not {n}")
    z, reserve = quantile(level), _reserve(power)

    def missing(difference: float) -> float:
        rest = math.sqrt(max(0.0, discordance - difference**2))
        return z * math.sqrt(discordance) + reserve * rest - math.sqrt(n) * difference

    highest = min(discordance, 1.0)
    if missing(highest) > 0:
        return None
    return float(brentq(missing, 0.0, highest)) if discordance > 0 else None


def samples_needed(
    distance: float, deviation: float, *, level: float = 0.95, power: float = POWER
) -> int | None:
    """The samples on which a mean is shown to lie on its side of a boundary.

    `distance`: from the true mean to the boundary; `deviation`: the standard deviation of one sample's value
    (for paired samples: of their differences). None where the mean lies on the boundary.

    Raises:
        ValueError: `level` or `power` is no probability.
    """
    return _needed(distance, deviation, deviation, level, power)


def detectable_mean(n: int, deviation: float, *, level: float = 0.95, power: float = POWER) -> float:
    """The smallest distance from a boundary that `n` samples show with this power.

    Raises:
        ValueError: `n` is below 1, or `level` is no probability.
    """
    if n < 1:
        raise ValueError(f"a comparison needs at least one sample, not {n}")
    return (quantile(level) + _reserve(power)) * deviation / math.sqrt(n)


def share_needed(boundary: float, truth: float, *, level: float = 0.95, power: float = POWER) -> int | None:
    """The samples on which Wilson's interval of a share of `truth` lies on its side of `boundary`.

    By the binomial distribution, the smallest number with this power; by the normal one where that is large.
    None where truth and boundary are one.

    Raises:
        ValueError: `boundary`, `truth`, `level` or `power` is no probability.
    """
    _check(boundary, power)
    _check(truth, power)
    if truth < boundary:
        boundary, truth = 1 - boundary, 1 - truth
    null, true = math.sqrt(boundary * (1 - boundary)), math.sqrt(truth * (1 - truth))
    about = _needed(truth - boundary, null, true, level, power)
    if about is None or about > _MOST_COUNTED:
        return about
    first = max(1, about // 2)
    return next(n for n in range(first, 4 * about + 50) if _share_power(n, boundary, truth, level) >= power)


def _share_power(n: int, boundary: float, truth: float, level: float) -> float:
    from scipy.stats import binom

    lowest, highest = 0, n + 1  # the fewest successes whose interval lies above the boundary
    while lowest < highest:
        middle = (lowest + highest) // 2
        if middle == n + 1 or wilson(middle / n, n, level).lower >= boundary:
            highest = middle
        else:
            lowest = middle + 1
    return float(binom.sf(lowest - 1, n, truth))


def _needed(distance: float, under_null: float, under_truth: float, level: float, power: float) -> int | None:
    _check(0.5, power)
    if distance == 0:
        return None
    root = (quantile(level) * under_null + _reserve(power) * under_truth) / abs(distance)
    needed = max(1, math.ceil(root**2 - 1e-9))
    return needed if needed <= _MOST else None


def _reserve(power: float) -> float:
    """The normal quantile of the power."""
    return quantile(2 * power - 1) if power > 0.5 else -quantile(1 - 2 * power) if power < 0.5 else 0.0


def _check(share: float, power: float) -> None:
    check_level(power)
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not at {share}")
