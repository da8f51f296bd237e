"""What an experiment's Slurm jobs used: collected from every source there is, merged, summed, tabulated."""

from vizspec.slurm.compute import ComputeFacts, collect_compute
from vizspec.slurm.figure import UsageFigure, usage_figure
from vizspec.slurm.metrics_file import ExperimentScale
from vizspec.slurm.table import Table, compute_table, totals_table
from vizspec.slurm.usage import JobUsage

__all__ = [
    "ComputeFacts",
    "ExperimentScale",
    "JobUsage",
    "Table",
    "UsageFigure",
    "collect_compute",
    "compute_table",
    "totals_table",
    "usage_figure",
]
