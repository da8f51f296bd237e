"""What `seff JOBID` printed, of every generation from Slurm 18.08 to 25.05.

seff writes zeros for what it does not know; here they are None. It has no time limit of its own, but
some clusters' versions add the line `Job Time Limit`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vizspec.slurm.model.quantities import memory_gib, number, seconds, whole
from vizspec.slurm.sources.programs import Asker, Described

SEFF = Described(
    "CPU and memory use of Slurm jobs, where there is no jobstats",
    "CPU figures are jobstats' alone, and wall times are those of sacct or jobstats",
)

_FIELD = re.compile(r"^[ \t]*([A-Z][A-Za-z/ -]*?):[ \t]*(.*?)[ \t\r]*$")
_STATE = re.compile(r"([A-Za-z_]+)(?:.*\(exit code ([0-9]{1,9})\))?")
_CPU = re.compile(r"([0-9.]+)%(?: of (\S+) core-walltime)?")
_MEMORY = re.compile(r"([0-9.]+)%(?: of ([0-9.]+ [KMGTPE]?B))?")
_USED = re.compile(r"([0-9.]+ [KMGTPE]?B)")

LONG_SECONDS = 60
"""A job of this length used some CPU time, whatever it did."""

_OVERFLOW_GIB = float(1024**3)
"""One EiB. An unsigned underflow in seff prints 16 EB of memory used."""

_LEAST_REQUEST_GIB = 1 / 1024**2
"""One KiB. The same underflow prints 16 B of memory requested for a job that never started."""


@dataclass(frozen=True)
class SeffReport:
    """One job as seff sees it. `job_id` is the raw id, also of a task of an array.

    Percentages may exceed 100. Cores and memory are those of the whole job. `cpu_untold`: seff gave no CPU
    time at all for a job that ran, which Slurm 25.05 does for jobs that used some.
    """

    job_id: str | None = None
    state: str | None = None
    exit_code: int | None = None
    nodes: int | None = None
    cpu_cores: int | None = None
    cpu_efficiency_pct: float | None = None
    wall_seconds: int | None = None
    time_limit: str | None = None
    memory_used_gib: float | None = None
    memory_requested_gib: float | None = None
    memory_efficiency_pct: float | None = None
    cpu_untold: bool = False


def ask_seff(asker: Asker, job_id: str) -> str:
    """The text for `parse_seff`."""
    return asker.ask("seff", [job_id], [job_id])


def parse_seff(text: str) -> SeffReport:
    """Any text as a report; what the text does not tell is None. Never raises."""
    fields = _fields(text)
    state, exit_code = _state(fields.get("State", ""))
    used, requested, memory_efficiency = _memory(fields)
    return SeffReport(
        job_id=_first_word(fields.get("Job ID", "")),
        state=state,
        exit_code=exit_code,
        nodes=whole(fields.get("Nodes")),
        cpu_cores=None if state == "PENDING" else _cores(fields),
        cpu_efficiency_pct=_cpu_efficiency(fields, state),
        wall_seconds=seconds(fields.get("Job Wall-clock time", "")),
        time_limit=_time_limit(fields),
        memory_used_gib=used,
        memory_requested_gib=requested,
        memory_efficiency_pct=memory_efficiency,
        cpu_untold=state != "RUNNING" and _has_no_cpu_time(fields),
    )


def _fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in text.splitlines():
        if match := _FIELD.match(line):
            fields.setdefault(match[1], match[2])
    return fields


def _first_word(text: str) -> str | None:
    word = text.split(maxsplit=1)[:1]
    return word[0] if word and word[0][0].isdecimal() else None


def _state(text: str) -> tuple[str | None, int | None]:
    match = _STATE.match(text)
    return (match[1], whole(match[2])) if match else (None, None)


def _cores(fields: dict[str, str]) -> int | None:
    if "Cores" in fields:
        return whole(fields["Cores"])
    nodes, per_node = whole(fields.get("Nodes")), whole(fields.get("Cores per node"))
    return nodes * per_node if nodes and per_node else None


def _cpu_efficiency(fields: dict[str, str], state: str | None) -> float | None:
    match = _CPU.match(fields.get("CPU Efficiency", ""))
    if match is None or (match[2] is not None and not seconds(match[2])):
        return None
    efficiency = number(match[1])
    # The accounting of a step is written when it ends: 0 of a running job is not idleness.
    if state == "RUNNING" and not efficiency:
        return None
    return None if _has_no_cpu_time(fields) else efficiency


def _has_no_cpu_time(fields: dict[str, str]) -> bool:
    """Whether the time is given as nothing for a job so long that its start alone takes a second."""
    wall = seconds(fields.get("Job Wall-clock time", ""))
    used = seconds(fields.get("CPU Utilized", ""))
    return used == 0 and wall is not None and wall >= LONG_SECONDS


def _time_limit(fields: dict[str, str]) -> str | None:
    limit = fields.get("Job Time Limit") or fields.get("Time Limit") or ""
    return limit if seconds(limit) is not None or limit == "UNLIMITED" else None


def _memory(fields: dict[str, str]) -> tuple[float | None, float | None, float | None]:
    """Used, requested and their ratio in percent; 0 used is seff's word for "no sample was taken"."""
    used_match = _USED.match(fields.get("Memory Utilized", ""))
    match = _MEMORY.match(fields.get("Memory Efficiency", ""))
    used = memory_gib(used_match[1]) if used_match else None
    requested = memory_gib(match[2]) if match and match[2] else None
    if not used or used >= _OVERFLOW_GIB:
        used = None
    if not requested or requested < _LEAST_REQUEST_GIB:
        requested = None
    efficiency = number(match[1]) if match and used and requested else None
    return used, requested, efficiency
