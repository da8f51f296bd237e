"""What the samples of an inconclusive claim could have shown, and how many would decide it. Pure."""

from __future__ import annotations

from dataclasses import replace

from vizspec.claims.model import Claim, Relation
from vizspec.claims.record import CaseVerdict
from vizspec.comparisons.record import Comparison
from vizspec.statistics.intervals import quantile
from vizspec.statistics.power import (
    detectable_difference,
    detectable_mean,
    pairs_needed,
    pairs_needed_not_worse,
    pairs_needed_same,
    samples_needed,
)


def with_power(claim: Claim, row: Comparison, known: CaseVerdict) -> CaseVerdict:
    """What these samples could have shown, and how many would decide were the value true."""
    gain, level = known.value or 0.0, known.level
    shared = row.samples.shared
    is_share = row.method == "tango" and row.wins is not None and row.losses is not None and shared > 0
    if is_share and row.wins is not None and row.losses is not None:
        discordance = (row.wins + row.losses) / shared
        return replace(
            known,
            detectable=detectable_difference(shared, discordance, level=level),
            needed=_pairs(claim, gain, discordance, level),
        )
    deviation = deviation_of(known)
    if deviation is None or not known.n:
        return known
    distance = _distance(claim, gain)
    return replace(
        known,
        detectable=detectable_mean(known.n, deviation, level=level),
        needed=samples_needed(distance, deviation, level=level),
    )


def _pairs(claim: Claim, gain: float, discordance: float, level: float) -> int | None:
    if claim.relation is Relation.SAME:
        return pairs_needed_same(claim.margin or 0.0, discordance, level=level)
    if claim.relation is Relation.NOT_WORSE or claim.by:
        margin = -(claim.by or 0.0) if claim.by else claim.margin or 0.0
        side = gain if claim.relation is not Relation.WORSE else -gain
        return pairs_needed_not_worse(margin, discordance, difference=side, level=level)
    return pairs_needed(gain, discordance, level=level)


def _distance(claim: Claim, gain: float) -> float:
    """From the value to the nearest end of the region."""
    margin = claim.margin or 0.0
    if claim.relation is Relation.SAME:
        return margin - abs(gain)
    if claim.relation is Relation.NOT_WORSE:
        return gain + margin
    return gain + (claim.by or 0.0) if claim.relation is Relation.WORSE else gain - (claim.by or 0.0)


def deviation_of(known: CaseVerdict) -> float | None:
    """The standard deviation of one sample's value that an interval of this width speaks of."""
    if known.lower is None or known.upper is None or not known.n:
        return None
    half = (known.upper - known.lower) / 2
    return half / quantile(known.level) * float(known.n) ** 0.5 if half > 0 else None
