"""The numbers of the figure of used against requested."""

from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.slurm.output.usage_figure import Share, UsageFigure, UsagePanel, usage_figure

JOB = JobUsage(
    "r8",
    "finetune",
    "r8",
    wall_seconds=Known(3720.0, "seff"),
    time_limit=Known("01:00:00", "sacct"),
    gpu_utilization_jobstats_pct=Known(65.0, "jobstats"),
    gpu_utilization_min_pct=Known(20.0, "nvidia-smi"),
    gpu_utilization_max_pct=Known(100.0, "nvidia-smi"),
    gpu_memory_mean_gib=Known(20.0, "nvidia-smi"),
    gpu_memory_total_gib=Known(80.0, "nvidia-smi"),
)


def test_panels_have_a_share_a_job_and_those_without_any_are_left_out() -> None:
    assert usage_figure([JOB, JobUsage("r9/t/epoch0", "eval", "r9")]) == UsageFigure(
        ("r8 (finetune)", "r9/t/epoch0"),
        (
            UsagePanel("Time", "% of the time limit", (Share(3720 / 36, "01:02:00 of 01:00:00"), None)),
            UsagePanel("GPU utilization", "% of the time", (Share(65.0, "65.0%", 20.0, 100.0), None)),
            UsagePanel("GPU memory", "% of the GPU's memory", (Share(25.0, "20.0 of 80.0 GB"), None)),
        ),
    )


def test_a_job_without_a_limit_has_no_share_of_it() -> None:
    job = JobUsage("r", "eval", "r", wall_seconds=Known(9.0, "seff"), time_limit=Known("UNLIMITED", "sacct"))
    assert usage_figure([job]) is None


def test_cpu_memory_is_a_share_of_what_was_requested() -> None:
    job = JobUsage(
        "r", "eval", "r", cpu_memory_used_gib=Known(6.0, "seff"), cpu_memory_allocated_gib=Known(40.0, "seff")
    )
    figure = usage_figure([job])
    assert figure is not None
    assert figure.panels[0].shares == (Share(15.0, "6.0 of 40.0 GB"),)


def test_nothing_known_is_no_figure() -> None:
    assert usage_figure([]) is None
    assert usage_figure([JobUsage("r", "eval", "r")]) is None
