"""What `sacct -P` printed: the time limit of one job, or a table of many jobs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vizspec.slurm.model.quantities import memory_gib, seconds, whole
from vizspec.slurm.sources.programs import Asker, Described

SACCT = Described(
    "states, times and GPUs of Slurm jobs", "time limits are missing where seff does not give them"
)

_COLUMNS = "JobID,JobIDRaw,Submit,State,Elapsed,Timelimit,ReqMem,AllocCPUS,NNodes,AllocTRES"

SAME_SUBMISSION = timedelta(days=30)
"""How far the times of a run log and of the accounting may lie apart: zones, and logs filled in later."""

NEXT_ATTEMPT = timedelta(days=60)
"""A requeued job begins anew within this time; its number goes to another job only much later."""

_NODE_OR_CORE = re.compile(r"(.+?)([nc])")
_GPU = re.compile(r"gres/gpu(:[^=,]+)?=([0-9]{1,9})")


@dataclass(frozen=True)
class SacctJob:
    """One attempt of one job, no step: `job_id` as shown (`9_0`, `29+1`, `24_[1-4%2]`), `raw_id` a number.

    `time_limit` is a time or `UNLIMITED`; None where the partition's own limit counts. `gpus` is None
    where the row tells of none; `has_resources` whether it tells of resources at all. `submitted` is as
    sacct writes it, in the cluster's local time.
    """

    job_id: str
    raw_id: str | None = None
    state: str | None = None
    wall_seconds: int | None = None
    time_limit: str | None = None
    memory_requested_gib: float | None = None
    cpu_cores: int | None = None
    nodes: int | None = None
    gpus: int | None = None
    has_resources: bool = False
    submitted: str | None = None


def ask_time_limit(asker: Asker, job_id: str) -> str:
    """The time limit of one job, for `parse_time_limit`."""
    return asker.ask("sacct", ["-j", job_id, "--format=Timelimit", "-P", "-n"], [job_id])


def parse_time_limit(text: str) -> str | None:
    """The first limit of `--format=Timelimit` output; None for empty, unknown and `Partition_Limit`.

    The first line with a value decides: it is the job's row, and a step below may have a limit of its own.
    """
    for line in text.splitlines():
        value = line.strip().rstrip("|").strip()
        if value and value.lower() != "timelimit":
            return _limit(value)
    return None


def ask_table(asker: Asker, job_ids: Sequence[str]) -> str:
    """Many jobs in one call, with all attempts of each, for `parse_table`."""
    return asker.ask("sacct", ["-j", ",".join(job_ids), f"--format={_COLUMNS}", "-P", "-D"], job_ids)


def parse_table(text: str) -> tuple[SacctJob, ...] | None:
    """The job rows of a table with header, in sacct's order; None if the text is no such table."""
    lines = [line.split("|") for line in text.splitlines() if line.strip()]
    if not lines or "JobID" not in lines[0]:
        return None
    header = lines[0]
    rows = (dict(zip(header, line, strict=False)) for line in lines[1:])
    return tuple(_job(row) for row in rows if row["JobID"].strip() and "." not in row["JobID"])


def rows_of(job_id: str, rows: Iterable[SacctJob]) -> tuple[SacctJob, ...]:
    """The rows that answer for a job, all attempts: its own, or those of all parts of an array or het job."""
    rows = tuple(rows)
    own = tuple(row for row in rows if row.job_id == job_id)
    parts = tuple(row for row in rows if re.split(r"[_+]", row.job_id)[0] == job_id)
    return own or parts or tuple(row for row in rows if row.raw_id == job_id)


def attempts_of(rows: Sequence[SacctJob], logged: datetime | None) -> tuple[SacctJob, ...]:
    """Of the rows under one number those of the job that was submitted at about `logged`, oldest first.

    Slurm gives a number anew after some years. Where no time is known these are all rows, where the log has
    none the newest job's, and none where the number answers for other jobs only.
    """
    timed = [(time, row) for row in rows if (time := moment(row.submitted))]
    if not timed:
        return tuple(rows)
    jobs = _jobs(sorted(timed, key=lambda pair: pair[0]))
    if logged:
        jobs = [job for job in jobs if any(abs(time - logged) <= SAME_SUBMISSION for time, _ in job)]
    return tuple(row for _, row in jobs[-1]) if jobs else ()


def _jobs(timed: Sequence[tuple[datetime, SacctJob]]) -> list[list[tuple[datetime, SacctJob]]]:
    """The rows of one number, parted where it was given to another job."""
    jobs = [[timed[0]]]
    for pair in timed[1:]:
        if pair[0] - jobs[-1][-1][0] > NEXT_ATTEMPT:
            jobs.append([])
        jobs[-1].append(pair)
    return jobs


def latest(rows: Iterable[SacctJob]) -> tuple[SacctJob, ...]:
    """The last attempt of each job."""
    return tuple({row.job_id: row for row in rows}.values())


def moment(text: str | None) -> datetime | None:
    """A time as sacct and run logs write it, without its zone; None for anything else."""
    try:
        return datetime.fromisoformat((text or "").strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _limit(text: str) -> str | None:
    if text.upper() == "UNLIMITED":
        return "UNLIMITED"
    return text if seconds(text) is not None else None


def _job(row: dict[str, str]) -> SacctJob:
    cpu_cores, nodes = whole(row.get("AllocCPUS")), whole(row.get("NNodes"))
    state = _state(row.get("State", ""))
    return SacctJob(
        job_id=row["JobID"].strip(),
        raw_id=row.get("JobIDRaw", "").strip() or None,
        state=state,
        wall_seconds=None if state == "PENDING" else seconds(row.get("Elapsed", "")),
        time_limit=_limit(row.get("Timelimit", "").strip()),
        memory_requested_gib=_requested_gib(row.get("ReqMem", ""), cpu_cores, nodes),
        cpu_cores=cpu_cores,
        nodes=nodes,
        gpus=_gpus(row.get("AllocTRES", "")),
        has_resources=bool(row.get("AllocTRES", "").strip()),
        submitted=row.get("Submit", "").strip() or None,
    )


def _state(text: str) -> str | None:
    """`CANCELLED by 1001` and the cut-off `CANCELLED+` are CANCELLED."""
    words = text.split()
    return words[0].rstrip("+") or None if words else None


def _requested_gib(text: str, cpu_cores: int | None, nodes: int | None) -> float | None:
    """The job's total. Before Slurm 21.08 the value ends in `n` (a node) or `c` (a core)."""
    text = text.strip()
    if match := _NODE_OR_CORE.fullmatch(text):
        unit = memory_gib(match[1])
        count = nodes if match[2] == "n" else cpu_cores
        return unit * count if unit and count else None
    return memory_gib(text) or None


def _gpus(tres: str) -> int | None:
    """`gres/gpu=4` counts all; without it, the typed entries (`gres/gpu:a100=4`) are summed."""
    found = [(kind, int(count)) for kind, count in _GPU.findall(tres)]
    untyped = [count for kind, count in found if not kind]
    if untyped:
        return untyped[0]
    return sum(count for _, count in found) if found else None
