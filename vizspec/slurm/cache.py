"""Answers about finished jobs, kept in a folder: one small JSON file a job."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import msgspec

from vizspec import __version__
from vizspec.slurm.answers import JobAnswers

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Entry:
    """The answers, and the version whose parsers made them: another version asks anew."""

    version: str
    answers: JobAnswers


def read_answers(folder: Path, job_id: str) -> JobAnswers | None:
    """What was kept of a job; None if nothing was, or nothing that this version understands."""
    try:
        content = _file(folder, job_id).read_bytes()
        entry = msgspec.json.decode(content, type=_Entry)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, RecursionError) as error:
        _log.warning("the kept answers about job %s are not read: %s", job_id, error)
        return None
    return entry.answers if entry.version == __version__ and entry.answers.job_id == job_id else None


def keep_answers(folder: Path, answers: JobAnswers) -> None:
    """Keeps the answers if the job is finished. A folder that cannot be written is logged, and no error."""
    if not answers.is_final:
        return
    file = _file(folder, answers.job_id)
    half = file.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half.write_bytes(msgspec.json.encode(_Entry(__version__, answers)))
        half.replace(file)
    except OSError as error:
        _log.warning("the answers about job %s are not kept: %s", answers.job_id, error)


def _file(folder: Path, job_id: str) -> Path:
    return folder / f"job-{job_id}.json"


def clear_jobs(folder: Path) -> int:
    """Forget every kept answer; returns of how many jobs."""
    kept = sorted(folder.glob("job-*.json"))
    for file in kept:
        file.unlink(missing_ok=True)
    return len(kept)
