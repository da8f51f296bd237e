"""What the samples of an open claim could have shown, and how many would decide it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.claims.make import a_claim
from tests.comparisons.make import ACCURACY
from tests.make import a_cell
from vizspec.claims.model import Claim
from vizspec.claims.power import deviation_of, with_power
from vizspec.claims.record import CaseVerdict, ClaimOutcome
from vizspec.claims.region import HIGHER, region_of
from vizspec.comparisons.record import Comparison, SamplePairing


def open_case(**named: Any) -> CaseVerdict:
    return CaseVerdict("all", ClaimOutcome.INCONCLUSIVE, level=0.95, **named)


def a_row(gain: float, wins: int, losses: int) -> Comparison:
    """A comparison of 0/1 scores of 1,000 samples."""
    row = Comparison("", "a", "b", a_cell("a"), a_cell("b"), ACCURACY, 0.95)
    return replace(
        row,
        difference=gain,
        wins=wins,
        losses=losses,
        method="tango",
        samples=SamplePairing(1000, matched_by="id"),
    )


@pytest.mark.parametrize(
    ("claim", "gain", "needed"),
    [
        (a_claim("better"), 0.05, 312),
        (a_claim("not_worse", margin=0.03), 0.0, 873),
        (a_claim("same", margin=0.05), 0.0, 421),
    ],
)
def test_a_claim_of_shares_needs_what_connor_says_at_one_changed_sample_in_ten(
    claim: Claim, gain: float, needed: int
) -> None:
    found = with_power(region_of(claim), open_case(value=gain, n=1000), a_row(gain, wins=50, losses=50))
    assert found.needed == pytest.approx(needed, abs=1)
    assert found.detectable is not None
    assert 0.02 < found.detectable < 0.04


def test_a_mean_needs_the_more_samples_the_nearer_its_claim_is() -> None:
    row = replace(a_row(0.0, 0, 0), method="welch", wins=None, losses=None)
    far = with_power(HIGHER, open_case(value=0.1, lower=-0.05, upper=0.25, n=100), row)
    near = with_power(HIGHER, open_case(value=0.05, lower=-0.1, upper=0.2, n=100), row)
    assert far.needed is not None
    assert near.needed is not None
    assert near.needed > 3 * far.needed


def test_a_share_needs_what_wilsons_interval_asks_for() -> None:
    found = with_power(
        region_of(a_claim("at_least", value=0.8)),
        open_case(value=0.9, lower=0.7, upper=0.97, n=20, method="wilson"),
    )
    assert found.needed == 100


def test_without_an_interval_nothing_is_known_of_a_samples_spread() -> None:
    assert deviation_of(open_case(value=0.1, n=100)) is None
    found = deviation_of(open_case(value=0.0, lower=-0.196, upper=0.196, n=100))
    assert found == pytest.approx(1.0, abs=0.001)
