"""What to ask for next time."""

import pytest

from vizspec.slurm.model.jobs import JobKind
from vizspec.slurm.model.usage import JobUsage, Known
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
