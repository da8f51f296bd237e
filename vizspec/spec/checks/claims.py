"""The section `claims` against the design: names, keys that fit together, and one evaluation on each side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.cells.cell import IDENTITY
from vizspec.claims.model import NEEDED, PARTICULAR, POSSIBLE, Claim, ClaimsSection
from vizspec.claims.sides import Case, cases
from vizspec.errors import Loc, Problem
from vizspec.spec.checks.comparisons import levels, same_ids
from vizspec.spec.checks.known import KnownNames
from vizspec.spec.checks.text import where
from vizspec.spec.checks.values import values_of

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec


@dataclass(frozen=True)
class Planned:
    """An evaluation that the design plans, with the columns that its log will have."""

    task: str
    vis_label: str | None
    columns: Mapping[str, Any]


def check(spec: Spec, known: KnownNames, experiment: Experiment | None) -> Iterator[Problem]:
    """Problems of each claim, before any log exists."""
    base: Loc = ("claims", "list") if isinstance(spec.claims, ClaimsSection) else ("claims",)
    values = values_of(experiment, spec.data.columns)
    for problem in same_ids("claims", [claim.id for claim in spec.stated_claims]):
        yield Problem((*base, *problem.loc[1:]), problem.message, problem.hint)
    planned = planned_evaluations(experiment) if experiment is not None else ()
    for place, claim in enumerate(spec.stated_claims):
        loc: Loc = (*base, place)
        problems = [*_keys(loc, claim), *_names(loc, claim, known)]
        problems += where((*loc, "where"), claim.where, known, values)
        for key, side in _sides(claim):
            problems += levels((*loc, key), side, known, values)
        yield from problems
        if not problems and planned:
            yield from _picks(loc, claim, spec, planned, experiment)


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


def _picks(
    loc: Loc, claim: Claim, spec: Spec, planned: tuple[Planned, ...], experiment: Experiment | None
) -> Iterator[Problem]:
    """A side that means several evaluations of the design, or none."""
    if claim.where is not None or any(name not in planned[0].columns for name in claim.columns):
        return  # what logs or derived columns will tell is not known yet
    cells = planned if claim.speaks_of_epochs else _of_epochs(planned, spec)
    orders = {v.name: v.ordered for v in experiment.variables} if experiment is not None else {}
    for case in cases(claim, cells, orders):
        if case.missing is not None:
            yield _problem(loc, claim, case)
            return


def _problem(loc: Loc, claim: Claim, case: Case[Planned]) -> Problem:
    if case.is_ambiguous:
        return Problem(loc, f"the claim '{claim.id}' can mean several evaluations: {case.missing}", case.hint)
    where_ = f" (for {case.name})" if case.name else ""
    message = f"the claim '{claim.id}' will not be testable: {case.missing}{where_}"
    return Problem(loc, message, "correct the claim, or the design", "warning")


def planned_evaluations(experiment: Experiment, latest: bool = False) -> tuple[Planned, ...]:
    """Every evaluation of the matrix; of several checkpoints the last alone where the `latest` are wanted."""
    planned = tuple(_planned(experiment))
    return _latest(planned) if latest else planned


def _planned(experiment: Experiment) -> Iterator[Planned]:
    names = [variable.name for variable in experiment.variables]
    for cell in experiment.expected_cells():
        run = experiment.run(cell.run)
        task = cell.task.rpartition("/")[2]
        columns = {
            **{name: experiment.setting(cell.run, name) for name in (*names, *experiment.parameter_names)},
            **{
                f"run.parameters.{name}": run.parameters.get(name) if run else None
                for name in experiment.parameter_names
            },
            **dict(
                zip(
                    IDENTITY,
                    (cell.run, run.model if run else None, task, cell.vis_label, cell.epoch),
                    strict=True,
                )
            ),
            "task_name": cell.vis_label or task,
            "run.type": run.type if run else None,
            "run.model": run.model if run else None,
        }
        yield Planned(task, cell.vis_label, columns)


def _of_epochs(planned: tuple[Planned, ...], spec: Spec) -> tuple[Planned, ...]:
    """Those of the checkpoints that the spec shows."""
    if spec.data.epochs == "all":
        return planned
    if isinstance(spec.data.epochs, tuple):
        wanted = {*spec.data.epochs, None}
        return tuple(one for one in planned if one.columns["epoch"] in wanted)
    return _latest(planned)


def _latest(planned: tuple[Planned, ...]) -> tuple[Planned, ...]:
    last: dict[tuple[object, ...], Planned] = {}
    for one in planned:
        last[one.columns["run"], one.task, one.vis_label] = one
    return tuple(last.values())
