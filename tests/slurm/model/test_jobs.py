"""Job ids, and which job of a name counts."""

import pytest

from vizspec.slurm.model.jobs import Superseded, settle, valid_job_id
from vizspec.slurm.sources.run_logs import parse_run_log


def test_of_a_run_submitted_twice_the_last_job_counts_and_the_first_is_superseded() -> None:
    text = "".join(f"[t] SUBMIT_JOB: {run}\nJob ID: {job}\n" for run, job in [("a", 1), ("b", 2), ("a", 3)])
    settled = settle(parse_run_log(text))
    assert [(each.name, each.job_id) for each in settled.current] == [("a", "3"), ("b", "2")]
    assert settled.superseded == (Superseded("finetune", "a", "1", "3"),)


def test_a_later_failed_submission_does_not_replace_a_job() -> None:
    settled = settle(parse_run_log("[t] SUBMIT_JOB: a\nJob ID: 1\n[t] SUBMIT_JOB: a\nResult: failed\n"))
    assert [each.job_id for each in settled.current] == ["1"]
    assert [each.name for each in settled.failed] == ["a"]


def test_one_job_logged_twice_is_not_superseded_by_itself() -> None:
    assert (
        settle(parse_run_log("[t] SUBMIT_JOB: a\nJob ID: 1\n[t] SUBMIT_JOB: a\nJob ID: 1\n")).superseded == ()
    )


def test_a_fine_tuning_and_an_evaluation_of_one_name_are_two_jobs() -> None:
    text = "[t] SUBMIT_JOB: a\nJob ID: 1\n[t] SUBMIT_EVAL: a\nJob ID: 2\n"
    assert [each.job_id for each in settle(parse_run_log(text)).current] == ["1", "2"]


@pytest.mark.parametrize("text", ["1", "1234567", "123_4", "123+0", " 42 "])
def test_ids_of_jobs_array_tasks_and_het_jobs_are_valid(text: str) -> None:
    assert valid_job_id(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "0", "abc", "12;rm -rf ~", "$(id)", "12\n34", "`id`", "12.batch", "--help", "12 34", "24_[1-4]",
     "١٢", "12|x", "1,2", "-1", "9" * 40, None],
)  # fmt: skip
def test_anything_else_never_reaches_a_command_line(text: object) -> None:
    assert valid_job_id(text) is None
