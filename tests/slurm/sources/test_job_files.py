"""Run logs and GPU samples on disk."""

import os
from pathlib import Path

import pytest

from vizspec.slurm.model.jobs import Submission
from vizspec.slurm.sources.job_files import find_gpu_metrics, read_gpu_metrics, read_run_logs, read_work
from vizspec.slurm.sources.job_output import EvaluationWork, Training

JOB = "[t] SUBMIT_JOB: r8\nDetails: sbatch\nJob ID: 7\n"
EVAL = "[t] SUBMIT_EVAL: r8/cap/epoch0\nDetails: sbatch\nJob ID: 8\n"


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_both_run_logs_are_read_in_order(tmp_path: Path) -> None:
    write(tmp_path / "logs/run-torchtune.log", JOB)
    write(tmp_path / "logs/run-inspect.log", "\ufeff" + EVAL)
    logs = read_run_logs(tmp_path)
    assert [(each.kind, each.job_id) for each in logs.submissions] == [("finetune", "7"), ("eval", "8")]
    assert logs.problems == ()


def test_the_logs_of_older_experiments_lie_in_the_experiments_folder(tmp_path: Path) -> None:
    write(tmp_path / "run-torchtune.log", JOB)
    write(tmp_path / "run-inspect.log", EVAL)
    assert len(read_run_logs(tmp_path).submissions) == 2


def test_a_missing_log_is_said(tmp_path: Path) -> None:
    write(tmp_path / "logs/run-torchtune.log", JOB)
    logs = read_run_logs(tmp_path)
    assert len(logs.submissions) == 1
    assert logs.problems == ("logs/run-inspect.log is missing (evaluation jobs)",)


@pytest.mark.parametrize(
    "text",
    ["", "rubbish", EVAL, "[t] SUBMIT_JOB: r8\nResult: failed\n", "[t] SUBMIT_JOB: r8\nJob ID: $(id)\n"],
)
def test_a_log_without_a_job_is_said(tmp_path: Path, text: str) -> None:
    write(tmp_path / "logs/run-torchtune.log", text)
    (problem,) = read_run_logs(tmp_path, kinds=["finetune"]).problems
    assert "logs/run-torchtune.log has no SUBMIT_JOB entry with a job id" in problem


def test_a_log_that_is_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "logs/run-torchtune.log").mkdir(parents=True)
    (problem,) = read_run_logs(tmp_path, kinds=["finetune"]).problems
    assert "cannot be read" in problem


def test_a_log_that_the_experiment_need_not_have_is_not_missed(tmp_path: Path) -> None:
    write(tmp_path / "logs/run-inspect.log", EVAL)
    assert read_run_logs(tmp_path, kinds=["eval"]).problems == ()


def test_bytes_that_are_no_text_do_not_hide_the_entries(tmp_path: Path) -> None:
    write(tmp_path / "logs/run-torchtune.log").write_bytes(b"\xff\xfe\x00\n" + JOB.encode())
    assert [each.job_id for each in read_run_logs(tmp_path, kinds=["finetune"]).submissions] == ["7"]


@pytest.mark.parametrize(
    ("place", "epoch"),
    [
        ("r8/artifacts/gpu_metrics.csv", None),
        ("r8/artifacts/epoch_0/gpu_metrics.csv", 0),
        ("ck-out-r8/gpu_metrics.csv", None),
        ("ck-out-r8/epoch_0/gpu_metrics.csv", 0),
    ],
)
@pytest.mark.parametrize("folder", ["experiment", "outputs"])
def test_samples_are_found_in_both_layouts_and_all_folders(
    tmp_path: Path, folder: str, place: str, epoch: int | None
) -> None:
    path = write(tmp_path / folder / place)
    submission = Submission("eval", "r8/cap", "r8", "cap", epoch)
    assert find_gpu_metrics(submission, [tmp_path / "experiment", tmp_path / "outputs"]) == path


