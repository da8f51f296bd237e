"""Which source is believed for what."""

from dataclasses import replace

import pytest

from vizspec.slurm.merge import merge
from vizspec.slurm.model.jobs import Submission
from vizspec.slurm.model.usage import GpuUse, JobUsage, Known
from vizspec.slurm.sources.collect import JobAnswers
from vizspec.slurm.sources.gpu_csv import GpuSamples
from vizspec.slurm.sources.job_output import EvaluationWork, Training
from vizspec.slurm.sources.jobstats import Gpu, JobstatsReport, NodeUse
from vizspec.slurm.sources.sacct import SacctJob
from vizspec.slurm.sources.seff import SeffReport

SUBMISSION = Submission("finetune", "r8", "r8", job_id="7")

SEFF = SeffReport(
    job_id="7",
    state="COMPLETED",
    cpu_cores=4,
    cpu_efficiency_pct=50.0,
    wall_seconds=3600,
    memory_used_gib=6.0,
    memory_requested_gib=40.0,
)
SACCT = SacctJob("7", "7", "COMPLETED", 3601, "02:00:00", 41.0, 4, 1, gpus=2)
JOBSTATS = JobstatsReport(
    wall_seconds=3599.0,
    gpu_count=2,
    nodes=(
        NodeUse("n1", 4, 3599.0 * 3, 7.0, 42.0, (Gpu("0", 60.0, 30.0, 80.0), Gpu("1", 70.0, 50.0, 80.0))),
    ),
)
SAMPLES = GpuSamples(120, 58.0, 20.0, 100.0, False, 25.0, 79.0, 300.0, gpus=2)


def test_every_value_has_the_source_that_comes_first() -> None:
    answers = JobAnswers("7", SEFF, (SACCT,), None, JOBSTATS, ("Ask for less.",))
    assert merge(SUBMISSION, answers, SAMPLES) == JobUsage(
        name="r8",
        kind="finetune",
        run="r8",
        job_id="7",
        state=Known("COMPLETED", "seff"),
        wall_seconds=Known(3600, "seff"),
        time_limit=Known("02:00:00", "sacct"),
        cpu_cores=Known(4, "jobstats"),
        cpu_efficiency_pct=Known(75.0, "jobstats"),
        cpu_memory_used_gib=Known(7.0, "jobstats"),
        cpu_memory_allocated_gib=Known(42.0, "jobstats"),
        gpus=Known(2, "jobstats"),
        gpu_utilization_jobstats_pct=Known(65.0, "jobstats"),
        gpu_utilization_mean_pct=Known(58.0, "nvidia-smi"),
        gpu_utilization_min_pct=Known(20.0, "nvidia-smi"),
        gpu_utilization_max_pct=Known(100.0, "nvidia-smi"),
        gpu_memory_mean_gib=Known(25.0, "nvidia-smi"),
        gpu_memory_max_gib=Known(40.0, "jobstats"),
        gpu_memory_total_gib=Known(79.0, "nvidia-smi"),
        power_mean_w=Known(300.0, "nvidia-smi"),
        gpu_samples=120,
        gpu_hours=2.0,
        energy_kwh=0.6,
        devices=(GpuUse("0", 60.0, 30.0, 80.0), GpuUse("1", 70.0, 50.0, 80.0)),
        notes=("Ask for less.",),
    )


def test_without_jobstats_cpu_figures_are_seffs_and_utilization_is_nvidia_smis() -> None:
    usage = merge(SUBMISSION, JobAnswers("7", SEFF, (SACCT,)), SAMPLES)
    assert usage.cpu_efficiency_pct == Known(50.0, "seff")
    assert usage.cpu_memory_used_gib == Known(6.0, "seff")
    assert usage.cpu_memory_allocated_gib == Known(40.0, "seff")
    assert usage.gpu_utilization_pct == Known(58.0, "nvidia-smi")
    assert usage.gpus == Known(2, "sacct")


def test_without_samples_gpu_memory_is_jobstats_maximum_of_one_gpu() -> None:
    usage = merge(SUBMISSION, JobAnswers("7", jobstats=JOBSTATS))
    assert usage.gpu_memory_used_gib == Known(40.0, "jobstats")
    assert usage.gpu_memory_total_gib == Known(80.0, "jobstats")
    assert (usage.power_mean_w, usage.energy_kwh, usage.gpu_samples) == (None, None, None)


def test_seffs_own_time_limit_comes_before_saccts() -> None:
    answers = JobAnswers("7", SeffReport(time_limit="01:00:00"), (SACCT,))
    assert merge(SUBMISSION, answers).time_limit == Known("01:00:00", "seff")


def test_the_answer_to_the_question_about_one_job_is_the_last_resort() -> None:
    assert merge(SUBMISSION, JobAnswers("7", time_limit="03:00:00")).time_limit == Known("03:00:00", "sacct")


