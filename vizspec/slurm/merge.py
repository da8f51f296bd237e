"""Several sources' answers about one job become one `JobUsage`: who is believed for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from vizspec.slurm.model.jobs import Submission
from vizspec.slurm.model.totals import energy_kwh_of, gpu_hours_of
from vizspec.slurm.model.usage import FINAL_STATES, GpuUse, JobUsage, Known, UsageSource
from vizspec.slurm.shortfalls import quoted
from vizspec.slurm.sources.collect import JobAnswers
from vizspec.slurm.sources.gpu_csv import GpuSamples
from vizspec.slurm.sources.job_output import EvaluationWork, Training
from vizspec.slurm.sources.jobstats import JobstatsReport
from vizspec.slurm.sources.sacct import SacctJob, attempts_of, latest, moment
from vizspec.slurm.sources.seff import SeffReport

T = TypeVar("T")

NO_SAMPLES = GpuSamples()

_MOST_QUOTED = 60
"""Characters of an answer that nobody could read."""


def merge(
    submission: Submission,
    answers: JobAnswers | None,
    samples: GpuSamples = NO_SAMPLES,
    remarks: Sequence[str] = (),
    work: Training | EvaluationWork | None = None,
) -> JobUsage:
    """One job from all its sources, by the precedence that each line below spells out."""
    answers, foreign = own_answers(submission, answers or JobAnswers(submission.job_id or ""))
    seff = answers.seff or SeffReport()
    jobstats = answers.jobstats or JobstatsReport()
    rows = latest(answers.sacct)
    sacct = rows[0] if rows else SacctJob(answers.job_id)
    wall = _first(
        ("seff", seff.wall_seconds),
        ("sacct", sacct.wall_seconds),
        ("jobstats", jobstats.wall_seconds),
        ("nvidia-smi", samples.seconds),
    )
    gpus = _first(
        ("sacct", _gpus_of_components(rows)),
        ("jobstats", jobstats.gpu_count),
        ("sacct", sacct.gpus),
        ("nvidia-smi", samples.gpus),
    )
    power = _first(("nvidia-smi", samples.power_mean_w))
    used, allocated = _cpu_memory(seff, jobstats, sacct)
    gpu_hours = _gpu_hours(answers.sacct, wall, gpus)
    training = work if isinstance(work, Training) else Training()
    evaluated = work if isinstance(work, EvaluationWork) else EvaluationWork()
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
        devices=_devices(jobstats) or samples.devices,
        training_loss=_first(("torchtune", training.loss)),
        training_steps=_first(("torchtune", training.steps)),
        training_tokens_per_second=_first(("torchtune", training.tokens_per_second)),
        evaluation_tokens_per_second=_first(("inspect", _rate(evaluated, gpus))),
        tokens=_first(("inspect", evaluated.tokens)),
        notes=answers.notes,
        remarks=(
            *remarks,
            *foreign,
            *_oddities(submission, answers),
            *_untold(answers, wall),
            *_of_training(training),
        ),
    )


def _first(*candidates: tuple[UsageSource, T | None]) -> Known[T] | None:
    return next((Known(value, source) for source, value in candidates if value is not None), None)


def _cpu_memory(
    seff: SeffReport, jobstats: JobstatsReport, sacct: SacctJob
) -> tuple[Known[float] | None, Known[float] | None]:
    """Used and allocated, both of jobstats if it knows what was used, else of seff."""
    used = _first(("jobstats", jobstats.memory_used_gib), ("seff", seff.memory_used_gib))
    from_jobstats: tuple[UsageSource, float | None] = ("jobstats", jobstats.memory_allocated_gib)
    from_seff: tuple[UsageSource, float | None] = ("seff", seff.memory_requested_gib)
    order = (from_seff, from_jobstats) if used and used.source == "seff" else (from_jobstats, from_seff)
    return used, _first(*order, ("sacct", sacct.memory_requested_gib))


def own_answers(submission: Submission, answers: JobAnswers) -> tuple[JobAnswers, list[str]]:
    """The answers without those about another job of the same number, and what was left out."""
    logged = moment(submission.submitted)
    rows = attempts_of(answers.sacct, logged)
    if answers.sacct and not rows:
        reason = f"the run log says {logged:%Y-%m-%d}" if logged else "the run log says otherwise"
        return JobAnswers(answers.job_id), [
            f"job {answers.job_id} of the accounting was submitted on {_day(answers.sacct)}, {reason}: that "
            "is another job under the same number, and not used"
        ]
    if rows and _newest(answers.sacct) != _newest(rows):
        return JobAnswers(answers.job_id, sacct=rows), [
            f"the number {answers.job_id} was given to another job later: only sacct's figures of that time "
            "are used"
        ]
    return replace(answers, sacct=rows), []


def _newest(rows: Sequence[SacctJob]) -> str:
    return max(row.submitted or "" for row in rows)


def _day(rows: Sequence[SacctJob]) -> str:
    return _newest(rows).partition("T")[0]


def _gpus_of_components(rows: Sequence[SacctJob]) -> int | None:
    """The GPUs of a het job: those of all components, of which some have none."""
    counts = [row.gpus for row in rows if row.gpus is not None]
    return sum(counts) if counts and any("+" in row.job_id for row in rows) else None


def _gpu_hours(rows: Sequence[SacctJob], wall: Known[float] | None, gpus: Known[int] | None) -> float | None:
    if len(rows) < 2:
        return gpu_hours_of(wall, gpus)
    are_told = any(row.gpus is not None for row in rows)
    shares = [_row_gpu_hours(row, gpus, are_told) for row in rows]
    known = [share for share in shares if share is not None]
    return sum(known) if len(known) == len(shares) else None


def _row_gpu_hours(row: SacctJob, gpus: Known[int] | None, are_told: bool) -> float | None:
    """What one attempt, task or component held. `are_told`: some row of the submission tells of GPUs."""
    if row.state == "PENDING" or row.wall_seconds == 0:
        return 0.0
    count = row.gpus
    if count is None and are_told and row.has_resources:
        count = 0  # its resources are listed, and GPUs are not among them
    elif count is None and "+" not in row.job_id:
        count = gpus.value if gpus else None  # the tasks of an array are alike, the components are not
    return None if count is None or row.wall_seconds is None else count * row.wall_seconds / 3600


def _devices(jobstats: JobstatsReport) -> tuple[GpuUse, ...]:
    """The GPUs one by one, as far as jobstats tells anything of them."""
    nodes = [node for node in jobstats.nodes if node.gpus]
    return tuple(
        GpuUse(
            gpu.index if len(nodes) == 1 else f"{gpu.index} of node {place}",
            gpu.utilization_pct,
            gpu.memory_used_gib,
            gpu.memory_total_gib,
        )
        for place, node in enumerate(nodes, start=1)
        for gpu in node.gpus
    )


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
    found += _parts(answers.sacct)
    asked, answered = submission.job_id, answers.seff.job_id if answers.seff else None
    if asked and answered and asked.isdecimal() and asked != answered:
        found.append(f"asked for job {asked}, seff answered for job {answered}")
    return found


def _parts(rows: Sequence[SacctJob]) -> list[str]:
    """What the figures are of, where a submission has several jobs, or a job several attempts."""
    jobs = latest(rows)
    found = []
    if len(jobs) > 1:
        parts, one = ("components", "the first") if "+" in jobs[0].job_id else ("tasks", "one task")
        found.append(f"{len(jobs)} {parts} in one submission: GPU-hours are of all, the rest is of {one}")
    attempts = max((sum(row.job_id == job.job_id for row in rows) for job in jobs), default=0)
    if attempts > 1:
        every = "both" if attempts == 2 else f"all {attempts}"
        found.append(f"requeued: GPU-hours are of {every} attempts, the rest is of the last")
    return found


def _rate(evaluated: EvaluationWork, gpus: Known[int] | None) -> float | None:
    """Tokens per second and GPU; None where the tokens, the time or the GPUs are not known."""
    if not evaluated.tokens or not evaluated.seconds or not gpus or not gpus.value:
        return None
    return evaluated.tokens / evaluated.seconds / gpus.value


def _of_training(training: Training) -> Iterator[str]:
    if training.has_diverged:
        yield "the last training loss is no number: the training has diverged"
    if training.is_last_rate:
        yield "the tokens per second are those of the last step, the only ones that W&B's summary has"


def _untold(answers: JobAnswers, wall: Known[float] | None) -> list[str]:
    """What a source did not tell although it was asked, and what stands in for it."""
    found = [
        f"{program} answered, but in a form that cannot be read (“{quoted(words, _MOST_QUOTED)}”)"
        for program, words in answers.unread
    ]
    if answers.seff and answers.seff.cpu_untold:
        found.append("seff gives no CPU time at all, which some versions of Slurm do where it is not known")
    if wall and wall.source == "nvidia-smi":
        found.append(
            "the wall time is the time between the first and last GPU samples, as no program told it"
        )
    return found
