"""What the run logs say was submitted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.model.jobs import Submission, settle, valid_job_id
from vizspec.slurm.sources.run_logs import parse_name, parse_run_log

LOG = """\
[2025-11-11 11:00:00] DISCOVER_EXPERIMENT
Details: Found experiment at /path/to/experiment
Result: 4 runs configured

[2025-11-11 11:00:05] SUBMIT_JOB: r8_lr1e-5
Details: sbatch finetune.slurm
Job ID: 1234567
Result: success

[2025-11-11 11:00:10] SUBMIT_JOB: r8_lr5e-5
Details: sbatch finetune.slurm (5-second stagger)
Job ID: 1234568
Result: success

[2025-11-11 11:02:00] STATE_CHANGE: r8_lr1e-5
Details: PENDING → RUNNING
"""


def test_each_submission_has_its_job() -> None:
    assert parse_run_log(LOG) == (
        Submission("finetune", "r8_lr1e-5", "r8_lr1e-5", job_id="1234567", submitted="2025-11-11 11:00:05"),
        Submission("finetune", "r8_lr5e-5", "r8_lr5e-5", job_id="1234568", submitted="2025-11-11 11:00:10"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Job ID: 2345678",
        "Result: Job ID 2345678",
        "Result: Job ID 2345678 submitted at 2025-11-11 14:45:20",
        "Details: Submitted batch job 2345678",
        "  Job ID:  2345678  ",
        "Job Id: 2345678",
        "Result: success (Job ID: 2345678)",
        "Details: [job id 2345678].",
    ],
)
def test_the_id_is_found_in_every_form_that_logs_have_had(line: str) -> None:
    text = f"[2025-11-11 12:00:05] SUBMIT_EVAL: r8/cap/epoch0\nDetails: sbatch cap_epoch0.slurm\n{line}\n"
    (found,) = parse_run_log(text)
    assert found == Submission("eval", "r8/cap/epoch0", "r8", "cap", 0, "2345678", "2025-11-11 12:00:05")


def test_a_failed_submission_does_not_take_the_next_ones_id() -> None:
    text = (
        "[t] SUBMIT_EVAL: r1/cap/epoch0\nDetails: sbatch: error: invalid partition\nResult: failed\n\n"
        "[t] SUBMIT_EVAL: r2/cap/epoch0\nJob ID: 77\n"
    )
    assert [(each.run, each.job_id) for each in parse_run_log(text)] == [("r1", None), ("r2", "77")]


@pytest.mark.parametrize(
    "line",
    [
        "r8/cap/epoch0 (Job ID: 77)",
        "r8/cap/epoch0 Job Id: 77",
        "r8/cap/epoch0 - Submitted batch job 77",
        "r8/cap/epoch0 → [Job ID 77], queued",
    ],
)
def test_an_id_on_the_entrys_own_line_is_its_and_no_part_of_the_name(line: str) -> None:
    text = f"[t] SUBMIT_EVAL: r1/cap/epoch0\nResult: failed\n[t] SUBMIT_EVAL: {line}\nJob ID: 78\n"
    assert parse_run_log(text) == (
        Submission("eval", "r1/cap/epoch0", "r1", "cap", 0, None, "t"),
        Submission("eval", "r8/cap/epoch0", "r8", "cap", 0, "77", "t"),
    )


def test_an_id_in_another_entry_belongs_to_no_submission() -> None:
    text = (
        "[t] SUBMIT_JOB: r1\nDetails: nothing\n[t] MONITOR_CONFIG: applied\nJob ID: 5\n"
        "[t] ALL_SUBMITTED: done\nJob IDs: 6-7\n"
    )
    assert parse_run_log(text) == (Submission("finetune", "r1", "r1", submitted="t"),)


def test_line_ends_of_windows_and_blanks_after_names_are_no_part_of_them() -> None:
    text = "[t] SUBMIT_JOB: r1  \r\nJob ID: 12\r\n"
    assert parse_run_log(text) == (Submission("finetune", "r1", "r1", job_id="12", submitted="t"),)


def test_a_submission_without_a_name_is_none() -> None:
    assert parse_run_log("[t] SUBMIT_JOB:\nJob ID: 12\n") == ()


@pytest.mark.parametrize(
    ("name", "run", "task", "epoch"),
    [
        ("r8/capitalization/epoch0", "r8", "capitalization", 0),
        ("r8/capitalization_epoch12", "r8", "capitalization", 12),
        ("base/capitalization", "base", "capitalization", None),
        ("r8/epoch_3", "r8", None, 3),
        ("r8", "r8", None, None),
        ("group/r9/acs/income/epoch1", "group/r9", "acs/income", 1),
    ],
)
def test_a_name_tells_run_task_and_epoch(name: str, run: str, task: str | None, epoch: int | None) -> None:
    assert parse_name("eval", name, ["r8", "group", "group/r9"]) == Submission("eval", name, run, task, epoch)


def test_the_name_of_a_fine_tuning_is_its_run_slashes_and_all() -> None:
    assert parse_name("finetune", "group/r9").run == "group/r9"


def test_an_id_with_shell_characters_in_a_log_is_no_id() -> None:
    assert parse_run_log("[t] SUBMIT_JOB: a\nJob ID: 12;id\n")[0].job_id is None


@given(st.lists(st.sampled_from(["[t] SUBMIT_JOB: a", "[t] SUBMIT_EVAL: a/b/epoch0", "[t] OTHER", "Job ID: 7",
                                 "Job ID: x", "Details: y", ""])))  # fmt: skip
def test_there_are_as_many_submissions_as_submit_lines(lines: list[str]) -> None:
    found = parse_run_log("\n".join(lines))
    assert len(found) == sum("SUBMIT" in line for line in lines)
    settled = settle(found)
    assert len(settled.failed) + len([each for each in found if each.job_id]) == len(found)


@given(st.text(), st.lists(st.text()))
def test_no_text_makes_the_reader_of_logs_raise(text: str, runs: list[str]) -> None:
    settle(parse_run_log(text, runs))
    valid_job_id(text)


@pytest.mark.parametrize(
    "entry",
    [
        "2025-11-11 11:00:05 SUBMIT_JOB: r8\nJob ID: 7\n",
        "2025-11-11T11:00:05Z: SUBMIT_JOB: r8\nJob ID: 7\n",
        "    [2025-11-11 11:00:05] SUBMIT_JOB: r8\n    Details: sbatch\n    Job ID: 7\n",
        "SUBMIT_JOB: r8\nJob ID: 7\n",
        "\t11:00:05 SUBMIT_JOB: r8\n\tJob ID: 7\n",
        "11/12/2025 10:00 SUBMIT_JOB: r8\nJob ID: 7\n",
        "2025-11-11 11:00:05 - SUBMIT_JOB: r8\nJob ID: 7\n",
        "2025-11-11 11:00:05,123 INFO SUBMIT_JOB: r8\nJob ID: 7\n",
        "- SUBMIT_JOB: r8\n- Job ID: 7\n",
    ],
)
def test_times_without_brackets_and_indented_entries_are_read(entry: str) -> None:
    assert [(each.name, each.job_id) for each in parse_run_log(entry)] == [("r8", "7")]


RETRIED = """\
[2026-03-01 10:00:00] SUBMIT_JOB: r8
Job ID: 1

[2026-03-01 11:00:00] OOM_RETRY: r8
Details: batch_size 128 -> 64 (attempt 1/3); finetune.yaml updated
Result: resubmitted as job 2

[2026-03-01 12:00:00] OOM_RETRY_SUBMIT_FAILED: r8
Details: attempt 2; sbatch error
Result: run not resubmitted
"""


def test_a_job_that_ran_out_of_memory_is_followed_to_the_one_submitted_anew() -> None:
    assert [(each.kind, each.name, each.job_id) for each in parse_run_log(RETRIED)] == [
        ("finetune", "r8", "1"),
        ("finetune", "r8", "2"),
    ]


def test_a_retry_that_says_all_on_one_line_is_of_the_job_that_it_names() -> None:
    log = (
        "[2026-03-01 10:00:00] SUBMIT_JOB: r8\nJob ID: 1\n"
        "[2026-03-01 11:00:00] OOM_RETRY: r8 batch 8 -> 4, resubmitted as job 2\n"
    )
    assert [(each.name, each.job_id) for each in parse_run_log(log)] == [("r8", "1"), ("r8", "2")]
