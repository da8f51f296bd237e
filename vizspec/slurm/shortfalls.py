"""What the programs did not tell, and why, as sentences for the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vizspec.slurm.model.usage import SlurmProgram
from vizspec.slurm.sources.collect import PROGRAMS
from vizspec.slurm.sources.programs import ProgramUse
from vizspec.text.messages import counted, joined

_WITHOUT_SEVERAL: dict[frozenset[SlurmProgram], str] = {
    frozenset(
        {"seff", "sacct"}
    ): "wall times and CPU figures are jobstats' alone, and time limits are missing",
    frozenset({"seff", "jobstats"}): (
        "wall times are sacct's, GPU utilization is nvidia-smi's, and CPU figures and jobstats' notes are "
        "missing"
    ),
    frozenset({"sacct", "jobstats"}): (
        "times, limits and CPU figures are seff's, GPU utilization is nvidia-smi's, and jobstats' notes are "
        "missing"
    ),
    frozenset({"seff", "sacct", "jobstats"}): (
        "times, limits, CPU figures and jobstats' notes are missing, and GPU figures are nvidia-smi's"
    ),
}
"""What is missing without all of these: each one's sentence alone would name another of them as a source."""

_PLACE = re.compile(
    r"(?<![\w.])/[^\s,;:()'\"]+"  # a path
    r"|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?"  # an address
    r"|(?<=\bhost[:= ])[^\s,;()]*[^\s,;():]"  # `host:db1:6819`, as Slurm's libraries write it
    r"|(?:\S+@)?\b(?:[\w-]+\.)+[A-Za-z]{2,}\b(?::\d+)?",  # a host with its domain
)
_LONGEST_REASON = 160


def run_log_warning(problems: Sequence[str], *, is_partial: bool = False) -> str:
    """What is missing for want of a run log, and what to do. `is_partial`: other jobs are known."""
    lack = "incomplete" if is_partial else "unavailable"
    return (
        f"Compute utilization {lack}: {', and '.join(problems)}; re-run the submission so that it writes the "
        "log, or give a saved compute_metrics.json by `from:`"
    )


def program_notes(uses: Sequence[ProgramUse]) -> tuple[str, ...]:
    """A sentence on the missing programs, and one for each that failed or hung: for how many, and why."""
    return (*_missing(uses), *(note for use in uses for note in _notes(use)))


def _missing(uses: Sequence[ProgramUse]) -> Iterator[str]:
    missing = [use.program for use in uses if use.is_missing]
    if len(missing) == 1:
        yield f"{missing[0]} was not found here: {PROGRAMS[missing[0]].without}."
    elif missing:
        without = _WITHOUT_SEVERAL.get(frozenset(missing))
        each = "; ".join(PROGRAMS[program].without for program in missing)
        yield f"{joined(missing)} were not found here: {without or each}."


def _notes(use: ProgramUse) -> Iterator[str]:
    without = PROGRAMS[use.program].without
    if use.timed_out_jobs:
        yield f"{use.program} did not answer in time for {_of(use.timed_out_jobs, use)}: there {without}."
    if use.failed_jobs:
        reason = f" ({shown_reason(use)})" if use.reason else ""
        yield f"{use.program} failed for {_of(use.failed_jobs, use)}{reason}: there {without}."


def shown_reason(use: ProgramUse) -> str:
    """The program's complaint, without its own name."""
    return quoted((use.reason or "").removeprefix(f"{use.program}: "), _LONGEST_REASON)


def quoted(text: str, longest: int) -> str:
    """What a program said, cut to a length, without hosts and paths: outputs name no machine."""
    shown = _PLACE.sub("…", text)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def _of(count: int, use: ProgramUse) -> str:
    return f"{count:,} of {counted(use.jobs, 'job')}"
