"""What one job used, every value with the source it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from vizspec.slurm.model.jobs import JobKind
from vizspec.slurm.model.quantities import limit_seconds

SlurmProgram = Literal["seff", "sacct", "jobstats"]
"""The programs that are asked about jobs, in the order in which they are told of."""

UsageSource = Literal[SlurmProgram, "nvidia-smi", "torchtune", "inspect", "file"]

FINAL_STATES = frozenset(
    {
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY",
        "PREEMPTED", "REVOKED", "TIMEOUT",
    }
)  # fmt: skip
"""States that a job does not leave: what is known of it will not change."""

T = TypeVar("T")


@dataclass(frozen=True)
class Known(Generic[T]):
    """A value and where it came from."""

    value: T
    source: UsageSource


@dataclass(frozen=True)
class GpuUse:
    """One GPU of a job over the whole time. `memory_used_gib` is the most that is known to have been used.

    `name` tells it from the others of the job: its index, with the node's place where there are several.
    """

    name: str
    utilization_pct: float | None = None
    memory_used_gib: float | None = None
    memory_total_gib: float | None = None


@dataclass(frozen=True)
class JobUsage:
    """One job. GPU memory and power are of one GPU (the mean over the job's), CPU memory is of the whole job.

    `time_limit` is as Slurm writes it, `UNLIMITED` included. `gpu_memory_mean_gib` is nvidia-smi's mean over
    time, `gpu_memory_max_gib` jobstats' maximum. `gpu_hours` counts every task of an array, every component
    of a het job, and every attempt of a requeued one. `devices` are the GPUs one by one, where a source tells
    them apart. Tokens per second are those of one GPU, `tokens` those of an evaluation, read and written;
    `training_loss` is the last one logged.
    """

    name: str
    kind: JobKind
    run: str
    task: str | None = None
    epoch: int | None = None
    job_id: str | None = None
    state: Known[str] | None = None
    wall_seconds: Known[float] | None = None
    time_limit: Known[str] | None = None
    cpu_cores: Known[int] | None = None
    cpu_efficiency_pct: Known[float] | None = None
    cpu_memory_used_gib: Known[float] | None = None
    cpu_memory_allocated_gib: Known[float] | None = None
    gpus: Known[int] | None = None
    gpu_utilization_jobstats_pct: Known[float] | None = None
    gpu_utilization_mean_pct: Known[float] | None = None
    gpu_utilization_min_pct: Known[float] | None = None
    gpu_utilization_max_pct: Known[float] | None = None
    gpu_utilization_unavailable: bool = False
    gpu_memory_mean_gib: Known[float] | None = None
    gpu_memory_max_gib: Known[float] | None = None
    gpu_memory_total_gib: Known[float] | None = None
    power_mean_w: Known[float] | None = None
    gpu_samples: int | None = None
    gpu_hours: float | None = None
    energy_kwh: float | None = None
    devices: tuple[GpuUse, ...] = ()
    model: str | None = None
    training_loss: Known[float] | None = None
    training_steps: Known[int] | None = None
    training_tokens_per_second: Known[float] | None = None
    evaluation_tokens_per_second: Known[float] | None = None
    tokens: Known[int] | None = None
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def time_limit_seconds(self) -> int | None:
        """The limit in seconds; None if it is not known or does not limit."""
        return limit_seconds(self.time_limit.value) if self.time_limit else None

    @property
    def gpu_utilization_pct(self) -> Known[float] | None:
        """The average: jobstats', else nvidia-smi's."""
        return self.gpu_utilization_jobstats_pct or self.gpu_utilization_mean_pct

    @property
    def gpu_memory_used_gib(self) -> Known[float] | None:
        """The mean of nvidia-smi, else the maximum of jobstats."""
        return self.gpu_memory_mean_gib or self.gpu_memory_max_gib
