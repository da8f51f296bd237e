"""The half-observation interval: means of scores that lie within a known range.

The Bayesian bootstrap (D. B. Rubin, "The Bayesian bootstrap", Annals of Statistics 9 (1981) 130) with half an
observation more at each end of the range: the mean is distributed as Σ g x / Σ g, where each g is a gamma
variable of its sample's weight, 1, or of ½ at the ends. For scores of 0 and 1 this is Jeffreys' interval.

No random numbers: the chance that the mean lies below c is the chance that Σ g (x - c) lies below 0, and
follows from the characteristic function of that sum (J. Gil-Pelaez, "Note on the inversion theorem",
Biometrika 38 (1951) 481): ½ - 1/π ∫ sin(Σ w atan(t a)) / (t Π (1 + t² a²)^(w/2)) dt over t > 0, where
a = x - c and w is the weight.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from vizspec.statistics.arrays import finite
from vizspec.statistics.intervals import Interval, check_level

if TYPE_CHECKING:
    from vizspec.statistics.arrays import Floats, Values

_STEP = 1 / 16
"""The step of the trapezoid rule over v, where t = exp(v - exp(-v)): it errs by less than 1e-12."""
_FIRST_NODE = -3.5
"""Where the integral over v begins: t is 1e-16 there."""
_NODES = 96
"""How many nodes are summed at once."""
_NEGLIGIBLE = 1e-14
"""What the integrand and the approximations may leave out."""
_SMALL = 1e-11
"""Where the integrand is smaller, it may turn as fast as it will."""
_LARGEST_TURN = 1.0
"""How far the integrand's angle may turn between two nodes, in radians."""
_FEW = 160
"""So many different values are summed one by one."""
_OUTER = 16
"""How many values at either end are always summed one by one."""


def half_observation(
    values: Values,
    level: float,
    lowest: float = 0.0,
    highest: float = 1.0,
    weights: Values | None = None,
) -> Interval:
    """The interval of the mean of `values`, which lie between `lowest` and `highest`; it holds the mean.

    Where all values are at an end of the range, the interval ends there.

    Raises:
        ValueError: there are no values, a value is outside the range or no number, a weight is not above 0,
            or `level` is no probability.
    """
    check_level(level)
    mean = _BoundedMean(values, lowest, highest, weights)
    lower = lowest if mean.all_at(lowest) else mean.quantile((1 - level) / 2)
    upper = highest if mean.all_at(highest) else mean.quantile((1 + level) / 2)
    return Interval(lower, upper).holding(mean.observed)


def half_observation_p(
    values: Values,
    against: float = 0.0,
    lowest: float = -1.0,
    highest: float = 1.0,
) -> float:
    """The two-sided p-value that belongs to the interval: twice the chance of a mean beyond `against`.

    1 where the observed mean is `against`, or all values lie at that end of the range.

    Raises:
        ValueError: as `half_observation`.
    """
    mean = _BoundedMean(values, lowest, highest)
    if against in (lowest, highest):
        return 1.0 if mean.all_at(against) else 0.0
    if math.isclose(mean.observed, against, abs_tol=1e-12):
        return 1.0
    below = mean.chance_below(against)
    return min(1.0, 2 * min(below, 1 - below))


