"""The files of an experiment that tell of its jobs: run logs, `gpu_metrics.csv`, what the jobs printed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path, PurePosixPath

from vizspec.experiment.load import RUN_LOGS
from vizspec.limits.files import JOBS_MB, open_file, read_file
from vizspec.slurm.model.jobs import KIND_NAMES, JobKind, Submission
from vizspec.slurm.sources.gpu_csv import GpuSamples, summarize_gpu_lines
from vizspec.slurm.sources.job_output import EvaluationWork, Training, parse_evaluation, parse_training
from vizspec.slurm.sources.run_logs import ACTIONS, parse_run_log

GPU_METRICS = "gpu_metrics.csv"

_STEP_LOG = re.compile(r"log_([0-9]{1,18})\.txt")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunLogs:
    """The submissions of both run logs in order, and for each log that gave no job what is wrong with it."""

    submissions: tuple[Submission, ...] = ()
    problems: tuple[str, ...] = ()


def read_run_logs(
    experiment_dir: Path, runs: Sequence[str] = (), kinds: Sequence[JobKind] = tuple(RUN_LOGS)
) -> RunLogs:
    """The submissions of the run logs, each from the first of its places where there is one.

    `kinds` are those that the experiment ought to have: only their missing logs are problems.
    """
    submissions: list[Submission] = []
    problems: list[str] = []
    for kind, places in RUN_LOGS.items():
        text = _first_text(*(experiment_dir / place for place in places))
        if isinstance(text, OSError):
            problems += [f"{places[0]} {_why(text)} ({KIND_NAMES[kind]} jobs)"] if kind in kinds else []
            continue
        found = [each for each in parse_run_log(text, runs) if each.kind == kind]
        submissions += found
        if not any(each.job_id for each in found) and kind in kinds:
            problems.append(
                f"{places[0]} has no {ACTIONS[kind]} entry with a job id ({KIND_NAMES[kind]} jobs)"
            )
    return RunLogs(tuple(submissions), tuple(problems))


def find_gpu_metrics(submission: Submission, folders: Sequence[Path]) -> Path | None:
    """The CSV that a job's run wrote, in one of the folders: of the newer layout, else of the older one.

    An evaluation of a checkpoint has its own, in the folder of its epoch.
    """
    run = _run_path(submission)
    if run is None:
        return None
    within = f"epoch_{submission.epoch}/" if submission.epoch is not None else ""
    candidates = (
        folder / place
        for folder in folders
        for place in (f"{run}/artifacts/{within}{GPU_METRICS}", f"ck-out-{run}/{within}{GPU_METRICS}")
    )
    return next((path for path in candidates if _is_file(path)), None)


def read_gpu_metrics(path: Path) -> GpuSamples:
    """The summary of a CSV, read line by line. Raises OSError if the file cannot be read."""
    with open_file(path) as file, TextIOWrapper(file, encoding="utf-8-sig", errors="replace") as lines:
        return summarize_gpu_lines(lines)


def read_work(submission: Submission, folders: Sequence[Path]) -> Training | EvaluationWork:
    """What the job's output tells of its training, with torchtune's own log, or of its evaluation.

    The output is `slurm-{job_id}.out` where the run's other files lie; without one nothing is known.
    """
    paths = [*_outputs(submission, folders), *_step_logs(submission, folders)]
    return parse_training(_lines(paths)) if submission.kind == "finetune" else parse_evaluation(_lines(paths))


def _outputs(submission: Submission, folders: Sequence[Path]) -> list[Path]:
    name = f"slurm-{submission.job_id}.out"
    within = ("eval",) if submission.kind == "eval" else ("",)
    candidates = [place / name for place in _places(submission, folders, within)]
    return [path for path in candidates if submission.job_id and _is_file(path)][:1]


def _step_logs(submission: Submission, folders: Sequence[Path]) -> list[Path]:
    """The newest file of torchtune's disk logger, which puts the time into its name."""
    if submission.kind != "finetune":
        return []
    for place in _places(submission, folders, ("logs", "")):
        found = {int(match[1]): path for path in _listed(place) if (match := _STEP_LOG.fullmatch(path.name))}
        if found:
            return [found[max(found)]]
    return []


def _places(submission: Submission, folders: Sequence[Path], within: Sequence[str]) -> Iterator[Path]:
    """The folders of a run's outputs, of both layouts, and the run's own; the checkpoint's before them."""
    run = _run_path(submission)
    epoch = (f"epoch_{submission.epoch}",) if submission.epoch is not None else ()
    for folder in folders if run else ():
        for place in (f"{run}/artifacts", f"ck-out-{run}", f"{run}"):
            for part in dict.fromkeys((*epoch, *within, "")):
                yield folder / place / part


def _lines(paths: Iterable[Path]) -> Iterator[str]:
    """The lines of files one after another; what cannot be read ends there."""
    for path in paths:
        try:
            with open_file(path) as file, TextIOWrapper(file, encoding="utf-8", errors="replace") as lines:
                yield from lines
        except OSError as error:
            logger.warning("%s cannot be read: %s", path.name, error.strerror)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _run_path(submission: Submission) -> PurePosixPath | None:
    """The run as a path inside a folder, None for a name that would lead out of it."""
    run = PurePosixPath(submission.run)
    return None if run.is_absolute() or ".." in run.parts or "\0" in submission.run else run


def _first_text(*paths: Path) -> str | OSError:
    """The text of the first path that exists; else the error of the first."""
    first_error: OSError | None = None
    for path in paths:
        try:
            return read_file(path, JOBS_MB).decode("utf-8-sig", "replace")
        except OSError as error:
            first_error = first_error or error
    return first_error or FileNotFoundError()


def _why(error: OSError) -> str:
    return "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