def test_memory_used_and_allocated_are_of_one_source() -> None:
    without_use = JobstatsReport(60, 0, (NodeUse("n1", 4, 60, None, 42.0),))
    usage = merge(SUBMISSION, JobAnswers("7", SEFF, (), None, without_use))
    assert (usage.cpu_memory_used_gib, usage.cpu_memory_allocated_gib) == (
        Known(6.0, "seff"),
        Known(40.0, "seff"),
    )


def test_an_efficiency_of_0_is_a_value_and_no_gap() -> None:
    idle = JobstatsReport(60.0, 0, (NodeUse("n1", 4, 0.0, 1.0, 2.0),))
    assert merge(SUBMISSION, JobAnswers("7", SEFF, (), None, idle)).cpu_efficiency_pct == Known(
        0.0, "jobstats"
    )


def test_a_job_of_which_nothing_is_known_has_nothing() -> None:
    assert merge(SUBMISSION, None) == JobUsage("r8", "finetune", "r8", job_id="7")


@pytest.mark.parametrize(
    ("gpus", "wall", "expected"), [(2, 1800, 1.0), (0, 1800, 0.0), (0, None, 0.0), (2, None, None)]
)
def test_gpu_hours_are_gpus_times_wall_time(gpus: int, wall: int | None, expected: float | None) -> None:
    answers = JobAnswers("7", sacct=(SacctJob("7", wall_seconds=wall, gpus=gpus),))
    assert merge(SUBMISSION, answers).gpu_hours == expected


def test_gpu_hours_of_an_array_are_of_all_its_tasks_and_the_reader_is_told() -> None:
    tasks = (
        SacctJob("7_0", state="COMPLETED", wall_seconds=3600, gpus=1),
        SacctJob("7_1", state="COMPLETED", wall_seconds=7200, gpus=1),
    )
    usage = merge(SUBMISSION, JobAnswers("7", sacct=tasks))
    assert (usage.gpu_hours, usage.wall_seconds) == (3.0, Known(3600, "sacct"))
    assert usage.remarks == ("2 tasks in one submission: GPU-hours are of all, the rest is of one task",)


def test_gpu_hours_are_not_known_while_one_task_is_not() -> None:
    tasks = (SacctJob("7_0", wall_seconds=3600, gpus=1), SacctJob("7_1", wall_seconds=None, gpus=1))
    assert merge(SUBMISSION, JobAnswers("7", sacct=tasks)).gpu_hours is None


@pytest.mark.parametrize("state", ["RUNNING", "PENDING", "REQUEUED"])
def test_an_unfinished_job_says_so(state: str) -> None:
    usage = merge(SUBMISSION, JobAnswers("7", SeffReport("7", state=state)))
    assert usage.remarks == (f"still {state}, the figures are those so far",)


def test_a_job_that_did_not_complete_says_how_it_ended() -> None:
    timed_out = JobAnswers("7", SeffReport("7", state="TIMEOUT"), (SacctJob("7", state="TIMEOUT"),))
    assert merge(SUBMISSION, timed_out).remarks == ("ended as TIMEOUT",)


def test_an_answer_about_another_job_is_told_of() -> None:
    usage = merge(SUBMISSION, JobAnswers("7", SeffReport("8", state="COMPLETED")))
    assert usage.remarks == ("asked for job 7, seff answered for job 8",)


def test_a_gpu_that_nobody_could_measure_is_unavailable_and_not_idle() -> None:
    mig = GpuSamples(3, utilization_unavailable=True, memory_used_mean_gib=1.0)
    seen = JobstatsReport(60.0, 1, (NodeUse("n1", gpus=(Gpu("0", None, 3.0, 40.0),)),))
    assert merge(SUBMISSION, None, mig).gpu_utilization_unavailable
    assert merge(SUBMISSION, JobAnswers("7", jobstats=seen)).gpu_utilization_unavailable
    assert not merge(SUBMISSION, JobAnswers("7", jobstats=JOBSTATS), mig).gpu_utilization_unavailable
    assert not merge(SUBMISSION, JobAnswers("7", jobstats=seen), SAMPLES).gpu_utilization_unavailable


def test_gpu_hours_of_a_het_job_are_those_of_the_components_that_have_gpus() -> None:
    leader = SacctJob("7+0", state="COMPLETED", wall_seconds=3600, gpus=4, has_resources=True)
    other = SacctJob("7+1", state="COMPLETED", wall_seconds=3600, has_resources=True)
    for rows in [(leader, other), (other, leader)]:
        usage = merge(SUBMISSION, JobAnswers("7", sacct=rows))
        assert (usage.gpu_hours, usage.gpus) == (4.0, Known(4, "sacct"))
        assert usage.remarks == (
            "2 components in one submission: GPU-hours are of all, the rest is of the first",
        )


