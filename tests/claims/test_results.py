"""Verdicts as rows."""

from __future__ import annotations

from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.claims.results import claim_rows

CASES = (
    CaseVerdict("capitals", ClaimOutcome.CONFIRMED, 0.5, 0.4, 0.6, n=40),
    CaseVerdict("rivers", ClaimOutcome.NOT_TESTABLE, reason="no evaluation is run r8"),
)


def test_a_row_is_a_combination() -> None:
    first, second = claim_rows([Verdict("a", "A wins", "match/accuracy", ClaimOutcome.INCONCLUSIVE, CASES)])
    assert (first.verdict, first.case, first.case_verdict, first.value) == (
        "Inconclusive",
        "capitals",
        "Confirmed",
        0.5,
    )
    assert (second.case_verdict, second.reason) == ("Not testable", "no evaluation is run r8")


def test_a_claim_without_combinations_is_a_row() -> None:
    (row,) = claim_rows(
        [Verdict("a", "A wins", "", ClaimOutcome.NOT_TESTABLE, reason="no log has the metric")]
    )
    assert (row.verdict, row.case_verdict, row.reason) == (
        "Not testable",
        "Not testable",
        "no log has the metric",
    )
