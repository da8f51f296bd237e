"""Several sources' answers about one job become one `JobUsage`: who is believed for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from vizspec.slurm.model.jobs import Submission
from vizspec.slurm.model.totals import energy_kwh_of, gpu_hours_of
from vizspec.slurm.model.usage import FINAL_STATES, JobUsage, Known, Source
from vizspec.slurm.sources.collect import JobAnswers
from vizspec.slurm.sources.gpu_csv import GpuSamples
from vizspec.slurm.sources.jobstats import JobstatsReport
from vizspec.slurm.sources.sacct import SacctJob
from vizspec.slurm.sources.seff import SeffReport

T = TypeVar("T")

NO_SAMPLES = GpuSamples()


def merge(
    submission: Submission,
    answers: JobAnswers | None,
    samples: GpuSamples = NO_SAMPLES,
    remarks: Sequence[str] = (),
) -> JobUsage:
    """One job from all its sources, by the precedence that each line below spells out."""
    answers = answers or JobAnswers(submission.job_id or "")
    seff = answers.seff or SeffReport()
    jobstats = answers.jobstats or JobstatsReport()
    sacct = answers.sacct[0] if answers.sacct else SacctJob(answers.job_id)
    wall = _first(
        ("seff", seff.wall_seconds), ("sacct", sacct.wall_seconds), ("jobstats", jobstats.wall_seconds)
    )
    gpus = _first(("jobstats", jobstats.gpu_count), ("sacct", sacct.gpus), ("nvidia-smi", samples.gpus))
    power = _first(("nvidia-smi", samples.power_mean_w))
    used, allocated = _cpu_memory(seff, jobstats, sacct)
    gpu_hours = _gpu_hours(answers.sacct, wall, gpus)
    return JobUsage(
        name=submission.name,
        kind=submission.kind,
        run=submission.run,
        task=submission.task,
        epoch=submission.epoch,
        job_id=submission.job_id,
        state=_first(("seff", seff.state), ("sacct", sacct.state)),
        wall_seconds=wall,
        time_limit=_first(
            ("seff", seff.time_limit), ("sacct", sacct.time_limit), ("sacct", answers.time_limit)
        ),
        cpu_cores=_first(
            ("jobstats", jobstats.cpu_cores), ("seff", seff.cpu_cores), ("sacct", sacct.cpu_cores)
        ),
        cpu_efficiency_pct=_first(
            ("jobstats", jobstats.cpu_efficiency_pct), ("seff", seff.cpu_efficiency_pct)
        ),
        cpu_memory_used_gib=used,
        cpu_memory_allocated_gib=allocated,
        gpus=gpus,
        gpu_utilization_jobstats_pct=_first(("jobstats", jobstats.gpu_utilization_pct)),
        gpu_utilization_mean_pct=_first(("nvidia-smi", samples.utilization_mean_pct)),
        gpu_utilization_min_pct=_first(("nvidia-smi", samples.utilization_min_pct)),
        gpu_utilization_max_pct=_first(("nvidia-smi", samples.utilization_max_pct)),
        gpu_utilization_unavailable=_utilization_unavailable(samples, jobstats),
        gpu_memory_mean_gib=_first(("nvidia-smi", samples.memory_used_mean_gib)),
        gpu_memory_max_gib=_first(("jobstats", _per_gpu(jobstats.gpu_memory_used_gib, jobstats))),
        gpu_memory_total_gib=_first(
            ("nvidia-smi", samples.memory_total_gib),
            ("jobstats", _per_gpu(jobstats.gpu_memory_total_gib, jobstats)),
        ),
        power_mean_w=power,
        gpu_samples=samples.samples or None,
        gpu_hours=gpu_hours,
        energy_kwh=energy_kwh_of(gpu_hours, power),
        notes=answers.notes,
        remarks=(*remarks, *_oddities(submission, answers)),
    )


def _first(*candidates: tuple[Source, T | None]) -> Known[T] | None:
    return next((Known(value, source) for source, value in candidates if value is not None), None)


def _cpu_memory(
    seff: SeffReport, jobstats: JobstatsReport, sacct: SacctJob
) -> tuple[Known[float] | None, Known[float] | None]:
    """Used and allocated, both of jobstats if it knows what was used, else of seff."""
    used = _first(("jobstats", jobstats.memory_used_gib), ("seff", seff.memory_used_gib))
    from_jobstats: tuple[Source, float | None] = ("jobstats", jobstats.memory_allocated_gib)
    from_seff: tuple[Source, float | None] = ("seff", seff.memory_requested_gib)
    order = (from_seff, from_jobstats) if used and used.source == "seff" else (from_jobstats, from_seff)
    return used, _first(*order, ("sacct", sacct.memory_requested_gib))


def _gpu_hours(rows: Sequence[SacctJob], wall: Known[float] | None, gpus: Known[int] | None) -> float | None:
    if len(rows) > 1:
        shares = [_row_gpu_hours(row, gpus) for row in rows]
        known = [share for share in shares if share is not None]
        return sum(known) if len(known) == len(shares) else None
    return gpu_hours_of(wall, gpus)


def _row_gpu_hours(row: SacctJob, gpus: Known[int] | None) -> float | None:
    count = row.gpus if row.gpus is not None else gpus.value if gpus else None
    return None if count is None or row.wall_seconds is None else count * row.wall_seconds / 3600


def _utilization_unavailable(samples: GpuSamples, jobstats: JobstatsReport) -> bool:
    """The GPU was seen, but neither source could tell how busy it was."""
    seen = samples.utilization_unavailable or (bool(jobstats.gpus) and samples.utilization_mean_pct is None)
    return seen and jobstats.gpu_utilization_pct is None


def _per_gpu(total_gib: float | None, jobstats: JobstatsReport) -> float | None:
    return None if total_gib is None else total_gib / len(jobstats.gpus)


def _oddities(submission: Submission, answers: JobAnswers) -> list[str]:
    """What a reader must know to read the job's figures right."""
    found: list[str] = []
    unfinished = [state for state in answers.states if state not in FINAL_STATES]
    if unfinished:
        found.append(f"still {', '.join(unfinished)}, the figures are those so far")
    elif ended := [state for state in answers.states if state != "COMPLETED"]:
        found.append(f"ended as {', '.join(ended)}")
    if len(answers.sacct) > 1:
        found.append(
            f"{len(answers.sacct)} tasks in one submission: GPU-hours are of all, the rest is of one task"
        )
    asked, answered = submission.job_id, answers.seff.job_id if answers.seff else None
    if asked and answered and asked.isdecimal() and asked != answered:
        found.append(f"asked for job {asked}, seff answered for job {answered}")
    return found
