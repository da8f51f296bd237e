"""One job's figures, and what follows from them."""

import pytest

from vizspec.slurm.model.usage import JobUsage, Known


@pytest.mark.parametrize(("limit", "expected"), [("1-00:00:00", 86_400), ("UNLIMITED", None)])
def test_the_limit_in_seconds(limit: str, expected: int | None) -> None:
    assert JobUsage("a", "eval", "a", time_limit=Known(limit, "sacct")).time_limit_seconds == expected
    assert JobUsage("a", "eval", "a").time_limit_seconds is None


def test_utilization_is_jobstats_before_nvidia_smis_even_at_0() -> None:
    job = JobUsage(
        "a",
        "eval",
        "a",
        gpu_utilization_jobstats_pct=Known(0.0, "jobstats"),
        gpu_utilization_mean_pct=Known(50.0, "nvidia-smi"),
    )
    assert job.gpu_utilization_pct == Known(0.0, "jobstats")
