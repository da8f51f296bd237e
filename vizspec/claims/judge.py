"""Verdicts by exact rules: a claim is a region, and an interval lies inside it, outside, or neither. Pure.

    claim                    Confirmed                         Violated
    better by m              L > m (0)                         U <= m
    worse by m               U < -m (0)                        L >= -m
    not_worse, margin m      L > -m                            U <= -m
    same, margin m           -m < L and U < m                  L >= m or U <= -m
    at_least v, at_most v    L >= v; U <= v                    U < v; L > v
    rising, margin m         every step L > -m, last > first   a step U < -m, or last - first U <= 0
    trend                    slope L > 0                       U <= 0
    best among               all L > 0                         some rival above
    better in x versus y     difference of gains L > 0         U <= 0

Gains are above 0 where the first side is better. Where several intervals together violate a claim, each is
taken at Bonferroni's level. Where samples are missing on one side, the verdict must be one whether they count
as the lowest score or as the highest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from vizspec.cells.cell import Cell
from vizspec.claims.model import Claim, Relation
from vizspec.claims.power import deviation_of, with_power
from vizspec.claims.record import CaseVerdict, Outcome
from vizspec.claims.sides import Case
from vizspec.comparisons.answer import Comparer
from vizspec.comparisons.gains import of_gains, slope
from vizspec.comparisons.record import Comparison
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.differences import Difference
from vizspec.statistics.multiplicity import bonferroni_level
from vizspec.statistics.power import (
    detectable_mean,
    samples_needed,
)
from vizspec.views.matching import cluster_key

CONFIRMED, VIOLATED = Outcome.CONFIRMED, Outcome.VIOLATED
INCONCLUSIVE, NOT_TESTABLE = Outcome.INCONCLUSIVE, Outcome.NOT_TESTABLE


class Ends(NamedTuple):
    """An interval of a gain."""

    lower: float
    upper: float


Region = Callable[[Ends], Outcome]
"""Where an interval lies: inside the region, outside, or neither."""


@dataclass(frozen=True)
class Bench:
    """What a judge asks of the results: comparisons, and estimates at a level."""

    comparer: Comparer
    estimate: Callable[[Cell, Metric, float], Estimate | None]


def region(claim: Claim) -> Region:
    """The region of a claim about one interval."""
    by, margin, value = claim.by or 0.0, claim.margin or 0.0, claim.value or 0.0
    regions: Mapping[Relation, tuple[Callable[[Ends], bool], Callable[[Ends], bool]]] = {
        Relation.BETTER: (lambda i: i.lower > by, lambda i: i.upper <= by),
        Relation.WORSE: (lambda i: i.upper < -by, lambda i: i.lower >= -by),
        Relation.NOT_WORSE: (lambda i: i.lower > -margin, lambda i: i.upper <= -margin),
        Relation.SAME: (
            lambda i: -margin < i.lower and i.upper < margin,
            lambda i: i.lower >= margin or i.upper <= -margin,
        ),
        Relation.AT_LEAST: (lambda i: i.lower >= value, lambda i: i.upper < value),
        Relation.AT_MOST: (lambda i: i.upper <= value, lambda i: i.lower > value),
        Relation.TREND: (lambda i: i.lower > 0, lambda i: i.upper <= 0),
    }
    inside, outside = regions[claim.relation]

    def judged(interval: Ends) -> Outcome:
        if inside(interval):
            return CONFIRMED
        return VIOLATED if outside(interval) else INCONCLUSIVE

    return judged


def judge_case(claim: Claim, case: Case[Cell], metric: Metric, level: float, bench: Bench) -> CaseVerdict:
    """The verdict on one combination at a level."""
    empty = CaseVerdict(case.name, NOT_TESTABLE, level=level)
    if case.missing is not None:
        return replace(empty, reason=case.missing)
    if claim.relation in (Relation.AT_LEAST, Relation.AT_MOST):
        return _threshold(claim, case, metric, level, bench, empty)
    if metric.better is None:
        reason = f"neither direction of {metric.label} is better: tell it in metrics.define"
        return replace(empty, reason=reason)
    if case.gains:
        return _gains(claim, case, metric, level, bench, empty)
    if case.steps:
        judge = _trend if claim.relation is Relation.TREND else _steps
        return judge(claim, case, metric, level, bench, empty)
    if claim.relation is Relation.BEST:
        return _best(claim, case, metric, level, bench, empty)
    assert case.of is not None
    assert case.than is not None
    return _compared(claim, _compare(bench, case.of, case.than, claim, metric, level), empty)


def together(
    verdicts: Sequence[CaseVerdict], at_bonferroni: Callable[[int], Iterable[CaseVerdict]]
) -> Outcome:
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


def _compare(bench: Bench, a: Cell, b: Cell, claim: Claim, metric: Metric, level: float) -> Comparison:
    return bench.comparer.compare(a, b, metric, level, claim.pair, cluster_key(claim.cluster))


def _oriented(row: Comparison, lower: float | None, upper: float | None) -> Ends | None:
    """An interval of the gain: above 0 where a is better."""
    if lower is None or upper is None:
        return None
    return Ends(-upper, -lower) if row.metric.better == "lower" else Ends(lower, upper)


def _compared(claim: Claim, row: Comparison, empty: CaseVerdict) -> CaseVerdict:
    interval = _oriented(row, row.lower, row.upper)
    known = replace(empty, value=row.gain, n=row.n, method=row.method, p=row.p, note=row.note)
    if interval is None:
        return replace(known, reason=row.no_verdict or "no interval is known")
    known = replace(known, lower=interval.lower, upper=interval.upper)
    if row.no_verdict is not None:
        return replace(known, outcome=INCONCLUSIVE, reason=row.no_verdict)
    judged = region(claim)
    outcome = judged(interval)
    extremes = [found for ends in row.extremes if (found := _oriented(row, *ends)) is not None]
    if any(judged(ends) is not outcome for ends in extremes):
        reason = (
            "another verdict would follow if the samples that one side lacks were all right, or all wrong"
        )
        return replace(known, outcome=INCONCLUSIVE, reason=reason)
    if outcome is not INCONCLUSIVE:
        return replace(known, outcome=outcome)
    return with_power(claim, row, replace(known, outcome=INCONCLUSIVE))


def _threshold(
    claim: Claim, case: Case[Cell], metric: Metric, level: float, bench: Bench, empty: CaseVerdict
) -> CaseVerdict:
    assert case.of is not None
    row = bench.estimate(case.of, metric, level)
    if row is None or row.value is None:
        return replace(empty, reason=(row.note if row else None) or f"its log has no value of {metric.id}")
    known = replace(empty, value=row.value, n=row.n, method=row.method.value, note=row.note)
    if row.lower is None or row.upper is None:
        return replace(known, reason=row.note or "no interval is known")
    interval = Ends(row.lower, row.upper)
    outcome = region(claim)(interval)
    known = replace(known, lower=row.lower, upper=row.upper, outcome=outcome)
    deviation = deviation_of(known)
    if outcome is not INCONCLUSIVE or deviation is None or not row.n:
        return known
    return replace(
        known,
        detectable=detectable_mean(row.n, deviation, level=level),
        needed=samples_needed(row.value - (claim.value or 0.0), deviation, level=level),
    )


def _steps(
    claim: Claim, case: Case[Cell], metric: Metric, level: float, bench: Bench, empty: CaseVerdict
) -> CaseVerdict:
    """Rising: no step falls by more than the margin, and the last is above the first."""
    cells = [cell for _, cell in case.steps]
    if claim.relation is Relation.FALLING:
        cells = cells[::-1]
    margin = claim.margin or 0.0
    wide = bonferroni_level(level, len(cells) - 1)
    step_claim = claim.model_copy(update={"relation": Relation.NOT_WORSE, "margin": margin, "by": None})
    whole_claim = claim.model_copy(update={"relation": Relation.BETTER, "margin": None, "by": None})
    pairs = list(zip(cells[1:], cells[:-1], strict=True))
    steps = [_compared(step_claim, _compare(bench, a, b, claim, metric, level), empty) for a, b in pairs]
    surer = [_compared(step_claim, _compare(bench, a, b, claim, metric, wide), empty) for a, b in pairs]
    whole = _compared(whole_claim, _compare(bench, cells[-1], cells[0], claim, metric, level), empty)
    unknown = next((one for one in (*steps, whole) if one.outcome is NOT_TESTABLE), None)
    if unknown is not None:
        return unknown
    if any(one.outcome is VIOLATED for one in surer) or whole.outcome is VIOLATED:
        worst = next((one for one in surer if one.outcome is VIOLATED), whole)
        return replace(worst, outcome=VIOLATED)
    if all(one.outcome is CONFIRMED for one in (*steps, whole)):
        return replace(whole, outcome=CONFIRMED)
    open_ = next(one for one in (*steps, whole) if one.outcome is INCONCLUSIVE or one is whole)
    return replace(open_, outcome=INCONCLUSIVE)


def _trend(
    claim: Claim, case: Case[Cell], metric: Metric, level: float, bench: Bench, empty: CaseVerdict
) -> CaseVerdict:
    cells = [cell for _, cell in case.steps]
    sides = [bench.comparer.measure(cell, metric, cluster_key(claim.cluster)) for cell in cells]
    found = slope(sides, [place for place, _ in case.steps], level)
    return _of_contrast(claim, found, metric, empty)


def _gains(
    claim: Claim, case: Case[Cell], metric: Metric, level: float, bench: Bench, empty: CaseVerdict
) -> CaseVerdict:
    sides = [bench.comparer.measure(cell, metric, cluster_key(claim.cluster)) for cell in case.gains]
    return _of_contrast(claim, of_gains(sides, level, claim.pair), metric, empty)


def _of_contrast(claim: Claim, found: Difference | str, metric: Metric, empty: CaseVerdict) -> CaseVerdict:
    if isinstance(found, str):
        return replace(empty, reason=found)
    sign = -1.0 if metric.better == "lower" else 1.0
    known = replace(empty, value=sign * found.value, n=found.n, method=str(found.method), p=found.p)
    if found.lower is None or found.upper is None:
        return replace(known, reason=found.no_verdict or "no interval is known")
    ends = Ends(-found.upper, -found.lower) if sign < 0 else Ends(found.lower, found.upper)
    known = replace(known, lower=ends.lower, upper=ends.upper)
    if found.no_verdict is not None:
        return replace(known, outcome=INCONCLUSIVE, reason=found.no_verdict)
    outcome = region(claim)(ends)
    deviation = deviation_of(replace(known, outcome=outcome))
    if outcome is not INCONCLUSIVE or deviation is None or not known.n:
        return replace(known, outcome=outcome)
    return replace(
        known,
        outcome=outcome,
        detectable=detectable_mean(known.n, deviation, level=known.level),
        needed=samples_needed((known.value or 0.0) - (claim.by or 0.0), deviation, level=known.level),
    )


def _best(
    claim: Claim, case: Case[Cell], metric: Metric, level: float, bench: Bench, empty: CaseVerdict
) -> CaseVerdict:
    """All rivals are below; violated where one is above, each taken at Bonferroni's level."""
    assert case.of is not None
    better = claim.model_copy(update={"relation": Relation.BETTER, "by": None})
    wide = bonferroni_level(level, len(case.others))
    rows = [_compare(bench, case.of, rival, claim, metric, level) for rival in case.others]
    found = [_compared(better, row, empty) for row in rows]
    surer = [
        _compared(better, _compare(bench, case.of, rival, claim, metric, wide), empty)
        for rival in case.others
    ]
    above = next((one for one in surer if one.upper is not None and one.upper < 0 and not one.reason), None)
    if above is not None:
        return replace(above, outcome=VIOLATED)
    if all(one.outcome is CONFIRMED for one in found):
        return min(found, key=lambda one: one.lower or 0.0)
    unknown = next((one for one in found if one.outcome is NOT_TESTABLE), None)
    if unknown is not None:
        return unknown
    closest = min(found, key=lambda one: one.value if one.value is not None else 0.0)
    return replace(closest, outcome=INCONCLUSIVE)
