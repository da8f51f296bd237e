"""What the samples of an inconclusive claim could have shown, and how many would decide it. Pure."""

from __future__ import annotations

import math
from dataclasses import replace

from vizspec.claims.record import CaseVerdict
from vizspec.claims.region import Region
from vizspec.comparisons.record import Comparison
from vizspec.statistics.intervals import Interval, quantile
from vizspec.statistics.method import Method
from vizspec.statistics.power import (
    detectable_difference,
    detectable_mean,
    pairs_needed,
    pairs_needed_not_worse,
    pairs_needed_same,
    samples_needed,
    share_needed,
)


def with_power(region: Region, known: CaseVerdict, row: Comparison | None = None) -> CaseVerdict:
    """What these samples could have shown, and how many would decide were the value true.

    `row` is the comparison that the value is the gain of, where it is of one.
    """
    if row is not None and row.method == "tango" and row.wins is not None and row.losses is not None:
        discordance = (row.wins + row.losses) / row.samples.shared
        return replace(
            known,
            detectable=detectable_difference(row.samples.shared, discordance, level=known.level),
            needed=_pairs(region, known.value or 0.0, discordance, known.level),
        )
    deviation = deviation_of(known)
    if deviation is None or known.value is None or not known.n:
        return known
    return replace(
        known,
        detectable=detectable_mean(known.n, deviation, level=known.level),
        needed=_samples(region, known.value, deviation, known),
    )


def _samples(region: Region, value: float, deviation: float, known: CaseVerdict) -> int | None:
    end = region.low if math.isfinite(region.low) else region.high
    if known.method == Method.WILSON and not region.is_between and 0 < end < 1:
        return share_needed(end, value, level=known.level)
    return samples_needed(region.depth(Interval(value, value)), deviation, level=known.level)


def _pairs(region: Region, gain: float, discordance: float, level: float) -> int | None:
    if region.is_between:
        return pairs_needed_same(region.high, discordance, level=level)
    end, gain = (region.low, gain) if region.low > -region.high else (-region.high, -gain)
    if end == 0:
        return pairs_needed(gain, discordance, level=level)
    return pairs_needed_not_worse(-end, discordance, difference=gain, level=level)


def deviation_of(known: CaseVerdict) -> float | None:
    """The standard deviation of one sample's value that an interval of this width speaks of."""
    if known.lower is None or known.upper is None or not known.n:
        return None
    half = (known.upper - known.lower) / 2
    return half / quantile(known.level) * float(known.n) ** 0.5 if half > 0 else None