def test_tasks_of_an_array_that_never_ran_held_nothing() -> None:
    tasks = (
        SacctJob("7_1", state="COMPLETED", wall_seconds=3600, gpus=2, has_resources=True),
        SacctJob("7_2", state="CANCELLED", wall_seconds=0),
        SacctJob("7_[3-9%2]", state="PENDING"),
    )
    assert merge(SUBMISSION, JobAnswers("7", sacct=tasks)).gpu_hours == 2.0


def test_a_requeued_job_counts_all_its_attempts_and_says_so() -> None:
    attempts = (
        SacctJob("7", state="PREEMPTED", wall_seconds=7200, gpus=1),
        SacctJob("7", state="COMPLETED", wall_seconds=3600, gpus=1),
    )
    usage = merge(SUBMISSION, JobAnswers("7", SEFF, attempts))
    assert (usage.gpu_hours, usage.state) == (3.0, Known("COMPLETED", "seff"))
    assert usage.remarks == ("requeued: GPU-hours are of both attempts, the rest is of the last",)


LOGGED = replace(SUBMISSION, submitted="2026-03-01 10:00:00")


def test_nothing_is_used_of_another_job_that_has_the_number_now() -> None:
    old = replace(SACCT, submitted="2019-05-01T08:00:00")
    usage = merge(LOGGED, JobAnswers("7", SEFF, (old,), None, JOBSTATS))
    assert (usage.wall_seconds, usage.gpus, usage.state) == (None, None, None)
    assert usage.remarks == (
        "job 7 of the accounting was submitted on 2019-05-01, the run log says 2026-03-01: that is another "
        "job under the same number, and not used",
    )


def test_of_a_number_that_was_given_away_later_only_the_accounting_of_that_time_is_used() -> None:
    own, later = (
        replace(SACCT, submitted="2026-03-01T10:00:02"),
        replace(SACCT, submitted="2029-01-01T00:00:00"),
    )
    usage = merge(LOGGED, JobAnswers("7", SEFF, (own, later), None, JOBSTATS))
    assert usage.wall_seconds == Known(3601, "sacct")
    assert usage.remarks == (
        "the number 7 was given to another job later: only sacct's figures of that time are used",
    )


def test_an_answer_that_cannot_be_read_is_told_with_its_first_words_but_no_path() -> None:
    answers = JobAnswers(
        "7", sacct=(SACCT,), unread=(("seff", "Division by zero at /usr/bin/seff line 130."),)
    )
    assert merge(SUBMISSION, answers).remarks == (
        "seff answered, but in a form that cannot be read (“Division by zero at … line 130.”)",
    )


def test_no_cpu_time_in_a_long_job_is_said_to_be_unknown() -> None:
    answers = JobAnswers("7", replace(SEFF, cpu_efficiency_pct=None, cpu_untold=True))
    usage = merge(SUBMISSION, answers)
    assert usage.cpu_efficiency_pct is None
    assert usage.remarks == (
        "seff gives no CPU time at all, which some versions of Slurm do where it is not known",
    )


def test_where_no_program_tells_the_wall_time_it_is_that_of_the_samples_and_marked() -> None:
    usage = merge(SUBMISSION, None, replace(SAMPLES, seconds=1800.0))
    assert (usage.wall_seconds, usage.gpu_hours) == (Known(1800.0, "nvidia-smi"), 1.0)
    assert usage.remarks == (
        "the wall time is the time between the first and last GPU samples, as no program told it",
    )


def test_tokens_per_second_of_an_evaluation_are_those_of_one_gpu() -> None:
    usage = merge(SUBMISSION, JobAnswers("7", sacct=(SACCT,)), work=EvaluationWork(1200, 60.0))
    assert usage.tokens == Known(1200, "inspect")
    assert usage.evaluation_tokens_per_second == Known(10.0, "inspect")
    assert merge(SUBMISSION, None, work=EvaluationWork(1200, 60.0)).evaluation_tokens_per_second is None


def test_a_training_tells_its_last_loss_and_what_its_rate_is_of() -> None:
    usage = merge(SUBMISSION, None, work=Training(0.5, 20, 50.0, is_last_rate=True))
    assert (usage.training_loss, usage.training_steps) == (Known(0.5, "torchtune"), Known(20, "torchtune"))
    assert usage.training_tokens_per_second == Known(50.0, "torchtune")
    assert usage.remarks == (
        "the tokens per second are those of the last step, the only ones that W&B's summary has",
    )
    (remark,) = merge(SUBMISSION, None, work=Training(None, 20, has_diverged=True)).remarks
    assert remark == "the last training loss is no number: the training has diverged"
