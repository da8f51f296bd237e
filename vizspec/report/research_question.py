"""The research question: what the experiment asks, expects and varies, and what it trains on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vizspec.experiment.model import TrainingDataset
from vizspec.report.material import Material
from vizspec.report.model import ResearchQuestion
from vizspec.report.table import TableColumn, TextTable, table_of
from vizspec.text.decimals import DASH
from vizspec.text.markdown import Align
from vizspec.text.messages import listed

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment, Run

NOT_GIVEN = "The experiment file gives none."
OWN_DATA = "dataset_path"
"""The parameter of a run that names a file of training data of its own."""
_MOST_LEVELS = 12


def research_question(material: Material) -> tuple[ResearchQuestion, ...]:
    """The section, where there is an experiment."""
    experiment = material.facts.experiment
    if experiment is None:
        return ()
    return (
        ResearchQuestion(
            experiment.question or NOT_GIVEN,
            experiment.hypothesis or NOT_GIVEN,
            _variables(experiment),
            experiment.purpose,
            _training(experiment),
            _generation(experiment),
        ),
    )


def _variables(experiment: Experiment) -> TextTable | None:
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


def _training(experiment: Experiment) -> TextTable | None:
    """The data sets that the runs were trained on: where they come from, their splits, and whose they are."""
    sets = _data_sets(experiment)
    columns: tuple[tuple[str, list[str | None], Align], ...] = (
        ("Training data", [each.label for each in sets], "left"),
        ("File", [each.path for each in sets], "left"),
        ("Train", [_number(each.train) for each in sets], "right"),
        ("Validation", [_number(each.validation) for each in sets], "right"),
        ("Test", [_number(each.test) for each in sets], "right"),
        ("Runs", [_trained_on(each, experiment) for each in sets], "left"),
    )
    known = [column for column in columns if any(text is not None for text in column[1])]
    if not known:
        return None
    return table_of(
        tuple(
            TableColumn(title, tuple(text or DASH for text in texts), align) for title, texts, align in known
        )
    )


def _data_sets(experiment: Experiment) -> list[TrainingDataset]:
    """The data sets of the design, and those that only runs name by their files."""
    known = {each.path for each in experiment.datasets}
    own = dict.fromkeys(path for run in experiment.runs if (path := _own_file(run)) is not None)
    return [*experiment.datasets, *(TrainingDataset(path=path) for path in own if path not in known)]


def _own_file(run: Run) -> str | None:
    """The training data that a run names instead of the experiment's."""
    path = run.parameters.get(OWN_DATA)
    return path if isinstance(path, str) else None


def _generation(experiment: Experiment) -> TextTable | None:
    """The settings with which the training data were made; of what has parts, the names of these."""
    known = [(name.replace("_", " "), _setting(value)) for name, value in experiment.data_generation.items()]
    if not known:
        return None
    names, values = zip(*known, strict=True)
    return table_of((TableColumn("How the training data were made", names), TableColumn("", values)))


def _setting(value: object) -> str:
    if isinstance(value, Mapping):
        parts = value.items()
        has_inner = any(isinstance(part, Mapping) for part in value.values())
        return ", ".join(str(name) if has_inner else f"{name}: {part}" for name, part in parts)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _number(count: int | None) -> str | None:
    return None if count is None else f"{count:,}"


def _trained_on(dataset: TrainingDataset, experiment: Experiment) -> str | None:
    """The runs that name this data set, by its label or its file; a run that names none is of none."""
    runs = [run.name for run in experiment.runs if _names(run, dataset)]
    return listed(runs) if runs else None


def _names(run: Run, dataset: TrainingDataset) -> bool:
    own = _own_file(run)
    if own is not None:
        return own == dataset.path
    return run.dataset is not None and run.dataset in (dataset.label, dataset.path)


def _levels(levels: tuple[object, ...]) -> str:
    rest = len(levels) - _MOST_LEVELS
    shown = ", ".join(str(level) for level in levels[:_MOST_LEVELS])
    return f"{shown}, … ({len(levels)} in all)" if rest > 0 else shown
