"""All that is known of an experiment's jobs: from run logs, programs and GPU samples, or a saved file."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from vizspec.experiment.load import RUN_LOGS
from vizspec.limits.files import JOBS_MB, read_file
from vizspec.slurm.merge import merge
from vizspec.slurm.model.jobs import JobKind, Submission, Submissions, Superseded, settle
from vizspec.slurm.model.metrics_file import UNKNOWN_SCALE, ExperimentScale
from vizspec.slurm.model.totals import NOTHING_SUMMED, Totals, totals
from vizspec.slurm.model.usage import JobUsage
from vizspec.slurm.output.metrics_writer import estimation_bytes, metrics_bytes
from vizspec.slurm.recommendations import Recommendation, recommend
from vizspec.slurm.shortfalls import program_notes, run_log_warning
from vizspec.slurm.sources.answers_cache import cluster_name, job_cache
from vizspec.slurm.sources.collect import WORKERS, JobAnswers, JobProgress, collect_answers
from vizspec.slurm.sources.gpu_csv import GpuSamples
from vizspec.slurm.sources.job_files import (
    RunLogs,
    find_gpu_metrics,
    read_gpu_metrics,
    read_run_logs,
    read_work,
)
from vizspec.slurm.sources.job_output import EvaluationWork, Training
from vizspec.slurm.sources.metrics_reader import read_metrics
from vizspec.slurm.sources.programs import ProgramUse
from vizspec.slurm.sources.run_command import TIMEOUT_SECONDS, RunCommand, run_command

NO_MODELS: Mapping[str, str] = MappingProxyType({})

SHARED = "the gpu_metrics.csv is shared with other jobs, so its figures are for all of them together"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ComputeFacts:
    """The jobs of an experiment, what they used, and what is missing.

    `warnings` say what is unavailable and what to do about it; `notes` which programs did not answer, and
    which runs have no job. Both are whole sentences for the report and the terminal.
    """

    jobs: tuple[JobUsage, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    totals: Totals = NOTHING_SUMMED
    recommendations: tuple[Recommendation, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    scale: ExperimentScale = UNKNOWN_SCALE

    def estimation_json(self) -> bytes:
        """The bytes of `compute_utilization.json`."""
        return estimation_bytes(self.jobs, self.scale)

    def metrics_json(self) -> bytes:
        """The bytes of `compute_metrics.json`."""
        return metrics_bytes(self.jobs, self.superseded, self.totals, self.scale)


def collect_compute(
    experiment_dir: Path,
    *,
    output_dirs: Sequence[Path] = (),
    runs: Sequence[str] = (),
    models: Mapping[str, str] = NO_MODELS,
    evaluated: Callable[[Submission], EvaluationWork] = lambda _: EvaluationWork(),
    kinds: Sequence[JobKind] = tuple(RUN_LOGS),
    scale: ExperimentScale = UNKNOWN_SCALE,
    from_file: Path | None = None,
    run: RunCommand = run_command,
    timeout: float = TIMEOUT_SECONDS,
    workers: int = WORKERS,
    progress: JobProgress | None = None,
    cache: Path | None = None,
) -> ComputeFacts:
    """The experiment's jobs with all that any source says of them; never raises for what is missing.

    `output_dirs` may hold runs' outputs beside the experiment's own folder. `runs` are the names of the
    design, `models` the runs' models; `evaluated` tells what the logs say of an evaluation, where the job's
    output does not. `kinds` are the kinds of jobs it has. `from_file` is a saved `compute_metrics.json`: it
    is read instead of everything else, and no program is run. `cache` is a folder that keeps the answers
    about finished jobs, of this and of other experiments.
    """
    if from_file:
        return _from_file(from_file, runs, scale)
    logs = read_run_logs(experiment_dir, runs, kinds)
    submissions = settle(logs.submissions)
    by_id = {each.job_id: each for each in logs.submissions if each.job_id}
    job_ids = [each.job_id for each in submissions.current if each.job_id]
    job_ids += [each.job_id for each in submissions.superseded]
    kept = job_cache(cache, cluster_name(), experiment_dir, by_id.values()) if cache else None
    collected = collect_answers(job_ids, run, timeout=timeout, workers=workers, progress=progress, cache=kept)
    answers = {each.job_id: each for each in collected.answers}
    folders = (experiment_dir, *output_dirs)
    works = [_work(each, folders, evaluated) for each in submissions.current]
    jobs = tuple(
        replace(job, model=models.get(job.run)) for job in _jobs(submissions.current, answers, folders, works)
    )
    superseded = tuple(
        replace(each, gpu_hours=merge(by_id[each.job_id], answers.get(each.job_id)).gpu_hours)
        for each in submissions.superseded
    )
    _log_complaints(collected.uses)
    return ComputeFacts(
        jobs=jobs,
        superseded=superseded,
        totals=totals(jobs, superseded),
        recommendations=recommend(jobs),
        warnings=(*_unread_logs(logs), *_nothing_known(jobs)),
        notes=(*program_notes(collected.uses), *_missing_jobs(submissions, runs)),
        scale=scale,
    )


def _from_file(path: Path, runs: Sequence[str], scale: ExperimentScale) -> ComputeFacts:
    advice = "re-run where seff or jobstats are at hand, or name another file by `from:`"
    try:
        content = read_file(path, JOBS_MB)
    except OSError as error:
        return ComputeFacts(
            warnings=(f"Compute utilization unavailable: {path.name}: {error.strerror}; {advice}",),
            scale=scale,
        )
    saved = read_metrics(content, runs)
    if saved.problem:
        return ComputeFacts(
            warnings=(f"Compute utilization unavailable: {path.name}: {saved.problem}; {advice}",),
            scale=scale,
        )
    return ComputeFacts(
        jobs=saved.jobs,
        superseded=saved.superseded,
        totals=totals(saved.jobs, saved.superseded),
        recommendations=recommend(saved.jobs),
        notes=(f"The figures were read from {path.name}.",),
        scale=saved.scale if saved.scale != UNKNOWN_SCALE else scale,
    )


def _jobs(
    submissions: Sequence[Submission],
    answers: dict[str, JobAnswers],
    folders: Sequence[Path],
    works: Sequence[Training | EvaluationWork],
) -> tuple[JobUsage, ...]:
    paths = [find_gpu_metrics(each, folders) for each in submissions]
    sharing = Counter(path for path in paths if path)
    read = {path: _samples(path) for path in sharing}
    jobs = []
    for submission, path, work in zip(submissions, paths, works, strict=True):
        samples, remarks = read[path] if path else (GpuSamples(), ("no gpu_metrics.csv was found",))
        if path and sharing[path] > 1:
            samples, remarks = replace(samples, seconds=None), (*remarks, SHARED)
        jobs.append(merge(submission, answers.get(submission.job_id or ""), samples, remarks, work))
    return tuple(jobs)


def _work(
    submission: Submission, folders: Sequence[Path], evaluated: Callable[[Submission], EvaluationWork]
) -> Training | EvaluationWork:
    work = read_work(submission, folders)
    return evaluated(submission) if work == EvaluationWork() else work


def _samples(path: Path) -> tuple[GpuSamples, tuple[str, ...]]:
    try:
        samples = read_gpu_metrics(path)
    except OSError as error:
        return GpuSamples(), (f"gpu_metrics.csv cannot be read ({error.strerror})",)
    return samples, (f"gpu_metrics.csv {samples.problem}",) if samples.problem else samples.remarks


def _unread_logs(logs: RunLogs) -> list[str]:
    is_partial = any(each.job_id for each in logs.submissions)
    return [run_log_warning(logs.problems, is_partial=is_partial)] if logs.problems else []


def _nothing_known(jobs: Sequence[JobUsage]) -> list[str]:
    if not jobs or any(job.state or job.wall_seconds or job.gpu_samples or job.time_limit for job in jobs):
        return []
    return [
        "Compute utilization unavailable: no source told anything of the jobs; re-run on the cluster where "
        "seff, sacct or jobstats are at hand, or give a saved compute_metrics.json by `from:`"
    ]


def _missing_jobs(submissions: Submissions, runs: Sequence[str]) -> list[str]:
    named = {each.name for each in submissions.current}
    failed = dict.fromkeys(each.name for each in submissions.failed if each.name not in named)
    runs_with_jobs = {each.run for each in (*submissions.current, *submissions.failed)}
    return [
        *(f"{name}: the run log has no job id of its submission." for name in failed),
        *(
            f"{run}: the run logs have no job of this run."
            for run in runs
            if run not in runs_with_jobs and runs_with_jobs
        ),
    ]


def _log_complaints(uses: Sequence[ProgramUse]) -> None:
    for use in uses:
        if use.reason:
            logger.warning("%s: %s", use.program, use.reason)
