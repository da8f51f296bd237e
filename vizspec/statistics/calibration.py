"""The interval of a binned calibration error, and the error that noise alone makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vizspec.statistics.arrays import SEED, matched
from vizspec.statistics.intervals import check_level

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from vizspec.statistics.arrays import Floats, Values

DRAWS = 1000
_STEPS = 16
"""Halvings of the search for an end."""


class BinnedError(NamedTuple):
    """A binned calibration error and what it may mean.

    `lower`, `upper`: its interval, which holds `value`. `noise`: the error that calibrated predictions like
    these show in half of all cases; `noise_limit`: the error that they stay under with the chance
    (1 + level) / 2. `unbiased`: the error of which half of all observed errors would be larger. `stderr`: the
    standard deviation of observed errors were the gaps those observed.
    """

    value: float
    lower: float
    upper: float
    stderr: float
    noise: float
    noise_limit: float
    unbiased: float

    @property
    def is_noise(self) -> bool:
        """Whether calibrated predictions show as large an error."""
        return self.value <= self.noise_limit


def binned_error_interval(
    predicted: Values, actual: Values, bins: Sequence[int] | NDArray[intp], level: float
) -> BinnedError:
    """The binned error of `predicted` against `actual`, with an interval by inverting a test.

    A calibration error counts the noise of its bins as error. So the interval is that of λ: the gaps of the
    bins are taken to be λ times those observed, and λ is in the interval where the observed error is a
    plausible draw at `level`. At λ = 0 that is consistency resampling (J. Bröcker and L. A. Smith,
    "Increasing the reliability of reliability diagrams", Weather and Forecasting 22 (2007) 651). A bin's sum
    is drawn from a normal distribution, with one observation more at the bin's mean prediction, so that bins
    whose few samples agree are not taken for certain.

    `actual`: 0 or 1, or a mean over repeats; `bins`: the number of each sample's bin, from 0.

    Raises:
        ValueError: lengths differ, there are no samples, a value is no finite number, or `level` is no
            probability.
    """
    import numpy as np

    check_level(level)
    draws = _Draws(*matched(predicted, actual), np.asarray(bins))
    upper_tail, lower_tail = (1 + level) / 2, (1 - level) / 2
    at_zero, at_one = draws.errors(0.0), draws.errors(1.0)
    limit = float(np.quantile(at_zero, upper_tail))
    observed = draws.observed
    lower = draws.first(lambda errors: _quantile_passes(errors, upper_tail, observed))
    upper = draws.first(lambda errors: _quantile_passes(errors, lower_tail, observed, strictly=True))
    middle = draws.first(lambda errors: _quantile_passes(errors, 0.5, observed))
    return BinnedError(
        observed,
        0.0 if observed <= limit else min(draws.error_of(lower), observed),
        max(draws.error_of(upper), observed),
        float(at_one.std(ddof=1)),
        float(np.median(at_zero)),
        limit,
        draws.error_of(middle),
    )


def _quantile_passes(values: Floats, share: float, bound: float, *, strictly: bool = False) -> bool:
    """Whether numpy's quantile of the values reaches the bound, or lies above it: told by counting, where the
    two values that it lies between are on the same side.
    """
    import numpy as np

    before = int(share * (len(values) - 1))
    short = int(np.count_nonzero(values <= bound if strictly else values < bound))
    if short <= before:
        return True
    if short > before + 1:
        return False
    low, high = np.partition(values, (before, before + 1))[before : before + 2]
    found = low + (high - low) * (share * (len(values) - 1) - before)
    return bool(found > bound if strictly else found >= bound)


class _Draws:
    """Errors drawn for gaps that are λ times the observed ones, from the same random numbers for every λ."""

    def __init__(self, predicted: Floats, actual: Floats, bins: NDArray[intp]) -> None:
        import numpy as np

        count = int(bins.max()) + 1
        self._bins, self._n = np.unique(bins, return_inverse=True)[1], len(predicted)
        self._sizes = np.bincount(self._bins).astype(float)
        self._predicted = predicted
        self._means = np.bincount(self._bins, predicted) / self._sizes
        self._gaps = np.bincount(self._bins, predicted - actual) / self._sizes
        self.observed = float(np.abs(self._gaps * self._sizes).sum()) / self._n
        normal = np.random.default_rng(SEED).standard_normal((DRAWS, count))
        # a row a bin: sums over a few long rows take a fifth of the time of many short ones
        self._normal = np.ascontiguousarray(normal[:, : len(self._sizes)].T)
        self._dispersion = self._how_dispersed(actual)
        self._most = 1 / self.observed if self.observed > 0 else 0.0
        self._known: dict[float, Floats] = {}

    def errors(self, times: float) -> Floats:
        """The drawn errors where the gaps are `times` the observed ones."""
        if times not in self._known:
            self._known[times] = self._drawn(times)
        return self._known[times]

    def _drawn(self, times: float) -> Floats:
        import numpy as np

        gaps = self._possible_gaps(times)
        distances = self._normal * np.sqrt(self._variances(gaps))[:, np.newaxis]
        distances += (gaps * self._sizes)[:, np.newaxis]
        np.abs(distances, out=distances)
        drawn: Floats = distances.sum(axis=0) / self._n
        return drawn

    def error_of(self, times: float) -> float:
        """The error that such gaps are, without noise."""
        import numpy as np

        return float(np.abs(self._possible_gaps(times) * self._sizes).sum()) / self._n

    def first(self, reached: Callable[[Floats], bool]) -> float:
        """The smallest λ whose errors have reached something; the largest possible λ where none has."""
        if self._most == 0 or reached(self.errors(0.0)):
            return 0.0
        low, high = 0.0, 1.0
        while not reached(self.errors(high)):
            if high >= self._most:
                return self._most
            low, high = high, min(2 * high, self._most)
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if reached(self.errors(middle)) else (middle, high)
        return high

    def _possible_gaps(self, times: float) -> Floats:
        import numpy as np

        shares = np.minimum(np.maximum(self._means - times * self._gaps, 0), 1)
        gaps: Floats = self._means - shares
        return gaps

    def _variances(self, gaps: Floats) -> Floats:
        """The variance of each bin's sum of distances: that of the outcomes, and that of the bin's size."""
        import numpy as np

        sizes = self._sizes
        chances = self._predicted - (gaps * sizes / (sizes + 1))[self._bins]
        chances = np.minimum(np.maximum(chances, 0), 1)
        outcomes = np.bincount(self._bins, chances * (1 - chances)) * self._dispersion
        variances: Floats = outcomes + gaps**2 * sizes * (1 - sizes / self._n)
        return variances

    def _how_dispersed(self, actual: Floats) -> float:
        """How much less than zeros and ones the outcomes vary: means over repeats do."""
        import numpy as np

        if np.isin(actual, (0, 1)).all():
            return 1.0
        expected = np.clip(self._predicted - self._gaps[self._bins], 0, 1)
        binomial = float((expected * (1 - expected)).sum())
        spare = max(1, self._n - len(self._sizes))
        varied = float(((actual - expected) ** 2).sum()) * self._n / spare
        return min(1.0, varied / binomial) if binomial > 0 else 1.0
