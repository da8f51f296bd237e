"""`generate_report` for scripts and notebooks: a data frame of evaluations becomes a report."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vizspec.cells.cell import IDENTITY
from vizspec.cells.coverage import ledger
from vizspec.cells.select_logs import select_logs
from vizspec.errors import UserError
from vizspec.estimates.table import estimate
from vizspec.experiment.parse import design_of
from vizspec.gather.facts import Facts
from vizspec.logs.read_frame import TASK_ARG, NoEvaluations, logs_of_frame
from vizspec.logs.record import Log
from vizspec.metrics.catalogue import catalogue
from vizspec.metrics.score import Score
from vizspec.output.folder import Folder
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Step
from vizspec.report.attachments import Attachments, date_of
from vizspec.report.context import build
from vizspec.report.render import render
from vizspec.spec.model import SECTIONS, OwnSection, ReportSpec, Spec
from vizspec.versions import versions

if TYPE_CHECKING:
    import pandas as pd

    from vizspec.experiment.model import Experiment

FilePath = str | PathLike[str]

_LOCATION = "data frame"
_LEVEL = 0.95
_COMPUTE = "Compute Utilization"
_OWN_HEADING = re.compile(rf"\s*#+\s*{_COMPUTE}\s*#*\s*(\n|$)", re.IGNORECASE)
_NO_INTERPRETATION = "No interpretation was written. Give one as the argument future_directions."
_MODEL_STRING = "model string"
_COUNTS = ("total_samples", "results_total_samples", "n", "sample_size")
"""Columns that tell how many samples were scored; those that Inspect writes come first."""
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

    n is that of the first column of `total_samples` (as far as they are completed, where the frame tells),
    `results_total_samples`, `n` and `sample_size`. A frame without columns of scores may have an `accuracy`,
    with its `stderr`.

    `config` are the data of an `experiment_summary.yaml`; its scorers come first in the order in which it
    lists them. Only `generated_pngs` are embedded, by paths relative to the report, those that do not exist
    are told of; `eval_log_paths` are listed likewise. `future_directions` is Markdown that becomes
    "Analysis & Interpretation", `compute_section` Markdown that stands right after it, with its own heading
    "Compute Utilization" or without.

    Raises:
        UserError: the frame holds no evaluations.
        OSError: the report cannot be written.
    """
    report = Path(output_path)
    spec = _spec(experiment_name, future_directions, generated_by, compute_section)
    experiment = design_of(dict(config), name=experiment_name).experiment if config else None
    facts = _facts(df, experiment_name, experiment)
    pictures = list(generated_pngs or ())
    outcomes = [_picture(path, report) for path in pictures if _is_there(path)]
    missing = [_seen_from(report, path) for path in pictures if not _is_there(path)]
    logs = tuple(_seen_from(report, path) for path in eval_log_paths or ())
    attachments = Attachments(
        versions=versions(),
        date=date_of(os.environ),
        logs=logs,
        folder="the report's folder",
        warnings=tuple(f"The picture '{path}' is left out: there is no such file." for path in missing),
        no_interpretation=_NO_INTERPRETATION,
    )
    markdown = render(build(spec, facts, outcomes, attachments))
    Folder(report.parent).write(report.name, markdown.encode())
    return markdown


def _spec(name: str, interpretation: str | None, generated_by: str | None, compute: str | None) -> Spec:
    sections: list[Any] = [section for section in SECTIONS if section != "compute"]
    if compute:
        place = sections.index("interpretation") + 1
        sections.insert(place, OwnSection(title=_COMPUTE, text=_without_heading(compute)))
    return Spec(
        vizspec=1,
        report=ReportSpec(
            title=name, generated_by=generated_by, interpretation=interpretation, sections=tuple(sections)
        ),
    )


def _without_heading(section: str) -> str:
    own = _OWN_HEADING.match(section)
    return section[own.end() :] if own else section


def _facts(df: pd.DataFrame, name: str, experiment: Experiment | None) -> Facts:
    """The facts of the frame's rows, every one of them: choosing among them was the caller's."""
    try:
        logs = [_with_model_string(log) for log in logs_of_frame(_as_evaluations(df), _LOCATION)]
    except NoEvaluations as error:
        raise UserError(f"there is nothing to report on in the data frame: {error}") from error
    telling = [str(name) for name in df.columns if str(name) in _NAMES or str(name).startswith(TASK_ARG)]
    identity = (*IDENTITY, _MODEL_STRING, *telling, "log")
    selected = select_logs(logs, experiment, identity=identity, epochs="all")
    metrics = catalogue(
        _in_order([score for cell in selected.cells for score in cell.log.scores], experiment)
    )
    table = estimate(selected.cells, metrics, _LEVEL)
    return Facts(name, _LEVEL, selected, metrics, {_LEVEL: table}, ledger(selected, experiment), experiment)


def _as_evaluations(df: pd.DataFrame) -> pd.DataFrame:
    """The frame with its counts and its accuracy in the columns in which `evals_df()` has them."""
    counts = next((name for name in _COUNTS if name in df.columns), None)
    if counts is not None and "completed_samples" not in df.columns:
        df = df.assign(total_samples=df[counts], completed_samples=df[counts])
    if "accuracy" in df.columns and not any(str(name).startswith("score_") for name in df.columns):
        df = df.assign(score_headline_value=df["accuracy"], score_headline_metric="accuracy")
        if "stderr" in df.columns:
            df = df.assign(score_headline_stderr=df["stderr"])
    return df


def _in_order(scores: Sequence[Score], experiment: Experiment | None) -> list[Score]:
    """The scores in the order in which the design lists their scorers, then in the frame's."""
    scorers = experiment.scorers if experiment is not None else ()
    place = {name: at for at, name in enumerate(scorers)}
    return sorted(scores, key=lambda score: place.get(score.scorer, len(place)))


def _with_model_string(log: Log) -> Log:
    """The log with its model's whole string as a column: base models' names may be all alike."""
    return replace(log, columns={**log.columns, _MODEL_STRING: log.model})


def _is_there(path: FilePath) -> bool:
    return "://" in str(path) or Path(path).is_file()


def _seen_from(report: Path, path: FilePath) -> str:
    """The path as the report has to write it; an address stays as it is."""
    if "://" in str(path):
        return str(path)
    return Path(os.path.relpath(path, report.parent)).as_posix()


def _picture(path: FilePath, report: Path) -> Outcome:
    name = _seen_from(report, path)
    title = Path(path).stem.replace("_", " ")
    step = Step(name, 0, "png", None, (name,), title, "", None)
    return Outcome(step, (FileOutcome(name, OutputStatus.MADE),))
