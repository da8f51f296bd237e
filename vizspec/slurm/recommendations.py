"""What could be asked for differently next time: jobstats' own notes, and the rule on GPU memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vizspec.slurm.model.usage import JobUsage

LOW_GPU_MEMORY = 0.5
"""Below this share of the GPU's memory there is room for a larger batch."""

_IDLE = ("No other notes will be shown.",)


@dataclass(frozen=True)
class Recommendation:
    """One sentence about one submission (`name` as in the run log)."""

    name: str
    text: str
    source: Literal["jobstats", "gpu memory"]


def recommend(jobs: Sequence[JobUsage]) -> tuple[Recommendation, ...]:
    """jobstats' notes of each job, then the GPU-memory rule, in the order of the jobs."""
    found: list[Recommendation] = []
    for job in jobs:
        found += (Recommendation(job.name, note, "jobstats") for note in job.notes if note not in _IDLE)
        used, total = job.gpu_memory_used_gib, job.gpu_memory_total_gib
        if job.kind == "finetune" and used and total:
            advice = gpu_memory_advice(used.value, total.value)
            found += [Recommendation(job.name, advice, "gpu memory")] if advice else []
    return tuple(found)


def gpu_memory_advice(used_gib: float, total_gib: float) -> str | None:
    """What to do about a GPU that is less than half full; None for a fuller one, or one without memory."""
    if total_gib <= 0 or used_gib / total_gib >= LOW_GPU_MEMORY:
        return None
    return (
        f"Only {used_gib / total_gib:.0%} of the GPU memory was used ({used_gib:.1f}/{total_gib:.0f} GB). "
        f"The headroom of ~{total_gib - used_gib:.0f} GB allows a larger batch_size or max_seq_len, "
        "which may raise the throughput."
    )
