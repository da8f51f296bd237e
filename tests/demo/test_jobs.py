"""What the example says a cluster left."""

from __future__ import annotations

from vizspec.demo.jobs import evaluation_submissions, gpu_metrics_text, run_log_text, training_submissions
from vizspec.demo.kinds import demo, single_task


def test_an_entry_has_its_time_its_name_and_its_job() -> None:
    text = run_log_text(training_submissions(demo()))
    assert text.split("\n\n")[0] == (
        "[2026-01-29 11:00:05] SUBMIT_JOB: naive-bayes_tuned\nDetails: sbatch finetune.slurm\nJob ID: 4210001"
    )


def test_an_evaluation_without_checkpoint_names_no_epoch() -> None:
    assert [submission.name for submission in evaluation_submissions(single_task())][:1] == [
        "naive-bayes_wine/wine_cultivar"
    ]


def test_runs_that_train_nothing_submit_no_training() -> None:
    assert training_submissions(single_task()) == []


def test_the_same_name_gives_the_same_samples_and_another_name_others() -> None:
    one, two = gpu_metrics_text("a", 3, training=True), gpu_metrics_text("b", 3, training=True)
    assert one == gpu_metrics_text("a", 3, training=True)
    assert one != two
    assert len(one.splitlines()) == 4
