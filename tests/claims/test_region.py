"""The region of values that a claim means: an interval lies inside it, outside, or neither."""

from __future__ import annotations

import pytest

from tests.claims.make import a_claim
from vizspec.claims.model import Claim
from vizspec.claims.record import ClaimOutcome
from vizspec.claims.region import region_of
from vizspec.statistics.intervals import Interval

CONFIRMED, VIOLATED, INCONCLUSIVE = ClaimOutcome.CONFIRMED, ClaimOutcome.VIOLATED, ClaimOutcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("claim", "interval", "outcome"),
    [
        (a_claim("better"), (0.01, 0.2), CONFIRMED),
        (a_claim("better"), (0.0, 0.2), INCONCLUSIVE),
        (a_claim("better"), (-0.1, 0.0), VIOLATED),
        (a_claim("better", by=0.05), (0.01, 0.2), INCONCLUSIVE),
        (a_claim("better", by=0.05), (0.01, 0.05), VIOLATED),
        (a_claim("worse"), (-0.2, -0.01), CONFIRMED),
        (a_claim("worse"), (0.0, 0.2), VIOLATED),
        (a_claim("not_worse", margin=0.03), (-0.02, 0.2), CONFIRMED),
        (a_claim("not_worse", margin=0.03), (-0.03, 0.2), INCONCLUSIVE),
        (a_claim("not_worse", margin=0.03), (-0.2, -0.03), VIOLATED),
        (a_claim("same", margin=0.03), (-0.02, 0.02), CONFIRMED),
        (a_claim("same", margin=0.03), (-0.02, 0.03), INCONCLUSIVE),
        (a_claim("same", margin=0.03), (0.03, 0.2), VIOLATED),
        (a_claim("same", margin=0.03), (-0.2, -0.03), VIOLATED),
        (a_claim("at_least", value=0.8), (0.8, 0.9), CONFIRMED),
        (a_claim("at_least", value=0.8), (0.7, 0.8), INCONCLUSIVE),
        (a_claim("at_least", value=0.8), (0.7, 0.79), VIOLATED),
        (a_claim("at_most", value=0.05), (0.0, 0.05), CONFIRMED),
        (a_claim("at_most", value=0.05), (0.06, 0.1), VIOLATED),
        (a_claim("trend"), (0.001, 0.1), CONFIRMED),
        (a_claim("trend"), (-0.1, 0.0), VIOLATED),
    ],
    ids=str,
)
def test_where_an_interval_lies(claim: Claim, interval: tuple[float, float], outcome: ClaimOutcome) -> None:
    assert region_of(claim).outcome(Interval(*interval)) is outcome


@pytest.mark.parametrize(
    ("claim", "depth"),
    [
        (a_claim("better", by=0.1), 0.1),
        (a_claim("worse"), -0.4),
        (a_claim("same", margin=0.5), 0.1),
        (a_claim("at_most", value=0.5), 0.1),
    ],
    ids=str,
)
def test_how_deep_inside_of_what_is_claimed_an_interval_lies(claim: Claim, depth: float) -> None:
    assert region_of(claim).depth(Interval(0.2, 0.4)) == pytest.approx(depth)
