"""The claims that `init` suggests: for each variable, the checkpoints, and the base model. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vizspec.claims.model import Claim
from vizspec.claims.planned import Planned, planned_evaluations
from vizspec.claims.sides import cases
from vizspec.experiment.model import RunType
from vizspec.experiment.variables import ScaleType, Variable
from vizspec.text.slugs import slug

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment

ClaimEntry = dict[str, Any]


def suggested_claims(experiment: Experiment) -> tuple[ClaimEntry, ...]:
    """Claims that the design can test, as entries of the spec; each side means one evaluation of it."""
    planned = planned_evaluations(experiment)
    last = planned_evaluations(experiment, "latest")
    orders = {variable.name: variable.ordered for variable in experiment.variables}
    found = []
    for entry in _wanted(experiment):
        cells = planned if "epoch" in (*entry.get("of", {}), entry.get("over")) else last
        found += [fitting] if (fitting := _fitting(entry, cells, orders, experiment)) is not None else []
    return tuple(found)


def _wanted(experiment: Experiment) -> Iterator[ClaimEntry]:
    """What each part of the design would like to know, without `for_each`."""
    controls = [run for run in experiment.runs if run.type == RunType.CONTROL]
    if controls and any(run.type == RunType.FINE_TUNED for run in experiment.runs):
        yield _entry("beats_base", {"run.type": "fine-tuned"}, "better", than={"run.type": "control"})
    for variable in experiment.variables:
        yield from _of_variable(variable)
    if len(experiment.epochs) > 1:
        first, last = experiment.epochs[0], experiment.epochs[-1]
        yield _entry("later_is_better", {"epoch": last}, "better", than={"epoch": first})


def _of_variable(variable: Variable) -> Iterator[ClaimEntry]:
    name, levels = variable.name, variable.ordered
    if len(levels) < 2:
        return
    identity = slug(name).replace("-", "_") or "variable"
    if variable.kind is ScaleType.CATEGORICAL:
        yield _entry(f"best_{identity}", {name: levels[0]}, "best", among=[name])
    elif len(levels) == 2:
        yield _entry(f"{identity}_helps", {name: levels[1]}, "better", than={name: levels[0]})
    else:
        yield _entry(f"{identity}_scales", {}, "rising", over=name, margin=0.02)


def _entry(identity: str, of: dict[str, Any], relation: str, **more: Any) -> ClaimEntry:
    return {"id": identity, **({"of": of} if of else {}), "is": relation, **more}


def _fitting(
    entry: ClaimEntry, cells: tuple[Planned, ...], orders: dict[str, Any], experiment: Experiment
) -> ClaimEntry | None:
    """The entry with the fewest columns of `for_each` that leave one evaluation a side."""
    named = {*entry.get("of", {}), *entry.get("than", {}), entry.get("over"), *entry.get("among", ())}
    others = [v.name for v in experiment.variables if v.name not in named]
    fine_tuned = {"run.type": "fine-tuned"}
    for extra in ([], others, ["model"], [*others, "model"], ["run"]):
        columns = ["task", *(name for name in dict.fromkeys(extra) if name not in named)]
        for of in (entry.get("of", {}), {**fine_tuned, **entry.get("of", {})}):
            made = {**entry, **({"of": of} if of else {}), "for_each": columns}
            found = cases(Claim.model_validate(made), cells, orders)
            if found and all(case.missing is None for case in found):
                return made
    return None
