"""The keys that seff's and jobstats' figures have in the public functions' dicts, as figures of a job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vizspec.slurm.quantities import number


def figures_of_programs(entry: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """`JobUsage` attributes with their values, for keys that a saved file of our own does not have.

    GPU memory of jobstats is the sum over the GPUs: without their number it tells nothing of one.
    """
    used, requested = number(entry.get("mem_used_gb")), number(entry.get("mem_requested_gb"))
    share = _share(entry.get("mem_efficiency"))
    if used is None and requested is not None and share is not None:
        used = number(requested * share)
    elif requested is None and used is not None and share:
        requested = number(used / share)
    found = {
        "cpu_efficiency_pct": _percentage(entry.get("cpu_efficiency")),
        "cpu_memory_used_gib": used,
        "cpu_memory_allocated_gib": requested,
        "gpu_utilization_jobstats_pct": number(entry.get("gpu_util_pct")),
        "gpu_memory_max_gib": _of_one_gpu(entry),
    }
    return ((attribute, value) for attribute, value in found.items() if value is not None)


def _percentage(value: object) -> float | None:
    """seff's `12.34%`."""
    return number(value.removesuffix("%")) if isinstance(value, str) else None


def _share(value: object) -> float | None:
    percentage = _percentage(value)
    return None if percentage is None else percentage / 100


def _of_one_gpu(entry: Mapping[str, Any]) -> float | None:
    total, gpus = number(entry.get("gpu_mem_used_gb")), number(entry.get("gpus"))
    return None if total is None or not gpus else total / gpus
