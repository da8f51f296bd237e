"""The cells of a job's row: what is shown of a `JobUsage`, and the sources it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vizspec.slurm.model.quantities import clock
from vizspec.slurm.model.usage import JobUsage, Known, UsageSource
from vizspec.text.decimals import DASH
from vizspec.text.markdown import Align

NOT_AVAILABLE = "N/A*"


@dataclass(frozen=True)
class ComputeCell:
    """A text, and the sources of what it shows."""

    text: str
    sources: tuple[UsageSource, ...] = ()


@dataclass(frozen=True)
class ComputeColumn:
    """A column of the table: its header, its alignment, and a job's cell in it."""

    header: str
    align: Align
    show: Callable[[JobUsage], ComputeCell]


def utilization_text(
    average: float | str | None, least: float | str | None, greatest: float | str | None, unavailable: bool
) -> str:
    """`avg% (min–max%)`, `avg%`, `N/A*` where the GPU cannot tell, or a dash. Numbers as given."""
    if average is not None and least is not None and greatest is not None:
        return f"{average}% ({least}–{greatest}%)"
    if average is not None:
        return f"{average}%"
    return NOT_AVAILABLE if unavailable else DASH


def used_of_total_text(used: float | str | None, total: float | str | None) -> str:
    """`used/total`, `used` alone, or a dash. Numbers as given."""
    if used is None:
        return DASH
    return f"{used}" if total is None else f"{used}/{total}"


def _name(job: JobUsage) -> ComputeCell:
    return ComputeCell(job.name)


def _type(job: JobUsage) -> ComputeCell:
    return ComputeCell(job.kind)


def _wall(job: JobUsage) -> ComputeCell:
    return ComputeCell(
        clock(job.wall_seconds.value) if job.wall_seconds else DASH, _sources(job.wall_seconds)
    )


def _limit(job: JobUsage) -> ComputeCell:
    return ComputeCell(job.time_limit.value if job.time_limit else DASH, _sources(job.time_limit))


def _cpu_efficiency(job: JobUsage) -> ComputeCell:
    known = job.cpu_efficiency_pct
    return ComputeCell(f"{known.value:.1f}%" if known else DASH, _sources(known))


def _cpu_memory(job: JobUsage) -> ComputeCell:
    return _used_of_total(job.cpu_memory_used_gib, job.cpu_memory_allocated_gib, 2)


def _gpu_utilization(job: JobUsage) -> ComputeCell:
    average = job.gpu_utilization_pct
    least, greatest = job.gpu_utilization_min_pct, job.gpu_utilization_max_pct
    text = utilization_text(
        _rounded(average, 1), _rounded(least, 1), _rounded(greatest, 1), job.gpu_utilization_unavailable
    )
    return ComputeCell(text, _sources(average, least, greatest) if average else ())


def _gpu_memory(job: JobUsage) -> ComputeCell:
    return _used_of_total(job.gpu_memory_used_gib, job.gpu_memory_total_gib, 1)


def _power(job: JobUsage) -> ComputeCell:
    return ComputeCell(
        f"{job.power_mean_w.value:.0f}W" if job.power_mean_w else DASH, _sources(job.power_mean_w)
    )


def _loss(job: JobUsage) -> ComputeCell:
    known = job.training_loss
    return ComputeCell(f"{known.value:.4g}" if known else DASH, _sources(known))


def _steps(job: JobUsage) -> ComputeCell:
    return _whole(job.training_steps)


def _tokens(job: JobUsage) -> ComputeCell:
    return _whole(job.tokens)


def _rate(job: JobUsage) -> ComputeCell:
    known = job.training_tokens_per_second or job.evaluation_tokens_per_second
    return ComputeCell(f"{known.value:,.1f}" if known else DASH, _sources(known))


def _whole(known: Known[int] | None) -> ComputeCell:
    return ComputeCell(f"{known.value:,}" if known else DASH, _sources(known))


def _used_of_total(used: Known[float] | None, total: Known[float] | None, digits: int) -> ComputeCell:
    text = used_of_total_text(_amount(used, digits), _amount(total, digits))
    return ComputeCell(text, _sources(used, total) if used else ())


def _amount(known: Known[float] | None, digits: int) -> float | str | None:
    """A little is not nothing: what would be rounded to 0 is `<0.01`."""
    rounded = _rounded(known, digits)
    return f"<{10**-digits}" if known and known.value and not rounded else rounded


def _rounded(known: Known[float] | None, digits: int) -> float | None:
    return round(known.value, digits) if known else None


def _sources(*parts: Known[float] | Known[int] | Known[str] | None) -> tuple[UsageSource, ...]:
    return tuple(dict.fromkeys(part.source for part in parts if part))


COLUMNS = (
    ComputeColumn("Run", "left", _name),
    ComputeColumn("Type", "left", _type),
    ComputeColumn("Wall Time", "right", _wall),
    ComputeColumn("Time Limit", "right", _limit),
    ComputeColumn("CPU Eff", "right", _cpu_efficiency),
    ComputeColumn("CPU Mem (GB)", "right", _cpu_memory),
    ComputeColumn("GPU Util", "right", _gpu_utilization),
    ComputeColumn("GPU Mem (GB)", "right", _gpu_memory),
    ComputeColumn("Power (W)", "right", _power),
)
"""The recipe's columns, in its order. Those of the CPU are left out where no job has a value for them."""

WORK_COLUMNS = (
    ComputeColumn("Run", "left", _name),
    ComputeColumn("Type", "left", _type),
    ComputeColumn("Final Loss", "right", _loss),
    ComputeColumn("Steps", "right", _steps),
    ComputeColumn("Tokens", "right", _tokens),
    ComputeColumn("Tokens/s per GPU", "right", _rate),
)
"""What the jobs did with what they used."""
