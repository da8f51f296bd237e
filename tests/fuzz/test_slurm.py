"""Whatever Slurm's programs, nvidia-smi and jobs write: no reader raises, and no figure leaves its range."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.job_soundness import assert_sound
from tests.fuzz.slurm_texts import GPU_CSV, JOBSTATS, NOTES, OUTPUT, RUN_LOG, SACCT, SEFF, damaged
from vizspec.slurm.merge import merge
from vizspec.slurm.model.jobs import Submission, settle, valid_job_id
from vizspec.slurm.sources.collect import JobAnswers
from vizspec.slurm.sources.gpu_csv import summarize_gpu_lines
from vizspec.slurm.sources.job_output import parse_evaluation, parse_training
from vizspec.slurm.sources.jobstats import parse_jobstats
from vizspec.slurm.sources.notes import parse_notes
from vizspec.slurm.sources.run_logs import parse_run_log
from vizspec.slurm.sources.sacct import parse_table, parse_time_limit, rows_of
from vizspec.slurm.sources.seff import parse_seff

SUBMISSION = Submission("finetune", "r8", "r8", job_id="7", submitted="2026-03-01 10:00:00")


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
    job_ids = [each.job_id for each in submissions.current] + [each.job_id for each in submissions.superseded]
    assert all(job_id is not None and valid_job_id(job_id) for job_id in job_ids)


@given(damaged(OUTPUT))
def test_damaged_output_of_a_job_gives_sound_figures(text: str) -> None:
    lines = text.splitlines(keepends=True)
    assert_sound(merge(SUBMISSION, None, work=parse_training(lines)))
    assert_sound(merge(SUBMISSION, None, work=parse_evaluation(lines)))


@given(damaged(NOTES))
def test_damaged_notes_are_sentences_without_rules_and_links(text: str) -> None:
    assert all(note and "\n" not in note for note in parse_notes(text))
