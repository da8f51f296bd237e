"""The region of values that a claim means: an interval lies inside it, outside, or neither. Pure.

    claim                    Confirmed              Violated                    region
    better by m              L > m (0)              U <= m                      above m
    worse by m               U < -m (0)             L >= -m                     below -m
    not_worse, margin m      L > -m                 U <= -m                     above -m
    same, margin m           -m < L and U < m       L >= m or U <= -m           between -m and m
    at_least v, at_most v    L >= v; U <= v         U < v; L > v                from v; to v
    trend                    slope L > 0            U <= 0                      above 0

Gains are above 0 where the first side is better.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vizspec.claims.model import Claim, Relation
from vizspec.claims.record import ClaimOutcome
from vizspec.statistics.intervals import Interval


@dataclass(frozen=True)
class Region:
    """The values between two ends, which are of it where it is closed."""

    low: float = -math.inf
    high: float = math.inf
    is_closed: bool = False

    def outcome(self, interval: Interval) -> ClaimOutcome:
        """What an interval says of a claim that the true value lies here."""
        if self.is_closed:
            inside = self.low <= interval.lower and interval.upper <= self.high
            outside = interval.upper < self.low or self.high < interval.lower
        else:
            inside = self.low < interval.lower and interval.upper < self.high
            outside = interval.upper <= self.low or self.high <= interval.lower
        if inside:
            return ClaimOutcome.CONFIRMED
        return ClaimOutcome.VIOLATED if outside else ClaimOutcome.INCONCLUSIVE

    def depth(self, interval: Interval) -> float:
        """How far inside the nearer end of an interval lies; below 0 where it lies outside."""
        return min(interval.lower - self.low, self.high - interval.upper)

    @property
    def is_between(self) -> bool:
        """Whether it ends on both sides."""
        return math.isfinite(self.low) and math.isfinite(self.high)


HIGHER = Region(low=0.0)
"""Where the first side is better."""


def region_of(claim: Claim) -> Region:
    """The region of a claim about one value; of a relation of several values, that of each gain."""
    by, margin, value = claim.by or 0.0, claim.margin or 0.0, claim.value or 0.0
    regions = {
        Relation.BETTER: Region(low=by),
        Relation.WORSE: Region(high=-by),
        Relation.NOT_WORSE: Region(low=-margin),
        Relation.SAME: Region(-margin, margin),
        Relation.AT_LEAST: Region(low=value, is_closed=True),
        Relation.AT_MOST: Region(high=value, is_closed=True),
    }
    return regions.get(claim.relation, HIGHER)
