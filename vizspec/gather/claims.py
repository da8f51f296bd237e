"""The verdicts on a spec's claims, from the logs' cells and their samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cells.benchmarks import OF_BENCHMARKS, benchmarks
from vizspec.cells.cell import Cell
from vizspec.claims.judge import Bench, judge_case, together
from vizspec.claims.model import OF_ONE, Claim, Relation
from vizspec.claims.planned import Planned, meant_by, with_logs, without_logs
from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.claims.sides import Case, cases
from vizspec.claims.words import claim_sha256, sentence
from vizspec.comparisons.answer import Comparer
from vizspec.comparisons.questions import Evaluated
from vizspec.errors import Problem, Problems
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError, is_true_of
from vizspec.gather.pool import Pool, cluster_of, with_scores
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.multiplicity import bonferroni_level, holm
from vizspec.text.messages import listed
from vizspec.views.sample_matching import cluster_key

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.gather.options import Reading
    from vizspec.spec.model import Spec

OF_DATA_SETS = OF_BENCHMARKS - {"task", "task_name"}
DIRECTED = frozenset({Relation.BETTER, Relation.WORSE})
BELOW = frozenset({Relation.WORSE, Relation.AT_MOST})


def judge_claims(
    spec: Spec, experiment: Experiment | None, pool: Pool, base: Path, reading: Reading
) -> tuple[tuple[Verdict, ...], Pool]:
    """A verdict on each claim, in the spec's order, and the pool with the samples that were read.

    Raises:
        Problems: a `where` cannot be worked out.
        UserError: the processes or the cluster that should read the logs failed.
    """
    found = [_cases(place, claim, spec, experiment, pool) for place, claim in enumerate(spec.stated_claims)]
    metrics = [_metric(claim, spec, pool) for claim in spec.stated_claims]
    pairs = [
        (cell, cluster_key(claim.cluster) or cluster_of(cell, metric))
        for claim, metric, own in zip(spec.stated_claims, metrics, found, strict=True)
        if metric is not None and claim.relation not in OF_ONE
        for cell in _cells(own)
    ]
    needed = tuple(dict.fromkeys(cell for cell, _ in pairs))
    ready = with_scores(spec, pool, needed, {key for _, key in pairs}, base, reading)
    bench = Bench(Comparer(ready.measure, ready.row), ready.row)
    verdicts = [
        _verdict(claim, metric, own, spec, bench)
        for claim, metric, own in zip(spec.stated_claims, metrics, found, strict=True)
    ]
    return adjusted(spec.stated_claims, verdicts), ready


def _cases(
    place: int, claim: Claim, spec: Spec, experiment: Experiment | None, pool: Pool
) -> tuple[Case[Cell], ...]:
    """The combinations, those of planned evaluations without a log too."""
    cells: list[Evaluated] = [*(pool.every_checkpoint if claim.speaks_of_epochs else pool.shown)]
    orders: Mapping[str, Sequence[object]] = {}
    if experiment is not None:
        planned = meant_by(claim, experiment, spec.data.epochs)
        missing = without_logs(planned, pool.selected, whatever_checkpoint=not claim.speaks_of_epochs)
        cells += [one for one in missing if not _is_left_out(one, spec.data.where)]
        orders = {variable.name: variable.ordered for variable in experiment.variables}
    try:
        found = map(with_logs, cases(claim, cells, orders, spec.data.labels))
        return tuple(_on_one_benchmark(claim, case) for case in found)
    except ExpressionError as error:
        raise Problems([Problem(("claims", place, "where"), str(error), HOW_TO_COMPARE)]) from error


def _on_one_benchmark(claim: Claim, case: Case[Cell]) -> Case[Cell]:
    """The case; none that can be tested where its evaluations are of different data sets, and its claim names
    none.
    """
    on = set(benchmarks(_cells([case])).values())
    if len(on) == len({one.task for one in on}) or not OF_DATA_SETS.isdisjoint(claim.columns):
        return case
    names = listed(sorted(one.name for one in on))
    return replace(case, missing=case.missing or f"its evaluations are of different data sets: {names}")


def _is_left_out(planned: Planned, where: str | None) -> bool:
    """Whether the spec's filter leaves an evaluation out, as far as its design tells."""
    try:
        return where is not None and not is_true_of(where, planned.columns)
    except ExpressionError:
        return False  # its log alone would tell


def _metric(claim: Claim, spec: Spec, pool: Pool) -> Metric | None:
    if claim.metric is None:
        return pool.catalogue.primary(spec.metrics.primary)
    return next(iter(pool.catalogue.select([claim.metric])), None)


def _cells(found: Iterable[Case[Cell]]) -> Iterable[Cell]:
    for case in found:
        yield from (cell for cell in (case.of, case.than) if cell is not None)
        yield from (*case.others, *(cell for _, cell in case.steps), *case.gains)


def _verdict(
    claim: Claim, metric: Metric | None, found: Sequence[Case[Cell]], spec: Spec, bench: Bench
) -> Verdict:
    name = metric.label if metric is not None else claim.metric or "the primary metric"
    empty = Verdict(
        claim.id,
        sentence(claim, name),
        metric.id if metric is not None else claim.metric or "",
        ClaimOutcome.NOT_TESTABLE,
        why=claim.why,
        is_below=claim.relation in BELOW,
        sha256=claim_sha256(claim),
    )
    if metric is None:
        return replace(empty, reason=f"no log has the metric '{claim.metric or spec.metrics.primary}'")
    level = claim.level or spec.metrics.ci
    judge = partial(judge_case, claim, metric=metric, bench=bench)
    verdicts = tuple(judge(case, level=level) for case in found)

    def again(count: int) -> Iterable[CaseVerdict]:
        return (judge(case, level=bonferroni_level(level, count)) for case in found)

    return replace(empty, outcome=together(verdicts, again), cases=verdicts)


def adjusted(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Holm's p-values for the claims that something is better, or worse: the largest p of their cases.

    The p-value of a direction is half of the two-sided one, or what is left to 1 where the sign is the other.
    """
    own = {
        place: _p_of_direction(claim, verdict)
        for place, (claim, verdict) in enumerate(zip(claims, verdicts, strict=True))
        if claim.relation in DIRECTED and claim.by is None
    }
    known = {place: p for place, p in own.items() if p is not None}
    changed = dict(zip(known, holm(list(known.values())), strict=True)) if known else {}
    return tuple(replace(one, p_adjusted=changed.get(place)) for place, one in enumerate(verdicts))


def _p_of_direction(claim: Claim, verdict: Verdict) -> float | None:
    sign = 1 if claim.relation is Relation.BETTER else -1
    found = [
        case.p / 2 if case.value * sign > 0 else 1 - case.p / 2
        for case in verdict.cases
        if case.p is not None and case.value is not None
    ]
    return max(found) if found and len(found) == len(verdict.cases) else None
