"""`generate_report` for scripts and notebooks: a data frame of evaluations becomes a report."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vizspec.cells import IDENTITY
from vizspec.coverage import ledger
from vizspec.design import design_of
from vizspec.errors import UserError
from vizspec.estimates import estimate
from vizspec.facts import Facts
from vizspec.folder import Folder
from vizspec.logs.frame import TASK_ARG, NoEvaluations, logs_of_frame
from vizspec.logs.record import Log
from vizspec.metrics import catalogue
from vizspec.outcomes import FileOutcome, Outcome, Status
from vizspec.plan import Step
from vizspec.report.context import build
from vizspec.report.inputs import ReportInputs, date_of
from vizspec.report.render import render
from vizspec.sorting import sort_logs
from vizspec.spec import SECTIONS, OwnSection, ReportSpec, Spec
from vizspec.versions import versions

if TYPE_CHECKING:
    import pandas as pd

    from vizspec.experiment import Experiment

FilePath = str | PathLike[str]

_LOCATION = "data frame"
_LEVEL = 0.95
_MODEL_STRING = "model string"
_NAMES = ("task_display_name",)
"""Columns that may tell rows apart whose model and task are called alike."""


def generate_report(
    df: pd.DataFrame,
    experiment_name: str,
    output_path: FilePath,
    config: Mapping[str, Any] | None = None,
    future_directions: str | None = None,
    generated_pngs: Sequence[FilePath] | None = None,
    eval_log_paths: Sequence[FilePath] | None = None,
    generated_by: str | None = None,
    compute_section: str | None = None,
) -> str:
    """Write a report on the evaluations in `df` (a row each, as `evals_df_prep` gives them), and return it.

    `config` are the data of an `experiment_summary.yaml`. Only `generated_pngs` are embedded, by paths
    relative to the report; `eval_log_paths` are listed likewise. `future_directions` is Markdown that
    becomes "Analysis & Interpretation", `compute_section` Markdown that stands right after it.

    Raises:
        UserError: the frame holds no evaluations.
        OSError: the report cannot be written.
    """
    report = Path(output_path)
    spec = _spec(experiment_name, future_directions, generated_by, compute_section)
    experiment = design_of(dict(config), name=experiment_name).experiment if config else None
    facts = _facts(df, experiment_name, experiment)
    outcomes = [_picture(path, report) for path in generated_pngs or ()]
    logs = tuple(_seen_from(report, path) for path in eval_log_paths or ())
    inputs = ReportInputs(
        versions=versions(), date=date_of(os.environ), logs=logs, folder="the report's folder"
    )
    markdown = render(build(spec, facts, outcomes, inputs))
    Folder(report.parent).write(report.name, markdown.encode())
    return markdown


def _spec(name: str, interpretation: str | None, generated_by: str | None, compute: str | None) -> Spec:
    sections: list[Any] = [section for section in SECTIONS if section != "compute"]
    if compute:
        place = sections.index("interpretation") + 1
        sections.insert(place, OwnSection(title="Compute Utilization", text=compute))
    return Spec(
        vizspec=1,
        report=ReportSpec(
            title=name, generated_by=generated_by, interpretation=interpretation, sections=tuple(sections)
        ),
    )


def _facts(df: pd.DataFrame, name: str, experiment: Experiment | None) -> Facts:
    """The facts of the frame's rows, every one of them: choosing among them was the caller's."""
    try:
        logs = [_with_model_string(log) for log in logs_of_frame(df, _LOCATION)]
    except NoEvaluations as error:
        raise UserError(f"there is nothing to report on in the data frame: {error}") from error
    telling = [str(name) for name in df.columns if str(name) in _NAMES or str(name).startswith(TASK_ARG)]
    identity = (*IDENTITY, _MODEL_STRING, *telling, "log")
    sorting = sort_logs(logs, experiment, identity=identity, epochs="all")
    metrics = catalogue(score for cell in sorting.cells for score in cell.log.scores)
    table = estimate(sorting.cells, metrics, _LEVEL)
    return Facts(name, _LEVEL, sorting, metrics, {_LEVEL: table}, ledger(sorting, experiment), experiment)


def _with_model_string(log: Log) -> Log:
    """The log with its model's whole string as a column: base models' names may be all alike."""
    return replace(log, columns={**log.columns, _MODEL_STRING: log.model})


def _seen_from(report: Path, path: FilePath) -> str:
    """The path as the report has to write it; an address stays as it is."""
    if "://" in str(path):
        return str(path)
    return Path(os.path.relpath(path, report.parent)).as_posix()


def _picture(path: FilePath, report: Path) -> Outcome:
    name = _seen_from(report, path)
    title = Path(path).stem.replace("_", " ")
    step = Step(name, 0, "png", None, (name,), title, "", None)
    return Outcome(step, (FileOutcome(name, Status.MADE),))
