"""GPU-hours and energy, summed a run and for the experiment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vizspec.slurm.model.jobs import Superseded
from vizspec.slurm.model.usage import JobUsage, Known


@dataclass(frozen=True)
class Total:
    """The sums over the jobs whose figures are known; None where none is.

    `without_gpu_hours` and `without_energy` count the jobs left out: while one is above 0, the sum is a
    lower bound. Power is the board's, as nvidia-smi samples it, without the rest of the node.
    """

    jobs: int = 0
    gpu_hours: float | None = None
    energy_kwh: float | None = None
    without_gpu_hours: int = 0
    without_energy: int = 0


@dataclass(frozen=True)
class RunTotal:
    """The total of one run: its fine-tuning and its evaluations."""

    run: str
    total: Total


@dataclass(frozen=True)
class Totals:
    """The experiment's total, the runs' in the order of their first jobs, and that of the superseded jobs.

    The experiment's is of all: what a superseded job used was used, although no run's figures are of it.
    """

    experiment: Total
    runs: tuple[RunTotal, ...] = ()
    superseded: Total = Total()


NOTHING_SUMMED = Totals(Total())


def totals(jobs: Sequence[JobUsage], superseded: Sequence[Superseded] = ()) -> Totals:
    """The totals of all jobs. Of superseded jobs the GPU-hours alone are known: no samples are of them."""
    names = dict.fromkeys(job.run for job in jobs)
    replaced = _sums([(each.gpu_hours, 0.0 if each.gpu_hours == 0 else None) for each in superseded])
    return Totals(
        _both(_total(jobs), replaced) if superseded else _total(jobs),
        tuple(RunTotal(name, _total([job for job in jobs if job.run == name])) for name in names),
        replaced,
    )


def gpu_hours_of(wall_seconds: Known[float] | None, gpus: Known[int] | None) -> float | None:
    """GPUs × wall time of one job: 0 without a GPU, None where a factor is not known."""
    if gpus is None or (wall_seconds is None and gpus.value):
        return None
    return gpus.value * wall_seconds.value / 3600 if wall_seconds else 0.0


def energy_kwh_of(gpu_hours: float | None, power_mean_w: Known[float] | None) -> float | None:
    """GPU-hours × the mean power of one GPU; None where a factor is not known."""
    return None if gpu_hours is None or power_mean_w is None else gpu_hours * power_mean_w.value / 1000


def _total(jobs: Sequence[JobUsage]) -> Total:
    return _sums([(job.gpu_hours, _energy(job)) for job in jobs])


def _sums(jobs: Sequence[tuple[float | None, float | None]]) -> Total:
    """The sums over the GPU-hours and kWh of each job."""
    gpu_hours, without_gpu_hours = _sum(hours for hours, _ in jobs)
    energy_kwh, without_energy = _sum(energy for _, energy in jobs)
    return Total(len(jobs), gpu_hours, energy_kwh, without_gpu_hours, without_energy)


def _both(one: Total, other: Total) -> Total:
    return Total(
        one.jobs + other.jobs,
        _sum_of_known(one.gpu_hours, other.gpu_hours),
        _sum_of_known(one.energy_kwh, other.energy_kwh),
        one.without_gpu_hours + other.without_gpu_hours,
        one.without_energy + other.without_energy,
    )


def _sum_of_known(*values: float | None) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _energy(job: JobUsage) -> float | None:
    """A job without a GPU has no GPU energy to be known."""
    return 0.0 if job.energy_kwh is None and job.gpus and job.gpus.value == 0 else job.energy_kwh


def _sum(values: Iterable[float | None]) -> tuple[float | None, int]:
    present = list(values)
    known = [value for value in present if value is not None]
    return (sum(known) if known else None), len(present) - len(known)
