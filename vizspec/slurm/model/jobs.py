"""Job ids, and submissions: which job of a name counts, and which were replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

JobKind = Literal["finetune", "eval"]

KIND_NAMES: dict[JobKind, str] = {"finetune": "fine-tuning", "eval": "evaluation"}

_JOB_ID = re.compile(r"[1-9][0-9]{0,18}(?:[_+][0-9]{1,9})?")


@dataclass(frozen=True)
class Submission:
    """One entry of a run log: `name` as it stands there, and what it says of run, task and epoch.

    `job_id` is None where the submission failed or the id is none of Slurm's. `submitted` is the entry's
    time as it stands there, which is of no fixed form.
    """

    kind: JobKind
    name: str
    run: str
    task: str | None = None
    epoch: int | None = None
    job_id: str | None = None
    submitted: str | None = None


@dataclass(frozen=True)
class Superseded:
    """A job that a later submission of the same name replaced. `gpu_hours` is None where it is not known."""

    kind: JobKind
    name: str
    job_id: str
    replaced_by: str
    gpu_hours: float | None = None


@dataclass(frozen=True)
class Submissions:
    """The last job of each name, in the order of the names' first submissions; and what is not used."""

    current: tuple[Submission, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    failed: tuple[Submission, ...] = ()


def valid_job_id(text: object) -> str | None:
    """The job id if it is one that may reach a command line: `123`, `123_4` (array), `123+0` (het job)."""
    candidate = str(text).strip()
    return candidate if _JOB_ID.fullmatch(candidate) else None


def settle(submissions: Sequence[Submission]) -> Submissions:
    """Of several jobs with one kind and name the last, the others as superseded."""
    last: dict[tuple[JobKind, str], Submission] = {}
    for submission in submissions:
        if submission.job_id:
            last[submission.kind, submission.name] = submission
    superseded = tuple(
        Superseded(each.kind, each.name, each.job_id, replacement)
        for each in submissions
        if each.job_id and (replacement := last[each.kind, each.name].job_id) and replacement != each.job_id
    )
    failed = tuple(each for each in submissions if not each.job_id)
    return Submissions(tuple(last.values()), tuple(dict.fromkeys(superseded)), failed)
