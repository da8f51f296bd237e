"""What `compute_metrics.json` holds of a job: each figure's key and unit, for its writer and its reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExperimentScale:
    """What an experiment's figures depend on. None: not known, or varied between runs."""

    experiment_name: str | None = None
    model: str | None = None
    dataset_size: int | None = None
    eval_dataset_size: int | None = None
    epochs: int | None = None
    batch_size: int | None = None
    gradient_accumulation_steps: int | None = None


UNKNOWN_SCALE = ExperimentScale()


@dataclass(frozen=True)
class JobFigure:
    """A number of `JobUsage`: its attribute, its key in the file, its unit."""

    attribute: str
    key: str
    unit: str
    is_whole: bool = False


FIGURES = (
    JobFigure("wall_seconds", "wall_time_seconds", "s"),
    JobFigure("cpu_cores", "cpu_cores", "cores", is_whole=True),
    JobFigure("cpu_efficiency_pct", "cpu_efficiency_pct", "%"),
    JobFigure("cpu_memory_used_gib", "cpu_mem_used_gb", "GiB"),
    JobFigure("cpu_memory_allocated_gib", "cpu_mem_allocated_gb", "GiB"),
    JobFigure("gpus", "gpus", "GPUs", is_whole=True),
    JobFigure("gpu_utilization_jobstats_pct", "gpu_util_jobstats_pct", "%"),
    JobFigure("gpu_utilization_mean_pct", "gpu_util_mean", "%"),
    JobFigure("gpu_utilization_min_pct", "gpu_util_min", "%"),
    JobFigure("gpu_utilization_max_pct", "gpu_util_max", "%"),
    JobFigure("gpu_memory_mean_gib", "gpu_mem_used_mean_gb", "GiB a GPU"),
    JobFigure("gpu_memory_max_gib", "gpu_mem_used_max_gb", "GiB a GPU"),
    JobFigure("gpu_memory_total_gib", "gpu_mem_total_gb", "GiB a GPU"),
    JobFigure("power_mean_w", "power_mean_w", "W a GPU"),
    JobFigure("training_loss", "final_training_loss", "loss"),
    JobFigure("training_steps", "global_step", "steps", is_whole=True),
    JobFigure("training_tokens_per_second", "tps_gpu_train_mean", "tokens a second and GPU"),
    JobFigure("evaluation_tokens_per_second", "tps_gpu_eval_e2e", "tokens a second and GPU"),
    JobFigure("tokens", "total_tokens", "tokens", is_whole=True),
)

DEVICE_KEYS = {
    "name": "gpu",
    "utilization_pct": "util_pct",
    "memory_used_gib": "mem_used_gb",
    "memory_total_gib": "mem_total_gb",
}
"""The attributes of `GpuUse` with their keys, in each of a job's `gpu_devices`."""