def test_an_evaluation_of_a_checkpoint_does_not_take_the_fine_tunings_samples(tmp_path: Path) -> None:
    write(tmp_path / "r8/artifacts/gpu_metrics.csv")
    assert find_gpu_metrics(Submission("eval", "r8/cap/epoch0", "r8", "cap", 0), [tmp_path]) is None


def test_the_newer_layout_comes_first(tmp_path: Path) -> None:
    write(tmp_path / "ck-out-r8/gpu_metrics.csv")
    newer = write(tmp_path / "r8/artifacts/gpu_metrics.csv")
    assert find_gpu_metrics(Submission("finetune", "r8", "r8"), [tmp_path]) == newer


@pytest.mark.parametrize("run", ["../secret", "/etc", "a/../../secret", "a\0b", "x" * 5000])
def test_a_run_cannot_lead_out_of_the_folders(tmp_path: Path, run: str) -> None:
    write(tmp_path / "secret/artifacts/gpu_metrics.csv")
    (tmp_path / "experiment").mkdir()
    assert find_gpu_metrics(Submission("finetune", run, run), [tmp_path / "experiment"]) is None


def test_samples_are_read_whatever_their_first_and_last_bytes(tmp_path: Path) -> None:
    path = tmp_path / "gpu_metrics.csv"
    text = "timestamp, utilization.gpu [%]\n2026/02/17 10:00:00.000, 80 %\n2026/02/17 10:00:30.0"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\xff\xff")
    samples = read_gpu_metrics(path)
    assert (samples.samples, samples.utilization_mean_pct) == (1, 80.0)


TRAINING = "1|20|Loss: 0.5: 100%|\n"


@pytest.mark.parametrize("place", ["r8/artifacts", "ck-out-r8", "r8"])
def test_the_output_of_a_job_is_found_by_its_number(tmp_path: Path, place: str) -> None:
    write(tmp_path / place / "slurm-7.out", TRAINING)
    assert read_work(Submission("finetune", "r8", "r8", job_id="7"), [tmp_path]) == Training(0.5, 20)
    assert read_work(Submission("finetune", "r8", "r8", job_id="8"), [tmp_path]) == Training()


def test_the_output_of_an_evaluation_lies_with_its_checkpoint(tmp_path: Path) -> None:
    text = "total time: 0:01:00\nhf/m 1,200 tokens [I: 1,000, O: 200]\n"
    write(tmp_path / "r8/artifacts/epoch_1/slurm-9.out", text)
    submission = Submission("eval", "r8/cap/epoch1", "r8", "cap", 1, job_id="9")
    assert read_work(submission, [tmp_path]) == EvaluationWork(1200, 60.0)


def test_the_newest_log_of_torchtune_is_read_beside_the_output(tmp_path: Path) -> None:
    write(tmp_path / "r8/artifacts/logs/log_9.txt", "Step 1 | loss:9 tokens_per_second_per_gpu:9\n")
    write(tmp_path / "r8/artifacts/logs/log_10.txt", "Step 2 | loss:0.5 tokens_per_second_per_gpu:50\n")
    assert read_work(Submission("finetune", "r8", "r8", job_id="7"), [tmp_path]) == Training(0.5, 2, 50.0)


def test_a_pipe_under_the_name_of_a_log_of_torchtune_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "r8/logs").mkdir(parents=True)
    os.mkfifo(tmp_path / "r8/logs/log_1.txt")
    assert read_work(Submission("finetune", "r8", "r8", job_id="7"), [tmp_path]) == Training()


def test_a_run_whose_name_leads_out_of_the_folder_is_not_looked_for(tmp_path: Path) -> None:
    write(tmp_path / "slurm-7.out", TRAINING)
    (tmp_path / "inner").mkdir()
    assert read_work(Submission("finetune", "..", "..", job_id="7"), [tmp_path / "inner"]) == Training()
