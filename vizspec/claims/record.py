"""Verdicts as values: what the results say of a claim, with the numbers that say it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vizspec.cells.cell import Cell


class ClaimOutcome(StrEnum):
    """What a claim came to."""

    CONFIRMED = "Confirmed"
    VIOLATED = "Violated"
    INCONCLUSIVE = "Inconclusive"
    NOT_TESTABLE = "Not testable"


@dataclass(frozen=True)
class CaseVerdict:
    """The verdict on one combination of a claim.

    `value` is what is claimed of: a gain (above 0: better, whichever direction the metric has), a slope, a
    difference of gains, or the metric itself; of several steps or rivals, that of the one which decides.
    `level`: that of the interval; `depth`: how far inside of what is claimed its nearer end lies. `reason`:
    why it is not decided, or not testable. `detectable`: the smallest difference that these samples show with
    a power of 80%; `needed`: the samples that would decide, were the value the true one.
    """

    name: str
    outcome: ClaimOutcome
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float = 0.95
    depth: float | None = None
    n: int | None = None
    method: str = "none"
    p: float | None = None
    reason: str | None = None
    note: str | None = None
    detectable: float | None = None
    needed: int | None = None
    cells: tuple[Cell, ...] = ()
    """The evaluations that it is claimed of."""


@dataclass(frozen=True)
class Verdict:
    """The verdict on a claim: that on each of its combinations, and on all together.

    `is_below`: whether it says that values are low. `sha256` identifies what the claim says. `p_adjusted`:
    Holm's p-value over all claims that say that something is better or worse; None of others.
    """

    id: str
    sentence: str
    metric: str
    outcome: ClaimOutcome
    cases: tuple[CaseVerdict, ...] = ()
    reason: str | None = None
    why: str | None = None
    p_adjusted: float | None = None
    changed: str | None = None
    is_below: bool = False
    sha256: str = ""

    @property
    def confirmed(self) -> int:
        return sum(case.outcome is ClaimOutcome.CONFIRMED for case in self.cases)

    @property
    def weakest(self) -> CaseVerdict | None:
        """The case that speaks least for the claim, among those with a value."""
        order = (
            ClaimOutcome.VIOLATED,
            ClaimOutcome.INCONCLUSIVE,
            ClaimOutcome.CONFIRMED,
            ClaimOutcome.NOT_TESTABLE,
        )
        known = [case for case in self.cases if case.value is not None]
        return min(known, key=lambda case: (order.index(case.outcome), case.depth or 0.0), default=None)
