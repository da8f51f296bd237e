"""The values that a design's columns can have, and those of which a spec speaks although nothing has them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vizspec.errors import Loc, Problem, Severity
from vizspec.text.messages import shown, suggestion
from vizspec.text.registry_names import without_package
from vizspec.text.values import same_value

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment

KnownValues = Mapping[str, Sequence[Any]]
"""Column: its values. A column whose values are not all known has none."""


def values_of(experiment: Experiment | None, derived: Container[str] = ()) -> KnownValues:
    """What the design tells: runs, models, tasks and labels, variables and the runs' parameters.

    Of `derived` columns nothing is known, though a variable may have the same name.
    """
    if experiment is None:
        return {}
    cells = experiment.expected_cells()
    tasks = tuple(dict.fromkeys(without_package(cell.task) for cell in cells))
    models = tuple(dict.fromkeys(run.model for run in experiment.runs if run.model))
    parameters = {
        name: tuple(run.parameters.get(name) for run in experiment.runs)
        for name in experiment.parameter_names
    }
    choices = {
        **{variable.name: variable.levels for variable in experiment.variables},
        **{f"run.parameters.{name}": values for name, values in parameters.items()},
        "run": tuple(run.name for run in experiment.runs),
        "run.type": tuple(dict.fromkeys(run.type for run in experiment.runs if run.type)),
        "model": models if all(run.model for run in experiment.runs) else (),
        "task": tasks,
        "vis_label": experiment.vis_labels,
        "task_name": (*experiment.vis_labels, *tasks) if tasks else (),
        "epoch": experiment.epochs,
    }
    return {name: values for name, values in choices.items() if name not in derived}


def unheard_of(loc: Loc, column: str, value: Any, values: KnownValues) -> Iterator[Problem]:
    """A problem where the design has no such value: an error for a run, since other runs' logs are left out.

    Logs may have other tasks and labels than the design, so that these are a warning.
    """
    known = values.get(column, ())
    if value is None or not known or any(same_value(value, one) for one in known):
        return
    texts = [str(one) for one in known if one is not None]
    severity: Severity = "error" if column == "run" else "warning"
    message = f"the design has no {column} {shown(value)}"
    yield Problem(loc, message, suggestion(str(value), texts), severity)
