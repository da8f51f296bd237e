"""The data of an experiment file, in any of its forms, become an `Experiment`, and problems of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from vizspec.errors import Loc, Problem
from vizspec.experiment.file import (
    ExperimentFile,
    MatrixEntry,
    NamedEntry,
    RunEntry,
    Section,
    TaskEntry,
    TrainingData,
)
from vizspec.experiment.model import Experiment, MatrixRow, Run, RunType, TaskSource, TrainingDataset
from vizspec.experiment.variables import Variable, variables_of
from vizspec.parsing.lenient import validate_leniently
from vizspec.text.messages import did_you_mean, shown, suggestion
from vizspec.text.values import plain_value

_GAPS: Mapping[Loc, str] = {
    ("experiment",): "the report will have the folder's name and no research question",
    ("runs",): "runs are taken from the evaluation matrix, or from the logs",
    ("evaluation",): "nothing can be checked against the design, and missing results go unnoticed",
    ("evaluation", "scorers"): "metrics cannot be checked before there are logs",
    ("evaluation", "tasks"): "tasks are taken from the evaluation matrix",
    ("evaluation", "matrix"): "results that are missing go unnoticed",
}
"""What it means that a section is missing; the other sections may be."""

_RUN_TYPES: Mapping[str, RunType] = {
    "finetuned": RunType.FINE_TUNED,
    "finetune": RunType.FINE_TUNED,
    "control": RunType.CONTROL,
    "base": RunType.CONTROL,
    "baseline": RunType.CONTROL,
    "evalonly": RunType.EVAL_ONLY,
}


NEARLY_ALIKE = 0.75
"""How like a known key another one must be to be taken for a misspelling of it."""


class ParsedDesign(NamedTuple):
    """An experiment, and what its file lacks, has in no known form (warnings), or contradicts (errors)."""

    experiment: Experiment
    problems: tuple[Problem, ...]


def design_of(data: dict[str, Any], *, name: str) -> ParsedDesign:
    """The experiment that `data` describe; `name` is its name where they give none."""
    file, unfit = validate_leniently(ExperimentFile, data)
    variables, odd = variables_of(file.variables, [run.parameters or {} for run in file.runs if run])
    tasks = _names(file.evaluation.tasks) or _distinct(
        task for row in file.evaluation.matrix if row for task in row.tasks or ()
    )
    matrix = tuple(_matrix_row(row, tasks) for row in file.evaluation.matrix if row)
    about, output = file.experiment, file.output
    experiment = Experiment(
        name=about.name or name,
        question=about.question or about.research_question or about.scientific_question,
        hypothesis=about.hypothesis,
        type=about.type or about.experiment_type or "_".join(variable.name for variable in variables) or None,
        purpose=about.purpose,
        date=about.date,
        directory=about.dir or about.directory,
        models=_names(file.models.base) or _distinct(run.model for run in file.runs if run),
        datasets=tuple(_dataset(entry) for entry in file.data.training if entry),
        data_generation=_settings(file.data.data_generation or {}),
        variables=variables,
        controls=_settings(file.controls),
        runs=_runs(file.runs, variables) or tuple(Run(run) for run in _distinct(row.run for row in matrix)),
        scorers=_names((*file.evaluation.scorers, *file.evaluation.scorer)),
        tasks=tasks,
        matrix=matrix,
        task_sources=MappingProxyType(dict(_sources(file.evaluation.tasks))),
        output_dir=output.base_directory or output.dir or output.directory,
        checkpoint_pattern=output.checkpoint_pattern,
    )
    return ParsedDesign(
        experiment,
        (*unfit, *_gaps(data), *odd, *_misspelt(file, (), variables), *_types(file), *_contradictions(file)),
    )


def _names(entries: Iterable[NamedEntry | None]) -> tuple[str, ...]:
    return _distinct(entry.name for entry in entries if entry)


def _sources(tasks: Iterable[TaskEntry | None]) -> Iterator[tuple[str, TaskSource]]:
    for task in tasks:
        if task is not None:
            file, _, function = (task.script or "").partition("@")
            arguments = _settings(task.args or {})
            yield task.name, TaskSource(file or None, function or None, task.dataset, arguments)


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _matrix_row(row: MatrixEntry, tasks: tuple[str, ...]) -> MatrixRow:
    own = _distinct(row.tasks or ())
    epochs = tuple(dict.fromkeys(epoch for epoch in row.epochs or () if epoch is not None))
    return MatrixRow(row.run, own if row.tasks is not None else tasks, row.vis_label or None, epochs or None)


def _dataset(entry: TrainingData) -> TrainingDataset:
    splits = entry.splits
    label = entry.dataset_label or entry.label
    if splits is None:
        return TrainingDataset(label, entry.path)
    return TrainingDataset(label, entry.path, splits.train, splits.validation, splits.test)


def _runs(entries: Iterable[RunEntry | None], variables: tuple[Variable, ...]) -> tuple[Run, ...]:
    """The runs, the first of each name; a variable that stands beside `parameters` counts as one of them."""
    known = {variable.name for variable in variables}
    runs: dict[str, Run] = {}
    for entry in entries:
        if entry is None:
            continue
        beside = {key: value for key, value in (entry.model_extra or {}).items() if key in known}
        parameters = _settings(beside | (entry.parameters or {}))
        run = Run(entry.name, _run_type(entry.type), entry.model, entry.dataset, parameters)
        runs.setdefault(entry.name, run)
    return tuple(runs.values())


def _run_type(written: str | None) -> str | None:
    bare = (written or "").casefold().replace("-", "").replace("_", "").replace(" ", "")
    return _RUN_TYPES.get(bare, written)


def _settings(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType({name: plain_value(value) for name, value in values.items()})


def _gaps(data: dict[str, Any]) -> Iterator[Problem]:
    """A warning for each section that is missing; for a section that is there but null, `unfit` has one."""
    evaluation = data.get("evaluation")
    if "variables" in data and data["variables"] is None:
        yield _warning(("variables",), "this section is empty", "nothing is known to vary between the runs")
    for loc, meaning in _GAPS.items():
        around = data if len(loc) == 1 else evaluation
        spellings = ("scorers", "scorer") if loc[-1] == "scorers" else loc[-1:]
        if isinstance(around, dict) and not any(spelling in around for spelling in spellings):
            yield _warning(loc, "this section is missing", meaning)


def _misspelt(section: Section, loc: Loc, variables: tuple[Variable, ...]) -> Iterator[Problem]:
    """Keys that are much like a known one which is not there; others may be of other readers of the file."""
    known = [name for name in type(section).model_fields if name not in section.model_fields_set]
    is_named = isinstance(section, NamedEntry)
    for key in () if is_named else section.model_extra or ():
        meant = did_you_mean(key, known, NEARLY_ALIKE)
        if meant is not None and all(variable.name != key for variable in variables):
            yield _warning((*loc, key), f"unknown key {shown(key)}", meant)
    for name in type(section).model_fields:
        value = getattr(section, name)
        for at, item in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(item, Section):
                yield from _misspelt(item, (*loc, name, at), variables)
        if isinstance(value, Section):
            yield from _misspelt(value, (*loc, name), variables)


def _types(file: ExperimentFile) -> Iterator[Problem]:
    """Types of runs that are none of the known ones."""
    for index, run in enumerate(file.runs):
        if run and run.type is not None and _run_type(run.type) not in tuple(RunType):
            message = f"no type of run is called {shown(run.type)}"
            yield _warning(("runs", index, "type"), message, suggestion(run.type, tuple(RunType)))


def _contradictions(file: ExperimentFile) -> Iterator[Problem]:
    """Runs that share a name, and rows of the matrix about runs and tasks that are not defined."""
    first: dict[str, int] = {}
    for index, run in enumerate(file.runs):
        if run and first.setdefault(run.name, index) != index:
            message = f"a second run is named {shown(run.name)}"
            yield _warning(("runs", index, "name"), message, "only the first is read")
    tasks = _names(file.evaluation.tasks)
    for index, row in enumerate(file.evaluation.matrix):
        loc: Loc = ("evaluation", "matrix", index)
        if row and first and row.run not in first:
            yield Problem((*loc, "run"), f"no run is named {shown(row.run)}", suggestion(row.run, first))
        for at, task in enumerate(row.tasks or () if row else ()):
            if task and tasks and task not in tasks:
                yield _warning(
                    (*loc, "tasks", at), f"no task is named {shown(task)}", suggestion(task, tasks)
                )


def _warning(loc: Loc, message: str, hint: str) -> Problem:
    return Problem(loc, message, hint, severity="warning")
