"""Verdicts by exact rules: that of one interval is its region's (`region`), of several this. Pure.

    claim                Confirmed                         Violated
    rising, margin m     every step L > -m, last > first   a step U < -m, or last - first U <= 0
    best among           all L > 0                         some rival above

Where several intervals together violate a claim, each is taken at Bonferroni's level. Where samples are
missing on one side, the verdict must be one whether they count as the lowest score or as the highest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from vizspec.cells.cell import Cell
from vizspec.claims.model import OF_ONE, Claim, Relation
from vizspec.claims.planned import no_log_of
from vizspec.claims.power import with_power
from vizspec.claims.record import CaseVerdict, ClaimOutcome
from vizspec.claims.region import HIGHER, Region, region_of
from vizspec.claims.sides import Case
from vizspec.comparisons.answer import Comparer
from vizspec.comparisons.gains import logged_gains, logged_slope, of_gains, slope
from vizspec.comparisons.measure import Measured, NotReadable
from vizspec.comparisons.record import Comparison
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.contrasts import Difference
from vizspec.statistics.intervals import Interval, interval_of
from vizspec.statistics.multiplicity import bonferroni_level
from vizspec.views.sample_matching import cluster_key

CONFIRMED, VIOLATED = ClaimOutcome.CONFIRMED, ClaimOutcome.VIOLATED
INCONCLUSIVE, NOT_TESTABLE = ClaimOutcome.INCONCLUSIVE, ClaimOutcome.NOT_TESTABLE

CHANGED_BY_MISSING = (
    "another verdict would follow if the samples that one side lacked were all right, or all wrong"
)

AGAINST = "a step goes the other way, which is not sure as one of several"


@dataclass(frozen=True)
class Bench:
    """What a judge asks of the results: comparisons, and estimates at a level."""

    comparer: Comparer
    estimate: Callable[[Cell, Metric, float], Estimate | None]


def judge_case(claim: Claim, case: Case[Cell], metric: Metric, level: float, bench: Bench) -> CaseVerdict:
    """The verdict on one combination at a level; what lacks a log may still overthrow what is Confirmed."""
    claimed_of = (*((case.of,) if case.of is not None else ()), *(cell for _, cell in case.steps))
    found = replace(_Judge(claim, metric, level, bench).verdict(case), name=case.name, cells=claimed_of)
    if found.outcome is CONFIRMED and case.lacking:
        return replace(found, outcome=INCONCLUSIVE, reason=no_log_of(case.lacking))
    return found


def together(
    verdicts: Sequence[CaseVerdict], at_bonferroni: Callable[[int], Iterable[CaseVerdict]]
) -> ClaimOutcome:
    """The verdict on all combinations: Confirmed where all are; Violated where any is, at Bonferroni's level.

    `at_bonferroni` judges again as one of so many.
    """
    if len(verdicts) == 1:
        return verdicts[0].outcome
    tested = [one for one in verdicts if one.outcome is not NOT_TESTABLE]
    if not tested:
        return NOT_TESTABLE
    if all(one.outcome is CONFIRMED for one in verdicts):
        return CONFIRMED
    if any(one.outcome is VIOLATED for one in tested) and any(
        one.outcome is VIOLATED for one in at_bonferroni(len(tested))
    ):
        return VIOLATED
    return INCONCLUSIVE


@dataclass(frozen=True)
class _Judge:
    """Judges the combinations of one claim, in one metric, at one level."""

    claim: Claim
    metric: Metric
    level: float
    bench: Bench

    def verdict(self, case: Case[Cell]) -> CaseVerdict:
        relation = self.claim.relation
        if case.missing is not None:
            return self._untested(case.missing)
        if relation not in OF_ONE and self.metric.better is None:
            return self._untested(
                f"neither direction of {self.metric.label} is better: tell it in metrics.define"
            )
        if case.gains:
            found = of_gains(self._measured(case.gains), self.level, self.claim.pair)
            return self._of_contrast(found, case.gains, logged_gains)
        if case.steps:
            return self._trend(case.steps) if relation is Relation.TREND else self._steps(case.steps)
        assert case.of is not None
        if relation in OF_ONE:
            return self._threshold(case.of)
        if relation is Relation.BEST:
            return self._best(case.of, case.others)
        assert case.than is not None
        return self._gain(case.of, case.than, region_of(self.claim))

    def _threshold(self, cell: Cell) -> CaseVerdict:
        row = self.bench.estimate(cell, self.metric, self.level)
        if row is None or row.value is None:
            return self._untested((row.note if row else None) or f"its log has no value of {self.metric.id}")
        known = replace(self._untested(), value=row.value, n=row.n, method=row.method.value, note=row.note)
        ends = interval_of(row.lower, row.upper)
        return _judged(known, ends, region_of(self.claim), row.no_verdict, unknown=row.note)

    def _gain(self, a: Cell, b: Cell, region: Region, level: float | None = None) -> CaseVerdict:
        """The verdict on how much better a is than b."""
        level = level or self.level
        row = self.bench.comparer.compare(
            a, b, self.metric, level, self.claim.pair, cluster_key(self.claim.cluster)
        )
        known = CaseVerdict(
            "", NOT_TESTABLE, row.gain, level=level, n=row.n, method=row.method, p=row.p, note=row.note
        )
        found = _judged(known, self._oriented(row.lower, row.upper), region, row.no_verdict, row)
        if found.lower is None or row.no_verdict is not None:
            return found
        extremes = [ends for one in row.extremes if (ends := self._oriented(*one)) is not None]
        if any(region.outcome(ends) is not found.outcome for ends in extremes):
            return replace(
                found, outcome=INCONCLUSIVE, reason=CHANGED_BY_MISSING, detectable=None, needed=None
            )
        return found

    def _steps(self, steps: Sequence[tuple[object, Cell]]) -> CaseVerdict:
        """Rising: no step falls by more than the margin, and the last is above the first."""
        cells = [cell for _, cell in steps]
        if self.claim.relation is Relation.FALLING:
            cells.reverse()
        allowed = Region(low=-(self.claim.margin or 0.0))
        wide = bonferroni_level(self.level, len(cells) - 1)
        pairs = [(above, below) for below, above in pairwise(cells)]
        whole = self._gain(cells[-1], cells[0], HIGHER)
        parts = [*(self._gain(a, b, allowed) for a, b in pairs), whole]
        surer = [self._gain(a, b, allowed, wide) for a, b in pairs]
        unknown = _first(parts, NOT_TESTABLE)
        if unknown is not None:
            return unknown
        violated = _first([*surer, whole], VIOLATED)
        if violated is not None:
            return violated
        if all(one.outcome is CONFIRMED for one in parts):
            return whole
        against = _first(parts, VIOLATED)
        if against is not None:
            return replace(against, outcome=INCONCLUSIVE, reason=AGAINST)
        return _first(parts, INCONCLUSIVE) or whole

    def _best(self, of: Cell, rivals: Sequence[Cell]) -> CaseVerdict:
        """All rivals are below; violated where one is above, each taken at Bonferroni's level."""
        wide = bonferroni_level(self.level, len(rivals))
        found = [self._gain(of, rival, HIGHER) for rival in rivals]
        surer = [self._gain(of, rival, HIGHER, wide) for rival in rivals]
        above = next((one for one in surer if one.outcome is VIOLATED and (one.upper or 0.0) < 0), None)
        if above is not None:
            return above
        if all(one.outcome is CONFIRMED for one in found):
            return min(found, key=lambda one: one.lower or 0.0)
        unknown = _first(found, NOT_TESTABLE)
        if unknown is not None:
            return unknown
        closest = min(found, key=lambda one: one.value or 0.0)
        return replace(closest, outcome=INCONCLUSIVE)

    def _trend(self, steps: Sequence[tuple[object, Cell]]) -> CaseVerdict:
        places, cells = zip(*steps, strict=True)
        found = slope(self._measured(cells), places, self.level)
        return self._of_contrast(found, cells, partial(logged_slope, places=places))

    def _of_contrast(
        self, found: Difference | str, cells: Sequence[Cell], logged: Callable[..., Difference | str]
    ) -> CaseVerdict:
        """The verdict on a contrast, of what the logs store where samples cannot be had."""
        note = None
        if isinstance(found, str):
            why, found = found, self._logged(cells, logged) or found
            note = f"by what the logs store, not on the same samples: {why}"
        if isinstance(found, str):
            return self._untested(found)
        value = -found.value if self.metric.better == "lower" else found.value
        known = replace(
            self._untested(), value=value, n=found.n, method=str(found.method), p=found.p, note=note
        )
        ends = self._oriented(found.lower, found.upper)
        return _judged(known, ends, region_of(self.claim), found.no_verdict)

    def _measured(self, cells: Sequence[Cell]) -> list[Measured | str]:
        cluster = cluster_key(self.claim.cluster)
        return [self.bench.comparer.measure(cell, self.metric, cluster) for cell in cells]

    def _logged(
        self, cells: Sequence[Cell], logged: Callable[..., Difference | str]
    ) -> Difference | str | None:
        """The contrast of what the logs store; None where samples do not lack."""
        sides = self._measured(cells)
        rows = [self.bench.estimate(cell, self.metric, self.level) for cell in cells]
        known = [row for row in rows if row is not None]
        may_be = all(isinstance(side, NotReadable | Measured) for side in sides) and len(known) == len(rows)
        return logged(known) if may_be and any(isinstance(side, NotReadable) for side in sides) else None

    def _oriented(self, lower: float | None, upper: float | None) -> Interval | None:
        """An interval of a gain: above 0 where the first side is better."""
        ends = interval_of(lower, upper)
        if ends is not None and self.metric.better == "lower":
            return ends.negated
        return ends

    def _untested(self, reason: str | None = None) -> CaseVerdict:
        return CaseVerdict("", NOT_TESTABLE, level=self.level, reason=reason)


def _judged(
    known: CaseVerdict,
    ends: Interval | None,
    region: Region,
    no_verdict: str | None,
    row: Comparison | None = None,
    unknown: str | None = None,
) -> CaseVerdict:
    """The verdict that an interval gives; where there is none, `unknown` may say why."""
    if ends is None:
        return replace(known, reason=no_verdict or unknown or "no interval is known")
    held = replace(known, lower=ends.lower, upper=ends.upper, depth=region.depth(ends))
    if no_verdict is not None:
        return replace(held, outcome=INCONCLUSIVE, reason=no_verdict)
    outcome = region.outcome(ends)
    held = replace(held, outcome=outcome)
    return with_power(region, held, row) if outcome is INCONCLUSIVE else held


def _first(verdicts: Iterable[CaseVerdict], outcome: ClaimOutcome) -> CaseVerdict | None:
    return next((one for one in verdicts if one.outcome is outcome), None)
