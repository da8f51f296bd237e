"""Numbers as the report shows them."""

from __future__ import annotations

from tests.make import an_estimate
from vizspec.comparisons.leads import Basis, Lead
from vizspec.report.number_texts import (
    count_text,
    estimate_text,
    interval_text,
    lead_text,
)


def test_an_interval_has_both_ends_or_is_a_dash() -> None:
    assert interval_text(an_estimate(lower=0.7, upper=0.9)) == "0.700–0.900"
    assert interval_text(an_estimate(lower=-0.1, upper=0.9)) == "-0.100 to 0.900"
    assert interval_text(an_estimate(lower=None, upper=0.9)) == "-"


def test_a_count_that_is_not_known_is_a_dash() -> None:
    assert (count_text(12032), count_text(0), count_text(None)) == ("12,032", "0", "-")


def test_an_estimate_in_a_sentence_tells_what_is_not_known() -> None:
    assert estimate_text(an_estimate()) == "0.800 (95% CI 0.700–0.900, n = 100)"
    unknown = an_estimate(lower=None, upper=None, n=None)
    assert estimate_text(unknown) == "0.800 (no interval known, n not known)"


def test_a_lead_is_told_with_its_interval() -> None:
    assert lead_text(Lead(0.05, -0.042, 0.165, Basis.SAME_SAMPLES)) == "0.050 (-0.042 to 0.165)"
    of_part = Lead(0.05, -0.042, 0.165, Basis.SAME_SAMPLES, n=38)
    assert lead_text(of_part) == "0.050 (-0.042 to 0.165, n = 38)"
