"""Whatever Slurm's programs, nvidia-smi and jobs write: no reader raises, and no figure leaves its range."""

from __future__ import annotations

import json
import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.slurm_texts import GPU_CSV, JOBSTATS, NOTES, OUTPUT, RUN_LOG, SACCT, SEFF, damaged
from vizspec.slurm.merge import merge
from vizspec.slurm.model.jobs import Submission, settle, valid_job_id
from vizspec.slurm.model.metrics_file import FIGURES, UNKNOWN_SCALE
from vizspec.slurm.model.totals import totals
from vizspec.slurm.model.usage import JobUsage
from vizspec.slurm.output.figure import usage_figure
from vizspec.slurm.output.metrics_writer import estimation_bytes, metrics_bytes
from vizspec.slurm.output.table import compute_table, totals_table, work_table
from vizspec.slurm.recommendations import recommend
from vizspec.slurm.sources.collect import JobAnswers
from vizspec.slurm.sources.gpu_csv import summarize_gpu_lines
from vizspec.slurm.sources.job_output import parse_evaluation, parse_training
from vizspec.slurm.sources.jobstats import parse_jobstats
from vizspec.slurm.sources.metrics_reader import read_metrics
from vizspec.slurm.sources.notes import parse_notes
from vizspec.slurm.sources.run_logs import parse_run_log
from vizspec.slurm.sources.sacct import parse_table, parse_time_limit, rows_of
from vizspec.slurm.sources.seff import parse_seff

SUBMISSION = Submission("finetune", "r8", "r8", job_id="7", submitted="2026-03-01 10:00:00")


def numbers(job: JobUsage) -> list[float]:
    known = [getattr(job, figure.attribute) for figure in FIGURES]
    plain = [job.gpu_hours, job.energy_kwh, *(gpu.utilization_pct for gpu in job.devices)]
    return [each.value for each in known if each] + [each for each in plain if each is not None]


def assert_sound(job: JobUsage) -> None:
    """All that is made of a job can be made, and no number of it is infinite or below zero."""
    assert all(math.isfinite(number) and number >= 0 for number in numbers(job))
    summed = totals([job])
    recommend([job])
    usage_figure([job])
    work_table([job])
    assert len(compute_table([job]).rows[0]) == len(compute_table([job]).headers)
    totals_table(summed)
    content = metrics_bytes([job], [], summed, UNKNOWN_SCALE)
    json.loads(estimation_bytes([job], UNKNOWN_SCALE))
    assert len(read_metrics(content).jobs) == 1


@given(damaged(SEFF), damaged(SACCT), damaged(JOBSTATS), damaged(GPU_CSV))
def test_a_job_of_damaged_answers_is_sound(seff: str, sacct: str, jobstats: str, csv: str) -> None:
    answers = JobAnswers(
        "7",
        parse_seff(seff),
        rows_of("7", parse_table(sacct) or ()),
        parse_time_limit(sacct),
        parse_jobstats(jobstats),
        parse_notes(NOTES),
    )
    samples = summarize_gpu_lines(csv.splitlines(keepends=True))
    assert samples.samples or samples.problem
    assert_sound(merge(SUBMISSION, answers, samples))
    for job_id in ("8", "9"):
        parts = replace(answers, sacct=rows_of(job_id, parse_table(sacct) or ()))
        assert_sound(merge(replace(SUBMISSION, submitted=None), parts, samples))


@given(damaged(RUN_LOG), st.sampled_from(["", "\ufeff"]))
def test_a_damaged_run_log_gives_valid_numbers_of_jobs_alone(text: str, start: str) -> None:
    submissions = settle(parse_run_log(start + text, ["r8"]))
    told = [each.job_id for each in submissions.current] + [each.job_id for each in submissions.superseded]
    assert all(job_id is not None and valid_job_id(job_id) for job_id in told)


@given(damaged(OUTPUT))
def test_damaged_output_of_a_job_gives_sound_figures(text: str) -> None:
    lines = text.splitlines(keepends=True)
    assert_sound(merge(SUBMISSION, None, work=parse_training(lines)))
    assert_sound(merge(SUBMISSION, None, work=parse_evaluation(lines)))


@given(damaged(NOTES))
def test_damaged_notes_are_sentences_without_rules_and_links(text: str) -> None:
    assert all(note and "\n" not in note for note in parse_notes(text))
