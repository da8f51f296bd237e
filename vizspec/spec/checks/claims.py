"""The section `claims` against the design: names, keys that fit together, and one evaluation on each side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vizspec.claims.model import NEEDED, OF_ONE, PARTICULAR, POSSIBLE, Claim, ClaimsSection
from vizspec.claims.planned import Planned, meant_by
from vizspec.claims.sides import Case, cases
from vizspec.errors import Loc, Problem
from vizspec.logs.globs import GLOB_SIGNS
from vizspec.metrics.known_metrics import ACCURACY, CALIBRATION_ERRORS, KnownMetric, of_name, without_prefix
from vizspec.spec.checks.comparisons import levels, same_ids
from vizspec.spec.checks.known_names import KnownNames
from vizspec.spec.checks.known_values import values_of
from vizspec.spec.checks.text import where

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec


def check(spec: Spec, known: KnownNames, experiment: Experiment | None) -> Iterator[Problem]:
    """Problems of each claim, before any log exists."""
    base: Loc = ("claims", "list") if isinstance(spec.claims, ClaimsSection) else ("claims",)
    values = values_of(experiment, spec.data.columns)
    for problem in same_ids("claims", [claim.id for claim in spec.stated_claims]):
        yield Problem((*base, *problem.loc[1:]), problem.message, problem.hint)
    for place, claim in enumerate(spec.stated_claims):
        loc: Loc = (*base, place)
        problems = [*_keys(loc, claim), *_names(loc, claim, known)]
        problems += _of_metric(loc, claim, spec)
        problems += where((*loc, "where"), claim.where, known, values)
        for key, side in _sides(claim):
            problems += levels((*loc, key), side, known, values)
        yield from problems
        if not problems and experiment is not None:
            yield from _picks(loc, claim, spec, experiment)


def _sides(claim: Claim) -> Iterator[tuple[str, dict[str, Any]]]:
    pairs = (("of", claim.of), ("than", claim.than), ("in", claim.within), ("versus", claim.versus))
    return ((key, side) for key, side in pairs if side)


def _names(loc: Loc, claim: Claim, known: KnownNames) -> Iterator[Problem]:
    for key, names in (("for_each", claim.for_each), ("among", claim.among or ())):
        for place, name in enumerate(names):
            yield from known.column((*loc, key, place), name)
    if claim.over is not None:
        yield from known.column((*loc, "over"), claim.over)
    if claim.metric is not None:
        yield from known.metric((*loc, "metric"), claim.metric)


def _of_metric(loc: Loc, claim: Claim, spec: Spec) -> Iterator[Problem]:
    """Warnings where the metric's name tells that nothing will be judged, or always the same."""
    name = claim.metric or spec.metrics.primary
    if name is None or name in spec.metrics.define or GLOB_SIGNS.search(name):
        return
    scorer, _, own = without_prefix(name).partition("/")
    metric = of_name(scorer, own or ACCURACY)
    at: Loc = (*loc, "metric" if claim.metric is not None else "is")
    if claim.relation not in OF_ONE:
        if own in CALIBRATION_ERRORS:
            message = f"differences of {metric.label} are not judged: no interval of them is sound"
            yield Problem(at, message, "compare the Brier score instead", "warning")
        elif metric.better is None and metric.family != "other":
            message = f"neither direction of {metric.label} is better: nothing will be judged"
            yield Problem(at, message, "tell one in metrics.define, or name another metric", "warning")
    elif claim.value is not None and not _holds(metric, claim.value):
        message = f"{claim.value:g} lies outside the range of {metric.label}, {_range(metric)}"
        yield Problem((*loc, "value"), message, "correct it, or tell the range in metrics.define", "warning")


def _holds(metric: KnownMetric, value: float) -> bool:
    low, high = metric.lowest, metric.highest
    return (low is None or low <= value) and (high is None or value <= high)


def _range(metric: KnownMetric) -> str:
    low, high = metric.lowest, metric.highest
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    return f"from {low:g}" if low is not None else f"to {high:g}"


def _keys(loc: Loc, claim: Claim) -> Iterator[Problem]:
    """Keys that the relation needs, and those that mean nothing beside it."""
    relation = claim.relation
    needed, possible = NEEDED[relation], (*NEEDED[relation], *POSSIBLE.get(relation, ()))
    for key in needed:
        if key not in claim.given:
            yield Problem(loc, f"'is: {relation}' needs '{key}'", _example(key))
    for key in claim.given:
        if key in PARTICULAR and key not in possible:
            yield Problem((*loc, key), f"'{key}' means nothing beside 'is: {relation}'", "leave it out")
    if (claim.within is None) != (claim.versus is None):
        missing = "versus" if claim.versus is None else "in"
        yield Problem(loc, f"'in' and 'versus' go together: '{missing}' is missing", "give both, or none")


def _example(key: str) -> str:
    examples = {
        "than": "than: {run: base}",
        "margin": "margin: 0.03",
        "value": "value: 0.8",
        "over": "over: epoch",
        "among": "among: [model]",
    }
    return f"as in: {examples[key]}"


def _picks(loc: Loc, claim: Claim, spec: Spec, experiment: Experiment) -> Iterator[Problem]:
    """A side that means several evaluations of the design, or none."""
    planned = meant_by(claim, experiment, spec.data.epochs)
    orders = {variable.name: variable.ordered for variable in experiment.variables}
    for case in cases(claim, planned, orders) if planned else ():
        if case.missing is not None:
            yield _problem(loc, claim, case)
            return


def _problem(loc: Loc, claim: Claim, case: Case[Planned]) -> Problem:
    if case.is_ambiguous:
        return Problem(loc, f"the claim '{claim.id}' can mean several evaluations: {case.missing}", case.hint)
    where_ = f" (for {case.name})" if case.name else ""
    message = f"the claim '{claim.id}' will not be testable: {case.missing}{where_}"
    return Problem(loc, message, "correct the claim, or the design", "warning")
