"""What to ask for next time."""

from dataclasses import replace

import pytest

from vizspec.slurm.model.jobs import JobKind
from vizspec.slurm.model.usage import GpuUse, JobUsage, Known
from vizspec.slurm.recommendations import Recommendation, gpu_memory_advice, recommend


def job(kind: JobKind, used_gib: float, notes: tuple[str, ...] = ()) -> JobUsage:
    return JobUsage(
        "r8",
        kind,
        "r8",
        gpu_memory_mean_gib=Known(used_gib, "nvidia-smi"),
        gpu_memory_total_gib=Known(80.0, "nvidia-smi"),
        notes=notes,
    )


def test_a_fine_tuning_that_leaves_half_the_gpu_memory_is_told_how_much() -> None:
    assert gpu_memory_advice(6.4, 80.0) == (
        "Only 8% of the GPU memory was used (6.4/80 GB). The headroom of ~74 GB allows a larger batch_size "
        "or max_seq_len, which may raise the throughput."
    )


@pytest.mark.parametrize(("used", "total"), [(40.0, 80.0), (79.0, 80.0), (0.0, 0.0)])
def test_a_gpu_that_is_half_full_or_has_no_memory_needs_no_advice(used: float, total: float) -> None:
    assert gpu_memory_advice(used, total) is None


def test_only_fine_tuning_jobs_are_advised_on_memory() -> None:
    assert [each.source for each in recommend([job("finetune", 6.4)])] == ["gpu memory"]
    assert recommend([job("eval", 6.4)]) == ()


def test_notes_come_first_and_idle_ones_do_not_come() -> None:
    notes = ("Ask for less time.", "No other notes will be shown.")
    assert recommend([job("finetune", 70.0, notes)]) == (
        Recommendation("r8", "Ask for less time.", "jobstats"),
    )


def test_a_job_without_figures_is_not_advised() -> None:
    assert recommend([JobUsage("r8", "finetune", "r8")]) == ()


FULL, EMPTY = GpuUse("0", 96.0, 78.0, 80.0), [GpuUse(str(index), 0.0, 1.0, 80.0) for index in (1, 2, 3)]


def test_idle_gpus_are_named_and_no_larger_batch_is_advised_where_one_gpu_is_full() -> None:
    usage = replace(job("finetune", 20.2), devices=(FULL, *EMPTY))
    assert [each.text for each in recommend([usage])] == [
        "3 of 4 GPUs were idle (1, 2, 3): ask for fewer, or have the job use them all."
    ]


def test_one_idle_gpu_is_named() -> None:
    both = (FULL, EMPTY[0])
    assert [each.text for each in recommend([replace(job("eval", 70.0), devices=both)])] == [
        "GPU 1 of 2 was idle: ask for fewer, or have the job use them all."
    ]
    alone = replace(job("eval", 70.0), devices=(EMPTY[0],))
    assert [each.source for each in recommend([alone])] == ["idle gpus"]


def test_idle_gpus_are_not_told_again_where_jobstats_tells_of_them() -> None:
    usage = replace(
        job("eval", 70.0, ("This job did not use 3 of the 4 allocated GPUs.",)), devices=(FULL, *EMPTY)
    )
    assert [each.source for each in recommend([usage])] == ["jobstats"]


def test_a_gpu_whose_use_nobody_could_measure_is_not_called_idle() -> None:
    usage = replace(job("eval", 70.0), devices=(EMPTY[0], GpuUse("1", None, 1.0, 80.0)))
    assert recommend([usage]) == ()


@pytest.mark.parametrize(
    ("state", "advised"), [("OUT_OF_MEMORY", False), ("FAILED", False), ("COMPLETED", True)]
)
def test_a_training_that_broke_off_is_not_advised_to_take_a_larger_batch(state: str, advised: bool) -> None:
    usage = replace(job("finetune", 6.4), state=Known(state, "sacct"))
    assert bool(recommend([usage])) is advised
