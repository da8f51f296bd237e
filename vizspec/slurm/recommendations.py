"""What could be asked for differently next time: jobstats' notes, and rules on idle GPUs and GPU memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vizspec.slurm.model.usage import FINAL_STATES, JobUsage

LOW_GPU_MEMORY = 0.5
"""Below this share of the GPU's memory there is room for a larger batch."""

IDLE_PCT = 1.0
"""A GPU that was busy for less of the time than this did nothing for the job."""

_UNUSED = ("No other notes will be shown.",)

_SAID_BY_JOBSTATS = "did not use"
"""The words of jobstats' own note on idle GPUs."""

_FILLED_ITS_TIME = ("COMPLETED", "TIMEOUT")
"""How a job ends whose GPU memory is that of the whole training."""


@dataclass(frozen=True)
class Recommendation:
    """One sentence about one submission (`name` as in the run log)."""

    name: str
    text: str
    source: Literal["jobstats", "idle gpus", "gpu memory"]


def recommend(jobs: Sequence[JobUsage]) -> tuple[Recommendation, ...]:
    """jobstats' notes of each job, then the rules on idle GPUs and on GPU memory, job by job."""
    return tuple(each for job in jobs for each in _of_job(job))


def _of_job(job: JobUsage) -> Iterator[Recommendation]:
    for note in job.notes:
        if note not in _UNUSED:
            yield Recommendation(job.name, note, "jobstats")
    idle = idle_gpus(job)
    if idle and not any(_SAID_BY_JOBSTATS in note for note in job.notes):
        yield Recommendation(job.name, _idle_advice(idle, len(job.devices)), "idle gpus")
    fullest = fullest_gpu(job)
    if fullest and job.kind == "finetune" and _has_trained(job):
        advice = gpu_memory_advice(*fullest)
        if advice:
            yield Recommendation(job.name, advice, "gpu memory")


def idle_gpus(job: JobUsage) -> tuple[str, ...]:
    """The names of the GPUs that did nothing, where it is known of each GPU how busy it was."""
    known = [(gpu.name, gpu.utilization_pct) for gpu in job.devices if gpu.utilization_pct is not None]
    return tuple(name for name, busy in known if busy < IDLE_PCT) if len(known) == len(job.devices) else ()


def fullest_gpu(job: JobUsage) -> tuple[float, float] | None:
    """Used and total memory in GiB of the GPU that had the least room at its fullest; None if unknown."""
    found = [
        (gpu.memory_used_gib, gpu.memory_total_gib)
        for gpu in job.devices
        if gpu.memory_used_gib is not None and gpu.memory_total_gib
    ]
    total = job.gpu_memory_total_gib
    if total and total.value:
        means = (job.gpu_memory_mean_gib, job.gpu_memory_max_gib)
        found += [(used.value, total.value) for used in means if used]
    return max(found, key=lambda gpu: gpu[0] / gpu[1], default=None)


def gpu_memory_advice(used_gib: float, total_gib: float) -> str | None:
    """What to do about a GPU that is less than half full; None for a fuller one, or one without memory."""
    if total_gib <= 0 or used_gib / total_gib >= LOW_GPU_MEMORY:
        return None
    return (
        f"Only {used_gib / total_gib:.0%} of the GPU memory was used ({used_gib:.1f}/{total_gib:.0f} GB). "
        f"The headroom of ~{total_gib - used_gib:.0f} GB allows a larger batch_size or max_seq_len, "
        "which may raise the throughput."
    )


def _idle_advice(names: Sequence[str], gpus: int) -> str:
    if gpus == 1:
        return "The GPU was idle: ask for none, or find out why the job did not use it."
    idle = f"GPU {names[0]} of {gpus} was" if len(names) == 1 else f"{len(names)} of {gpus} GPUs were"
    which = "" if len(names) == 1 else f" ({', '.join(names)})"
    return f"{idle} idle{which}: ask for fewer, or have the job use them all."


def _has_trained(job: JobUsage) -> bool:
    """Whether the memory is that of a training under way, not of one that broke off."""
    state = job.state.value if job.state else None
    return state not in FINAL_STATES or state in _FILLED_ITS_TIME
