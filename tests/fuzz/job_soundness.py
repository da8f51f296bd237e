"""What is true of a job, whatever its sources say."""

from __future__ import annotations

import json
import math

from vizspec.slurm.model.metrics_file import FIGURES, UNKNOWN_SCALE
from vizspec.slurm.model.totals import totals
from vizspec.slurm.model.usage import JobUsage
from vizspec.slurm.output.metrics_writer import estimation_bytes, metrics_bytes
from vizspec.slurm.output.table import compute_table, totals_table, work_table
from vizspec.slurm.output.usage_figure import usage_figure
from vizspec.slurm.recommendations import recommend
from vizspec.slurm.sources.metrics_reader import read_metrics


def numbers(job: JobUsage) -> list[float]:
    """All figures of a job."""
    known = [getattr(job, figure.attribute) for figure in FIGURES]
    plain = [job.gpu_hours, job.energy_kwh, *(gpu.utilization_pct for gpu in job.devices)]
    return [each.value for each in known if each] + [each for each in plain if each is not None]


def assert_sound(job: JobUsage, with_figure: bool = True) -> None:
    """All that is made of a job can be made, and no number of it is infinite or below zero."""
    assert all(math.isfinite(number) and number >= 0 for number in numbers(job))
    summed = totals([job])
    recommend([job])
    if with_figure:
        usage_figure([job])
    work_table([job])
    assert len(compute_table([job]).rows[0]) == len(compute_table([job]).headers)
    totals_table(summed)
    content = metrics_bytes([job], [], summed, UNKNOWN_SCALE)
    json.loads(estimation_bytes([job], UNKNOWN_SCALE))
    assert len(read_metrics(content).jobs) == 1
