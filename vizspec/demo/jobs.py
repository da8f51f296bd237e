"""What a cluster would have left of a design's jobs: run logs with job ids, and samples of the GPU.

There is no cluster behind an example: job ids, times and GPU samples are made up, and the experiment's README
says so. They are drawn from a seed, so that two examples are alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from vizspec.demo.design import DemoCell, DemoDesign, key

BEGAN = datetime(2026, 1, 29, 11, 0, 5)
FIRST_JOB_ID = 4210001
BETWEEN_SUBMISSIONS = timedelta(seconds=5)
SAMPLE_EVERY = timedelta(seconds=30)
GPU_MEMORY_MIB = 81559
GPU_HEADER = (
    "timestamp, utilization.gpu [%], utilization.memory [%], memory.used [MiB], memory.total [MiB], "
    "power.draw [W], temperature.gpu"
)


@dataclass(frozen=True)
class DemoSubmission:
    """An entry of a run log. `job_id` is None where the scheduler took no job."""

    at: datetime
    action: str
    name: str
    job_id: int | None


def training_submissions(design: DemoDesign) -> list[DemoSubmission]:
    """One job for each fine-tuned run."""
    runs = [run.name for run in design.runs if run.type == "fine-tuned"]
    return [
        DemoSubmission(BEGAN + n * BETWEEN_SUBMISSIONS, "SUBMIT_JOB", name, FIRST_JOB_ID + n)
        for n, name in enumerate(runs)
    ]


def evaluation_submissions(design: DemoDesign) -> list[DemoSubmission]:
    """One job for each planned cell; those of missing cells were not taken."""
    at = BEGAN + timedelta(hours=1)
    first = FIRST_JOB_ID + 1000
    return [
        DemoSubmission(
            at + n * BETWEEN_SUBMISSIONS,
            "SUBMIT_EVAL",
            _evaluation_name(cell),
            None if key(cell) in design.missing else first + n,
        )
        for n, cell in enumerate(design.planned())
    ]


def run_log_text(submissions: list[DemoSubmission]) -> str:
    """A run log: an entry of three lines for each submission, an empty line between them."""
    return "\n".join(_entry(submission) for submission in submissions)


def gpu_metrics_text(name: str, samples: int, training: bool) -> str:
    """`nvidia-smi --query-gpu=... --format=csv -l 30`, while the job of that name ran on a whole GPU."""
    drawn = random.Random(name)
    return "\n".join([GPU_HEADER, *_gpu_rows(drawn, samples, training)]) + "\n"


def _evaluation_name(cell: DemoCell) -> str:
    parts = [cell.run, cell.task] + ([] if cell.epoch is None else [f"epoch{cell.epoch}"])
    return "/".join(parts)


def _entry(submission: DemoSubmission) -> str:
    taken = submission.job_id is not None
    lines = [
        f"[{submission.at:%Y-%m-%d %H:%M:%S}] {submission.action}: {submission.name}",
        f"Details: sbatch {'finetune' if submission.action == 'SUBMIT_JOB' else 'eval'}.slurm",
        f"Job ID: {submission.job_id}"
        if taken
        else "Result: the scheduler took no job (QOSMaxSubmitJobPerUser)",
    ]
    return "\n".join(lines) + "\n"


def _gpu_rows(drawn: random.Random, samples: int, training: bool) -> Iterator[str]:
    """Busy while training, idle between answers while evaluating; the first sample is of loading."""
    busy, used = (92, drawn.randint(24000, 36000)) if training else (45, drawn.randint(9000, 15000))
    for n in range(samples):
        at = BEGAN + n * SAMPLE_EVERY
        percent = 0 if n == 0 else min(100, max(0, round(drawn.gauss(busy, 8 if training else 20))))
        held = 600 if n == 0 else used + drawn.randint(-200, 200)
        yield (
            f"{at:%Y/%m/%d %H:%M:%S}.{drawn.randint(0, 999):03d}, {percent} %, {percent // 2} %, {held} MiB, "
            f"{GPU_MEMORY_MIB} MiB, {80 + 5.6 * percent + drawn.uniform(0, 9):.2f} W, {35 + percent // 3}"
        )
