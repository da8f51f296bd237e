"""The research question: what the experiment asks, expects and varies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizspec.report.material import Material
from vizspec.report.model import ResearchQuestion
from vizspec.report.table import Table, TableColumn, table_of

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment

NOT_GIVEN = "The experiment file gives none."
_MOST_LEVELS = 12


def research_question(material: Material) -> tuple[ResearchQuestion, ...]:
    """The section, where there is an experiment."""
    experiment = material.facts.experiment
    if experiment is None:
        return ()
    return (
        ResearchQuestion(
            experiment.question or NOT_GIVEN, experiment.hypothesis or NOT_GIVEN, _variables(experiment)
        ),
    )


def _variables(experiment: Experiment) -> Table | None:
    variables = experiment.variables
    if not variables:
        return None
    return table_of(
        (
            TableColumn("Variable", tuple(variable.name for variable in variables)),
            TableColumn("Kind", tuple(str(variable.kind) for variable in variables)),
            TableColumn("Levels", tuple(_levels(variable.levels) for variable in variables)),
        )
    )


def _levels(levels: tuple[object, ...]) -> str:
    rest = len(levels) - _MOST_LEVELS
    shown = ", ".join(str(level) for level in levels[:_MOST_LEVELS])
    return f"{shown}, … ({len(levels)} in all)" if rest > 0 else shown
