"""What the cluster's programs said of one job."""

from __future__ import annotations

from dataclasses import dataclass

from vizspec.slurm.jobstats import JobstatsReport
from vizspec.slurm.sacct import SacctJob
from vizspec.slurm.seff import SeffReport
from vizspec.slurm.usage import FINAL_STATES


@dataclass(frozen=True)
class JobAnswers:
    """What the cluster's programs said of one job: each parser's result, None where there was none.

    `sacct` has one row, several for the parent of an array or a het job. `time_limit` is the answer of
    the one-job question to sacct.
    """

    job_id: str
    seff: SeffReport | None = None
    sacct: tuple[SacctJob, ...] = ()
    time_limit: str | None = None
    jobstats: JobstatsReport | None = None
    notes: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """The states that seff and sacct gave, each once."""
        found = [self.seff.state if self.seff else None, *(row.state for row in self.sacct)]
        return tuple(dict.fromkeys(state for state in found if state))

    @property
    def is_final(self) -> bool:
        """Whether nothing that was said of the job will change."""
        return bool(self.states) and all(state in FINAL_STATES for state in self.states)
