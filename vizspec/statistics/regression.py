"""A line through points by least squares, with the band that charts draw around it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt


@dataclass(frozen=True)
class FittedLine:
    """The line of `n` points: `mean` and `spread` (sum of squares) of x, and the spread of y."""

    intercept: float
    slope: float
    n: int
    mean: float
    spread: float
    spread_of_y: float

    def at(self, x: float) -> float:
        """The height of the line."""
        return self.intercept + self.slope * x

    def half_width(self, x: float, level: float) -> float | None:
        """How far the band reaches above and below the line; None with fewer than three points.

        As Mosaic's regression mark has it: Student's t times the standard error of the line, with the whole
        spread of y about its mean in the place of that about the line. It is never too narrow.
        """
        if self.n < 3:
            return None
        from scipy.stats import t

        degrees = self.n - 2
        deviation = sqrt(self.spread_of_y / degrees)
        quantile: float = t.ppf((1 + level) / 2, degrees)
        return quantile * deviation * sqrt(1 / self.n + (x - self.mean) ** 2 / self.spread)


def fitted_line(x: Sequence[float], y: Sequence[float]) -> FittedLine | None:
    """The line of least squares; None where all points have one x."""
    n = len(x)
    if n == 0:
        return None
    mean, mean_y = fsum(x) / n, fsum(y) / n
    spread = fsum((one - mean) ** 2 for one in x)
    if spread == 0:
        return None
    slope = fsum((a - mean) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread
    spread_of_y = fsum((one - mean_y) ** 2 for one in y)
    return FittedLine(mean_y - slope * mean, slope, n, mean, spread, spread_of_y)
