"""The figure of used against requested, as numbers: what is drawn, before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vizspec.slurm.model.quantities import clock
from vizspec.slurm.model.usage import JobUsage


@dataclass(frozen=True)
class Share:
    """Used in percent of requested, `text` with both in their own units; `low_pct`, `high_pct` the range."""

    pct: float
    text: str
    low_pct: float | None = None
    high_pct: float | None = None

    @property
    def has_range(self) -> bool:
        return self.low_pct is not None and self.high_pct is not None


@dataclass(frozen=True)
class UsagePanel:
    """One resource: a share a job, None where it is not known. `unit` tells what 100 is."""

    title: str
    unit: str
    shares: tuple[Share | None, ...]


@dataclass(frozen=True)
class UsageFigure:
    """One label a job, and the panels that have a share of at least one job."""

    labels: tuple[str, ...]
    panels: tuple[UsagePanel, ...]


def rows_of(figure: UsageFigure, start: int, end: int) -> UsageFigure:
    """Some of its jobs, from one place to before another, in the same panels."""
    panels = tuple(replace(panel, shares=panel.shares[start:end]) for panel in figure.panels)
    return UsageFigure(figure.labels[start:end], panels)


def usage_figure(jobs: Sequence[JobUsage]) -> UsageFigure | None:
    """The figure's numbers, in the order of the jobs; None if no job has a share of anything."""
    panels = (UsagePanel(title, unit, tuple(share(job) for job in jobs)) for title, unit, share in _PANELS)
    drawn = tuple(panel for panel in panels if any(panel.shares))
    return UsageFigure(tuple(_label(job) for job in jobs), drawn) if drawn else None


def _label(job: JobUsage) -> str:
    """Jobs of one name (the fine-tuning and the evaluation of a run) are told apart by their kind."""
    return f"{job.name} ({job.kind})" if job.name == job.run else job.name


def _time(job: JobUsage) -> Share | None:
    limit = job.time_limit_seconds
    if not job.wall_seconds or not limit:
        return None
    return Share(100 * job.wall_seconds.value / limit, f"{clock(job.wall_seconds.value)} of {clock(limit)}")


def _cpu_memory(job: JobUsage) -> Share | None:
    used, allocated = job.cpu_memory_used_gib, job.cpu_memory_allocated_gib
    return _of_gib(used.value, allocated.value) if used and allocated else None


def _gpu_memory(job: JobUsage) -> Share | None:
    used, total = job.gpu_memory_used_gib, job.gpu_memory_total_gib
    return _of_gib(used.value, total.value) if used and total else None


def _of_gib(used: float, requested: float) -> Share | None:
    return Share(100 * used / requested, f"{used:.1f} of {requested:.1f} GB") if requested > 0 else None


def _gpu_utilization(job: JobUsage) -> Share | None:
    average = job.gpu_utilization_pct
    if not average:
        return None
    least, greatest = job.gpu_utilization_min_pct, job.gpu_utilization_max_pct
    return Share(
        average.value,
        f"{average.value:.1f}%",
        low_pct=least.value if least else None,
        high_pct=greatest.value if greatest else None,
    )


_PANELS: tuple[tuple[str, str, Callable[[JobUsage], Share | None]], ...] = (
    ("Time", "% of the time limit", _time),
    ("CPU memory", "% of the requested memory", _cpu_memory),
    ("GPU utilization", "% of the time", _gpu_utilization),
    ("GPU memory", "% of the GPU's memory", _gpu_memory),
)