class _BoundedMean:
    """The distribution of the mean, on the range moved to 0 and 1."""

    def __init__(self, values: Values, lowest: float, highest: float, weights: Values | None = None) -> None:
        import numpy as np

        given = finite(values)
        if not lowest < highest:
            raise ValueError(f"a range goes from a lower to a higher number, not from {lowest} to {highest}")
        if given.min() < lowest or given.max() > highest:
            raise ValueError(f"a score lies outside its range from {lowest} to {highest}")
        given_weights = np.ones(len(given)) if weights is None else finite(weights)
        if len(given_weights) != len(given) or given_weights.min() <= 0:
            raise ValueError("each score needs a weight above 0")
        self._lowest, self._width = lowest, highest - lowest
        self.observed = float(given @ given_weights / given_weights.sum())
        self._ends = float(given.min()), float(given.max())
        moved = np.append((given - lowest) / self._width, [0.0, 1.0])
        atoms, where = np.unique(moved, return_inverse=True)
        counts = np.bincount(where, np.append(given_weights, [0.5, 0.5])).astype(float)
        total = counts.sum()
        self._mean = float(atoms @ counts / total)
        self._sd = math.sqrt(float((atoms - self._mean) ** 2 @ counts) / total / (total + 1))
        self._atoms, self._weights = _compressed(atoms, counts)
        self._step = _STEP

    def all_at(self, value: float) -> bool:
        """Whether every observed value is this one."""
        return self._ends == (value, value)

    def quantile(self, chance: float) -> float:
        """The mean that the distribution stays below with this chance."""
        from scipy.optimize import brentq
        from scipy.special import ndtri

        target = float(ndtri(chance))

        @cache  # the search asks again at the ends that it is given
        def distance(c: float) -> float:  # on the normal scale, where it is nearly straight in c
            return float(ndtri(min(max(self._chance(c), 1e-300), 1 - 1e-16))) - target

        guess = self._mean + target * self._sd
        low = self._first_beyond(distance, guess, -1)
        high = self._first_beyond(distance, guess, 1)
        return self._lowest + self._width * float(brentq(distance, low, high, xtol=1e-13))

    def chance_below(self, value: float) -> float:
        """The chance of a mean below `value`."""
        return min(max(self._chance((value - self._lowest) / self._width), 0.0), 1.0)

    def _first_beyond(self, distance: Callable[[float], float], guess: float, side: int) -> float:
        """A place on one side of the `guess` where `distance` has the sign of that side."""
        end, reach = float(side > 0), self._sd / 4
        while (end - guess) * side > reach:
            place = guess + side * reach
            if 0 < place < 1 and distance(place) * side > 0:
                return place
            reach *= 3
        return end

    def _chance(self, c: float) -> float:
        if c <= 0 or c >= 1:
            return float(c >= 1)
        distances = self._atoms - c
        distances = distances / math.sqrt(float(distances**2 @ self._weights))
        while (integral := _integral(distances, self._weights, self._step)) is None:
            self._step /= 2
        return 0.5 - integral / math.pi


def _integral(distances: Floats, weights: Floats, step: float) -> float | None:
    """The integral of the inversion; None where it turns too fast for the step."""
    import numpy as np

    total, start, angle = 0.0, _FIRST_NODE, 0.0
    while True:
        nodes = start + step * np.arange(_NODES)
        products = np.outer(np.exp(nodes - np.exp(-nodes)), distances)
        angles = np.arctan(products) @ weights
        sizes = np.exp(-0.5 * (np.log1p(products**2) @ weights))
        turns = np.abs(np.diff(angles, prepend=angle))
        if (turns[sizes > _SMALL] > _LARGEST_TURN).any():
            return None
        total += float((np.sin(angles) * sizes) @ (1 + np.exp(-nodes)))
        if sizes[-1] < _NEGLIGIBLE:
            return total * step
        start, angle = start + step * _NODES, angles[-1]


def _compressed(atoms: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Fewer atoms that give the same sums of log(1 - i t a), by interpolation at Chebyshev's points.

    The outermost atoms stay as they are. The error of the others falls as ρ^-k, where the ellipse of ρ just
    reaches the pole at the largest t that matters (L. N. Trefethen, Approximation Theory and Approximation
    Practice (2013), theorem 8.2). All stay where that would need as many points.
    """
    import numpy as np
    from numpy.polynomial.chebyshev import chebpts1, chebvander

    if len(atoms) <= _FEW:
        return atoms, weights
    is_inner = np.zeros(len(atoms), dtype=bool)
    is_inner[_OUTER:-_OUTER] = True
    inner, total = atoms[is_inner], float(weights[is_inner].sum())
    middle, half = (inner[-1] + inner[0]) / 2, (inner[-1] - inner[0]) / 2
    pole = 1 / (1.5 * _longest(atoms, weights) * half)
    points = math.ceil(math.log(total / _NEGLIGIBLE) / math.log(pole + math.sqrt(1 + pole * pole)))
    if points >= len(inner):
        return atoms, weights
    moments = weights[is_inner] @ chebvander((inner - middle) / half, points - 1)
    moments[0] /= 2
    places = chebpts1(points)
    fewer = 2 / points * (chebvander(places, points - 1) @ moments)
    return (
        np.append(atoms[~is_inner], middle + half * places),
        np.append(weights[~is_inner], fewer),
    )


def _longest(atoms: Floats, weights: Floats) -> float:
    """The t beyond which the integrand is negligible."""
    import numpy as np

    distances = atoms - float(atoms @ weights / weights.sum())
    longest = 8.0 / math.sqrt(float(distances**2 @ weights))
    while float(np.log1p((longest * distances) ** 2) @ weights) < -2 * math.log(_NEGLIGIBLE):
        longest *= 1.25
    return longest
