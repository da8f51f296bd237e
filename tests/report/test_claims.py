"""The section on claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.make import a_log, some_facts
from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.report.attachments import Attachments
from vizspec.report.claims import MOST_ROWS, claim_text, claims, counts_text, detail
from vizspec.report.material import Material
from vizspec.spec.model import Spec

SURE = CaseVerdict("capitals", ClaimOutcome.CONFIRMED, 0.53, 0.34, 0.68, depth=0.34, n=40, method="tango")
SURER = CaseVerdict("rivers", ClaimOutcome.CONFIRMED, 0.7, 0.5, 0.9, depth=0.5, n=40, method="tango")
OPEN = CaseVerdict(
    "rivers", ClaimOutcome.INCONCLUSIVE, 0.02, -0.1, 0.14, n=40, method="tango", detectable=0.2, needed=1960
)
MISSING = CaseVerdict("lakes", ClaimOutcome.NOT_TESTABLE, reason="no evaluation is run r8")


def a_verdict(outcome: ClaimOutcome, *cases: CaseVerdict, **named: Any) -> Verdict:
    return Verdict(
        "beats_base", "treatment is better than control", "match/accuracy", outcome, cases, **named
    )


def test_there_is_no_section_without_claims() -> None:
    material = Material(Spec(vizspec=1), some_facts([a_log("r4")]), (), Attachments())
    assert claims(material) == ()


def test_a_claim_of_several_combinations_tells_the_least() -> None:
    assert detail(a_verdict(ClaimOutcome.CONFIRMED, SURER, SURE)) == (
        "2 of 2; least 0.530, 95% CI 0.340 to 0.680, n = 40"
    )


def test_a_claim_that_values_are_low_tells_the_most() -> None:
    low, lower = replace(SURE, depth=0.1), replace(SURER, depth=0.05)
    assert detail(a_verdict(ClaimOutcome.CONFIRMED, low, lower, is_below=True)) == (
        "2 of 2; most 0.700, 95% CI 0.500 to 0.900, n = 40"
    )


def test_what_is_open_tells_what_would_decide_it() -> None:
    found = claim_text(a_verdict(ClaimOutcome.INCONCLUSIVE, OPEN))
    assert found.detail == "0.020, 95% CI -0.100 to 0.140, n = 40, by tango"
    assert found.remarks == (
        "40 samples show a difference of 0.200 in 4 of 5 cases.",
        "Were 0.020 the true value, 1,960 samples would decide it.",
    )


def test_what_is_missing_is_told() -> None:
    assert detail(a_verdict(ClaimOutcome.NOT_TESTABLE, reason="no log has the metric 'f1'")) == (
        "no log has the metric 'f1'"
    )
    assert claim_text(a_verdict(ClaimOutcome.NOT_TESTABLE, MISSING)).detail == "no evaluation is run r8"
    assert claim_text(a_verdict(ClaimOutcome.INCONCLUSIVE, SURE, MISSING)).remarks[-1] == (
        "1 combination is not testable: no evaluation is run r8 (lakes)."
    )


def test_a_confirmation_that_others_take_away_is_told() -> None:
    found = claim_text(a_verdict(ClaimOutcome.CONFIRMED, SURE, p_adjusted=0.04))
    assert found.remarks == ("Not so if all claims are taken together (Holm).",)
    assert claim_text(a_verdict(ClaimOutcome.CONFIRMED, SURE, p_adjusted=0.01)).remarks == ()


def test_the_section_counts_what_chance_would_confirm_and_lists_combinations() -> None:
    verdicts = (a_verdict(ClaimOutcome.CONFIRMED, SURE, SURER), a_verdict(ClaimOutcome.INCONCLUSIVE, OPEN))
    facts = replace(some_facts([a_log("r4")]), verdicts=verdicts)
    (section,) = claims(Material(Spec(vizspec=1), facts, (), Attachments()))
    assert section.sentences == (
        "Each claim is judged at its own level: of 2 claims 0.05 falsely Confirmed would be expected if all "
        "were only just false.",
    )
    assert section.table is not None
    assert section.table.headers == ("For", "Verdict", "Value", "Interval")
    assert [row[:2] for row in section.table.rows] == [("capitals", "Confirmed"), ("rivers", "Confirmed")]
    assert section.table.footnotes == ("In every row: Claim is beats_base, n is 40.",)


def test_intervals_are_marked_with_their_methods_where_those_of_one_claim_differ() -> None:
    verdict = a_verdict(ClaimOutcome.CONFIRMED, SURE, replace(SURER, method="welch"))
    assert claim_text(verdict).detail == "2 of 2; least 0.530, 95% CI 0.340 to 0.680, n = 40"
    facts = replace(some_facts([a_log("r4")]), verdicts=(verdict,))
    (section,) = claims(Material(Spec(vizspec=1), facts, (), Attachments()))
    assert section.table is not None
    assert [row[-1].endswith("(a)") for row in section.table.rows] == [False, True]
    assert section.table.footnotes[:2] == (
        "(a) By welch.",
        "Intervals are by tango where no note says otherwise.",
    )


def test_a_table_whose_first_rows_have_no_intervals_says_nothing_of_methods() -> None:
    unknown = a_verdict(ClaimOutcome.NOT_TESTABLE, *[MISSING] * MOST_ROWS)
    known = a_verdict(ClaimOutcome.CONFIRMED, SURE, replace(SURER, method="welch"))
    facts = replace(some_facts([a_log("r4")]), verdicts=(unknown, known))
    (section,) = claims(Material(Spec(vizspec=1), facts, (), Attachments()))
    assert section.table is not None
    assert section.table.footnotes[-1] == "2 more rows are in results.json."
    assert not any("Intervals" in sentence for sentence in section.table.footnotes)


def test_what_became_of_all_claims_in_one_way_is_said_once() -> None:
    late = "Written, or changed, after a render that had 98 logs."
    one, other = (replace(a_verdict(ClaimOutcome.CONFIRMED, SURE), id=name, changed=late) for name in "ab")
    facts = replace(some_facts([a_log("r4")]), verdicts=(one, other))
    (section,) = claims(Material(Spec(vizspec=1), facts, (), Attachments()))
    assert section.sentences[0] == "Of each claim: written, or changed, after a render that had 98 logs."
    assert [text.remarks for text in section.claims] == [(), ()]
    facts = replace(facts, verdicts=(one, replace(other, changed=None)))
    (section,) = claims(Material(Spec(vizspec=1), facts, (), Attachments()))
    assert [text.remarks for text in section.claims] == [(late,), ()]


def test_verdicts_are_counted() -> None:
    verdicts = (
        a_verdict(ClaimOutcome.INCONCLUSIVE),
        a_verdict(ClaimOutcome.CONFIRMED),
        a_verdict(ClaimOutcome.INCONCLUSIVE),
    )
    assert counts_text(verdicts) == "Of 3 claims 1 is Confirmed, 2 are Inconclusive"
