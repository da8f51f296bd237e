"""Questions to programs: the answers as text, a count of them, and when a program is asked no more."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

from vizspec.slurm.model.usage import SlurmProgram
from vizspec.slurm.sources.run_command import Completed, Ending, RunCommand

_PROGRAMS: tuple[SlurmProgram, ...] = get_args(SlurmProgram)


class Described(NamedTuple):
    """What a program is for, and what is lost without it, as the end of a sentence."""

    purpose: str
    without: str


_MOST_TIMEOUTS = 3
"""A program that answered nobody this often within the time limit is not asked again."""


@dataclass(frozen=True)
class ProgramUse:
    """How often a program answered, and how often it did not; `reason` is one of its complaints.

    `jobs`, `failed_jobs` and `timed_out_jobs` count the jobs that were asked about, not the questions: a job
    may have several of them, and one of sacct's is about many jobs. A job about which one was answered is no
    failed one.
    """

    program: SlurmProgram
    answered: int = 0
    failed: int = 0
    missing: int = 0
    timed_out: int = 0
    jobs: int = 0
    failed_jobs: int = 0
    timed_out_jobs: int = 0
    reason: str | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the program is not there: it was asked, and could never be started."""
        return self.missing > 0 and not (self.answered or self.failed or self.timed_out)


class Asker:
    """Asks the programs, and keeps the count. Safe to use from several threads.

    A program that is missing, or hangs for everyone, is given up: each further question would cost the limit.
    """

    def __init__(self, run: RunCommand, timeout: float) -> None:
        self._run = run
        self._timeout = timeout
        self._lock = threading.Lock()
        self._counts: dict[SlurmProgram, Counter[Ending]] = {program: Counter() for program in _PROGRAMS}
        self._jobs: dict[tuple[SlurmProgram, Ending], set[str]] = defaultdict(set)
        self._reasons: dict[SlurmProgram, str] = {}

    def ask(self, program: SlurmProgram, arguments: Sequence[str], job_ids: Sequence[str]) -> str:
        """What the program prints about the jobs; nothing where it gave no answer."""
        if self._is_given_up(program):
            with self._lock:  # not asked about these jobs for what it did about others
                self._jobs[program, "missing" if self._counts[program]["missing"] else "timed out"].update(
                    job_ids
                )
            return ""
        completed = self._run([program, *arguments], timeout=self._timeout)
        self._note(program, completed, job_ids)
        return completed.stdout if completed.ending == "done" and completed.stdout.strip() else ""

    def uses(self) -> Iterator[ProgramUse]:
        """The programs that were asked, in a fixed order."""
        for program in _PROGRAMS:
            counts = self._counts[program]
            if counts:
                yield ProgramUse(
                    program,
                    counts["done"],
                    counts["failed"],
                    counts["missing"],
                    counts["timed out"],
                    len(self._about(program, "done", "failed", "missing", "timed out")),
                    len(self._about(program, "failed") - self._about(program, "done")),
                    len(self._about(program, "timed out") - self._about(program, "done")),
                    self._reasons.get(program),
                )

    def _about(self, program: SlurmProgram, *endings: Ending) -> set[str]:
        return set().union(*(self._jobs[program, ending] for ending in endings))

    def _is_given_up(self, program: SlurmProgram) -> bool:
        with self._lock:
            counts = self._counts[program]
            return bool(counts["missing"]) or (
                counts["timed out"] >= _MOST_TIMEOUTS and not counts["done"] and not counts["failed"]
            )

    def _note(self, program: SlurmProgram, completed: Completed, job_ids: Sequence[str]) -> None:
        complaint = next(
            (" ".join(line.split()) for line in completed.stderr.splitlines() if line.strip()), ""
        )
        with self._lock:
            self._counts[program][completed.ending] += 1
            self._jobs[program, completed.ending].update(job_ids)
            if completed.ending == "failed" and complaint:
                # The least of all, not the first: threads come in any order, the report must not.
                self._reasons[program] = min(complaint, self._reasons.get(program, complaint))
