"""Answers about finished jobs, kept on the user's disk: a folder an experiment, one small JSON file a job."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from vizspec import __version__
from vizspec.slurm.model.jobs import Submission
from vizspec.slurm.sources.collect import JobAnswers

logger = logging.getLogger(__name__)

CONFIGURATIONS = ("/run/slurm/conf/slurm.conf", "/etc/slurm/slurm.conf")
"""Where Slurm's programs find their configuration: first where there is no file of the node's own."""

_NAME = re.compile(r"^[ \t]*ClusterName[ \t]*=[ \t]*([^\s#]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class JobCache:
    """The answers about an experiment's jobs, in a folder of the experiment's own.

    A job id alone tells no job: clusters that share a home count alike, and begin anew. What was kept holds
    only for the submission that it was asked for: `submissions` tells each job id's.
    """

    folder: Path
    submissions: Mapping[str, str]

    def read(self, job_id: str) -> JobAnswers | None:
        """What was kept of a job; None if nothing was, or nothing that this version understands.

        What is not as it was kept is thrown away.
        """
        file = self._file(job_id)
        try:
            entry = _opened(file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            logger.warning("the kept answers about job %s are not read: %s", job_id, error)
            with contextlib.suppress(OSError):  # a folder of somebody else's
                file.unlink()
            return None
        asked = (__version__, self.submissions.get(job_id), job_id)
        return entry.answers if (entry.version, entry.submission, entry.answers.job_id) == asked else None

    def keep(self, answers: JobAnswers) -> None:
        """Keeps the answers if the job is finished. A folder that cannot be written is logged, no error."""
        if not answers.is_final:
            return
        file = self._file(answers.job_id)
        half = file.with_suffix(".part")
        entry = _CachedAnswers(__version__, self.submissions.get(answers.job_id), answers)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(_sealed(entry))
            half.replace(file)
        except OSError as error:
            logger.warning("the answers about job %s are not kept: %s", answers.job_id, error)

    def _file(self, job_id: str) -> Path:
        return self.folder / f"job-{job_id}.json"


@dataclass(frozen=True)
class _CachedAnswers:
    """The answers, the submission they are about, and the version whose parsers made them."""

    version: str
    submission: str | None
    answers: JobAnswers


@dataclass(frozen=True)
class _Sealed:
    """A file: an entry, and the SHA-256 of its text in hexadecimal."""

    sha256: str
    entry: msgspec.Raw


def _sealed(entry: _CachedAnswers) -> bytes:
    text = msgspec.json.encode(entry)
    return msgspec.json.encode(_Sealed(hashlib.sha256(text).hexdigest(), msgspec.Raw(text)))


def _opened(content: bytes) -> _CachedAnswers:
    """The entry of a file; `ValueError` where it is not the one that was written."""
    try:
        sealed = msgspec.json.decode(content, type=_Sealed)
    except RecursionError:
        raise ValueError("it is damaged") from None
    if hashlib.sha256(sealed.entry).hexdigest() != sealed.sha256:
        raise ValueError("it is damaged")
    return msgspec.json.decode(sealed.entry, type=_CachedAnswers)


def cluster_name(env: Mapping[str, str] = os.environ, places: tuple[str, ...] = CONFIGURATIONS) -> str | None:
    """Which cluster this is, None where nothing tells: job ids are unique within one only.

    `ClusterName` of slurm.conf (`SLURM_CONF`, or one of `places`), else `SLURM_CLUSTER_NAME` of a job.
    """
    for place in (env.get("SLURM_CONF"), *places):
        try:
            text = Path(place).read_text(encoding="utf-8", errors="replace") if place else ""
        except OSError:
            continue
        if found := _NAME.search(text):
            return found[1].lower()
    return env.get("SLURM_CLUSTER_NAME", "").lower() or None


def job_cache(
    folder: Path, cluster: str | None, experiment_dir: Path, submissions: Iterable[Submission]
) -> JobCache:
    """The part of the cache in `folder` that is of this experiment, as seen from this cluster."""
    place = "\0".join((cluster or "", str(experiment_dir.resolve())))
    key = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    identities = {each.job_id: _identity(each) for each in submissions if each.job_id}
    return JobCache(folder / key, identities)


def clear_jobs(folder: Path) -> int:
    """Forget every kept answer of every experiment; returns of how many jobs."""
    kept = _kept(folder)
    for file in kept:
        file.unlink(missing_ok=True)
    for each in {file.parent for file in kept} - {folder}:
        with contextlib.suppress(OSError):  # another process has kept something meanwhile
            each.rmdir()
    return len(kept)


def size_of_jobs(folder: Path) -> int:
    """How many bytes the kept answers of every experiment take."""
    sizes = []
    for file in _kept(folder):
        with contextlib.suppress(OSError):  # another process may have taken it away
            sizes.append(file.stat().st_size)
    return sum(sizes)


def _kept(folder: Path) -> list[Path]:
    return sorted({*folder.glob("job-*.json"), *folder.glob("*/job-*.json")})


def _identity(submission: Submission) -> str:
    return "\n".join((submission.kind, submission.name, submission.submitted or ""))
