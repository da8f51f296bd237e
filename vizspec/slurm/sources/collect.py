"""Asking the cluster about many jobs: one call of sacct for all, the rest in parallel but bounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Protocol

from vizspec.slurm.model.usage import FINAL_STATES, SlurmProgram
from vizspec.slurm.sources.jobstats import JOBSTATS, JobstatsReport, ask_jobstats, parse_jobstats
from vizspec.slurm.sources.notes import ask_notes, parse_notes
from vizspec.slurm.sources.programs import Asker, Described, ProgramUse
from vizspec.slurm.sources.run_command import TIMEOUT_SECONDS, RunCommand, run_command
from vizspec.slurm.sources.sacct import (
    SACCT,
    SacctJob,
    ask_table,
    ask_time_limit,
    latest,
    parse_table,
    parse_time_limit,
    rows_of,
)
from vizspec.slurm.sources.seff import SEFF, SeffReport, ask_seff, parse_seff

PROGRAMS: Mapping[SlurmProgram, Described] = {"seff": SEFF, "sacct": SACCT, "jobstats": JOBSTATS}
"""The programs that are asked about jobs."""

WORKERS = 24
"""Jobs asked about at one time: their programs mostly wait for the accounting database."""

JOBS_A_CALL = 400
"""Jobs in one call of sacct: well below the length that a command line may have."""

_RULES = re.compile(r"[#=*-]{4,}")

FIRST_WORDS = 160
"""How many characters are kept of an answer that could not be read."""

JobProgress = Callable[[int, int], None]
"""Told how many jobs are done, and how many there are."""


@dataclass(frozen=True)
class JobAnswers:
    """What the cluster's programs said of one job: each parser's result, None where there was none.

    `sacct` has a row for each attempt, of all parts of an array or a het job. `time_limit` is the answer of
    the one-job question to sacct. `unread` are the programs whose answer could not be read, with its first
    words.
    """

    job_id: str
    seff: SeffReport | None = None
    sacct: tuple[SacctJob, ...] = ()
    time_limit: str | None = None
    jobstats: JobstatsReport | None = None
    notes: tuple[str, ...] = ()
    unread: tuple[tuple[SlurmProgram, str], ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """The states that seff and sacct gave of the last attempt, each once."""
        found = [self.seff.state if self.seff else None, *(row.state for row in latest(self.sacct))]
        return tuple(dict.fromkeys(state for state in found if state))

    @property
    def is_final(self) -> bool:
        """Whether nothing that was said of the job will change."""
        return bool(self.states) and all(state in FINAL_STATES for state in self.states)


class Store(Protocol):
    """Keeps the answers about finished jobs."""

    def read(self, job_id: str) -> JobAnswers | None:
        """What was kept of a job, None if nothing was."""

    def keep(self, answers: JobAnswers) -> None:
        """Keeps the answers if the job is finished."""


@dataclass(frozen=True)
class Collected:
    """The answers in the order of the jobs asked about, and how the programs did."""

    answers: tuple[JobAnswers, ...] = ()
    uses: tuple[ProgramUse, ...] = ()


def collect_answers(
    job_ids: Sequence[str],
    run: RunCommand = run_command,
    *,
    timeout: float = TIMEOUT_SECONDS,
    workers: int = WORKERS,
    progress: JobProgress | None = None,
    cache: Store | None = None,
) -> Collected:
    """All answers about the jobs, whose ids must be valid. `cache` keeps those of finished jobs.

    What a program does not answer is missing from the answers; nothing is raised for it.
    """
    asker = Asker(run, timeout)
    unique = list(dict.fromkeys(job_ids))
    kept = [(cache.read(job_id) if cache else None) or JobAnswers(job_id) for job_id in unique]
    begun = _with_sacct(asker, kept)
    answers: dict[str, JobAnswers] = {}
    with closing(_completed(asker, begun, workers)) as results:
        for done, answer in enumerate(results, start=1):
            answers[answer.job_id] = answer
            if cache:
                cache.keep(answer)
            if progress:
                progress(done, len(begun))
    return Collected(tuple(answers[job_id] for job_id in unique), tuple(asker.uses()))


def _with_sacct(asker: Asker, kept: Sequence[JobAnswers]) -> list[JobAnswers]:
    """The answers so far, with sacct's rows for those that have none yet."""
    lacking = [each.job_id for each in kept if not each.sacct]
    rows: list[SacctJob] = []
    unread: dict[str, tuple[tuple[SlurmProgram, str], ...]] = {}
    for start in range(0, len(lacking), JOBS_A_CALL):
        asked = lacking[start : start + JOBS_A_CALL]
        text = ask_table(asker, asked)
        read = parse_table(text)
        rows += read or ()
        unread |= dict.fromkeys(asked, _unread("sacct", text, is_read=read is not None))
    return [
        each if each.sacct else replace(each, sacct=rows_of(each.job_id, rows), unread=unread[each.job_id])
        for each in kept
    ]


def _completed(asker: Asker, begun: Sequence[JobAnswers], workers: int) -> Generator[JobAnswers, None, None]:
    """The completed answers as they come; when it is closed early, what is not yet asked is not asked."""
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        futures = [pool.submit(_complete, asker, each) for each in begun]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _complete(asker: Asker, begun: JobAnswers) -> JobAnswers:
    """The answers about one job, with all that is still missing asked for."""
    job_id = begun.job_id
    answers = begun if begun.seff else _with_seff(asker, begun)
    if not answers.sacct and answers.time_limit is None and not (answers.seff and answers.seff.time_limit):
        answers = replace(answers, time_limit=parse_time_limit(ask_time_limit(asker, job_id)))
    if answers.jobstats or "PENDING" in answers.states:
        return answers
    text = ask_jobstats(asker, job_id)
    jobstats = parse_jobstats(text)
    return replace(
        answers,
        jobstats=jobstats,
        notes=_notes(asker, job_id, jobstats),
        unread=answers.unread + _unread("jobstats", text, is_read=jobstats is not None),
    )


def _with_seff(asker: Asker, begun: JobAnswers) -> JobAnswers:
    """With seff's report, None if its text told nothing."""
    text = ask_seff(asker, begun.job_id)
    report = parse_seff(text)
    if report == SeffReport():
        return replace(begun, unread=begun.unread + _unread("seff", text, is_read=False))
    return replace(begun, seff=report)


def _unread(program: SlurmProgram, text: str, *, is_read: bool) -> tuple[tuple[SlurmProgram, str], ...]:
    """The program with the first words of an answer that could not be read."""
    words = " ".join(_RULES.sub(" ", text).split())
    return ((program, words[:FIRST_WORDS]),) if words and not is_read else ()


def _notes(asker: Asker, job_id: str, jobstats: JobstatsReport | None) -> tuple[str, ...]:
    """jobstats' notes; without data on any node it has none to give."""
    return parse_notes(ask_notes(asker, job_id)) if jobstats and jobstats.nodes else ()
