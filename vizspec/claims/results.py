"""Verdicts as rows of files: one a combination of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vizspec.claims.record import CaseVerdict, Verdict


@dataclass(frozen=True)
class ClaimRow:
    """One combination of a claim, `case` being its name; what is not known is None.

    `verdict` is that of the whole claim, `case_verdict` that of the combination.
    """

    id: str
    claim: str
    metric: str
    verdict: str
    case: str
    case_verdict: str
    value: float | None
    lower: float | None
    upper: float | None
    level: float
    n: int | None
    method: str
    p: float | None
    p_adjusted: float | None
    reason: str | None
    note: str | None
    detectable: float | None
    needed: int | None
    sha256: str


def claim_rows(verdicts: Sequence[Verdict]) -> tuple[ClaimRow, ...]:
    """A row for each combination; one for a claim that has none."""
    return tuple(
        _row(verdict, case)
        for verdict in verdicts
        for case in verdict.cases or (CaseVerdict("", verdict.outcome, reason=verdict.reason),)
    )


def _row(verdict: Verdict, case: CaseVerdict) -> ClaimRow:
    return ClaimRow(
        id=verdict.id,
        claim=verdict.sentence,
        metric=verdict.metric,
        verdict=verdict.outcome.value,
        case=case.name,
        case_verdict=case.outcome.value,
        value=case.value,
        lower=case.lower,
        upper=case.upper,
        level=case.level,
        n=case.n,
        method=case.method,
        p=case.p,
        p_adjusted=verdict.p_adjusted,
        reason=case.reason,
        note=case.note,
        detectable=case.detectable,
        needed=case.needed,
        sha256=verdict.sha256,
    )
