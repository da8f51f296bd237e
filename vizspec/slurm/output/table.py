"""The compute table: one row a job, cells that know their sources, and the footnotes that tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vizspec.slurm.model.jobs import Superseded
from vizspec.slurm.model.totals import Total, Totals
from vizspec.slurm.model.usage import JobUsage
from vizspec.slurm.output.cells import COLUMNS, WORK_COLUMNS, ComputeCell
from vizspec.text.decimals import DASH
from vizspec.text.markdown import Align
from vizspec.text.messages import listed

MIG_NOTE = (
    "*N/A: GPU utilization was unavailable for these jobs. MIG-partitioned GPUs report memory and power, "
    "but no utilization."
)

LEAST = 0.01
"""What the sums are rounded to: a little is not nothing."""

NAMING = 2
"""The columns of each table that say of what a row is."""


@dataclass(frozen=True)
class ComputeTable:
    """Headers, rows of equal length, alignment a column, footnotes as sentences; no Markdown in it."""

    headers: tuple[str, ...]
    cells: tuple[tuple[ComputeCell, ...], ...]
    align: tuple[Align, ...]
    footnotes: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The texts alone."""
        return tuple(tuple(cell.text for cell in row) for row in self.cells)


def compute_table(jobs: Sequence[JobUsage], superseded: Sequence[Superseded] = ()) -> ComputeTable:
    """A row a job, in the order given. The CPU columns are there only if some job has a value for them."""
    has_cpu = any(job.cpu_efficiency_pct or job.cpu_memory_used_gib for job in jobs)
    columns = [column for column in COLUMNS if has_cpu or not column.header.startswith("CPU")]
    headers = tuple(column.header for column in columns)
    cells = tuple(tuple(column.show(job) for column in columns) for job in jobs)
    footnotes = (
        *_source_notes(headers, cells),
        *_reading_notes(jobs),
        *_remark_notes(jobs),
        *_superseded_notes(superseded),
    )
    return ComputeTable(headers, cells, tuple(column.align for column in columns), footnotes)


def work_table(jobs: Sequence[JobUsage]) -> ComputeTable | None:
    """What the jobs of which it is known did: loss, steps, tokens, tokens per second; None if none is."""
    known = [
        job
        for job in jobs
        if job.training_loss or job.training_steps or job.training_tokens_per_second or job.tokens
    ]
    columns = [
        column
        for place, column in enumerate(WORK_COLUMNS)
        if place < NAMING or any(column.show(job).text != DASH for job in known)
    ]
    headers = tuple(column.header for column in columns)
    cells = tuple(tuple(column.show(job) for column in columns) for job in known)
    notes = _source_notes(headers, cells)
    return ComputeTable(headers, cells, tuple(column.align for column in columns), notes) if known else None


def totals_table(totals: Totals) -> ComputeTable:
    """GPU-hours and GPU energy a run, of superseded jobs, and of all; `at least` where some are unknown."""
    rows = [(each.run, each.total) for each in totals.runs]
    if totals.superseded.jobs:
        rows += [("Superseded jobs", totals.superseded), ("All jobs", totals.experiment)]
    else:
        rows.append(("All runs", totals.experiment))
    cells = tuple(
        (
            ComputeCell(name),
            ComputeCell(str(total.jobs)),
            ComputeCell(_bound(total.gpu_hours, total.without_gpu_hours)),
            ComputeCell(_bound(total.energy_kwh, total.without_energy)),
        )
        for name, total in rows
    )
    headers = ("Run", "Jobs", "GPU-hours", "GPU energy (kWh)")
    return ComputeTable(headers, cells, ("left", "right", "right", "right"), _bound_notes(totals.experiment))


def _source_notes(headers: Sequence[str], cells: Sequence[Sequence[ComputeCell]]) -> tuple[str, ...]:
    """`Sources. Wall Time: seff. CPU Eff: jobstats (seff for r2).`: a column's most common source first."""
    parts = []
    for place, header in enumerate(headers):
        names: dict[str, list[str]] = {}
        for row in cells:
            if row[place].sources:
                names.setdefault(" and ".join(row[place].sources), []).append(row[0].text)
        if names:
            first, *others = sorted(names, key=lambda source: -len(names[source]))
            exceptions = "; ".join(f"{source} for {listed(names[source])}" for source in others)
            parts.append(f"{header}: {first}" + (f" ({exceptions})" if exceptions else ""))
    return (f"Sources. {'. '.join(parts)}.",) if parts else ()


def _reading_notes(jobs: Sequence[JobUsage]) -> list[str]:
    notes = []
    if any(job.gpu_utilization_pct is None and job.gpu_utilization_unavailable for job in jobs):
        notes.append(MIG_NOTE)
    memory = [job.gpu_memory_used_gib for job in jobs if job.gpu_memory_used_gib]
    if memory or any(job.cpu_memory_used_gib for job in jobs):
        notes.append("1 GB is 1024³ bytes.")
    if memory or any(job.power_mean_w for job in jobs):
        peak = " (from jobstats: the maximum)" if any(each.source == "jobstats" for each in memory) else ""
        notes.append(f"GPU memory and power are of one GPU: the mean over the job's GPUs and time{peak}.")
    return notes


def _remark_notes(jobs: Sequence[JobUsage]) -> list[str]:
    names: dict[str, list[str]] = {}
    for job in jobs:
        for remark in job.remarks:
            names.setdefault(remark, []).append(job.name)
    return [f"{listed(having)}: {remark}." for remark, having in names.items()]


def _superseded_notes(superseded: Sequence[Superseded]) -> list[str]:
    return [
        f"{each.name}: job {each.job_id} was superseded by job {each.replaced_by}; {_hours(each)}."
        for each in superseded
    ]


def _hours(superseded: Superseded) -> str:
    if superseded.gpu_hours is None:
        return "how many GPU-hours it took is not known"
    return f"its {superseded.gpu_hours:.2f} GPU-hours stand apart in the sums"


def _bound(value: float | None, missing: int) -> str:
    if value is None:
        return DASH
    if not missing and 0 < value < LEAST / 2:
        return f"<{LEAST}"
    return f"{'at least ' if missing else ''}{value:.2f}"


def _bound_notes(total: Total) -> tuple[str, ...]:
    notes = []
    if total.gpu_hours is not None and total.without_gpu_hours:
        notes.append(f"GPU-hours of {total.without_gpu_hours} of {total.jobs} jobs are not known.")
    if total.energy_kwh is not None:
        missing = f"{total.without_energy} of {total.jobs} jobs" if total.without_energy else ""
        unknown = f"; that of {missing} is not known" if missing else ""
        notes.append(f"GPU energy is mean power × GPU-hours, without the rest of the node{unknown}.")
    return tuple(notes)
