"""`compute_metrics.json`: the jobs' raw figures with their sources, as bytes.

The keys are those of the public functions' job dicts, so that `format_compute_table(content["jobs"])` works
on the file; `units` names every key's unit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields

from vizspec.slurm.model.jobs import Superseded
from vizspec.slurm.model.metrics_file import DEVICE_KEYS, FIGURES, ExperimentScale, JobFigure
from vizspec.slurm.model.quantities import clock
from vizspec.slurm.model.totals import Total, Totals
from vizspec.slurm.model.usage import JobUsage, Known

DIGITS = 6
"""Decimals kept of each figure: far below what any source resolves."""

_UNITS = {
    **{figure.key: figure.unit for figure in FIGURES},
    "wall_time": "[D-]HH:MM:SS",
    "time_limit": "[D-]HH:MM:SS",
    "time_limit_seconds": "s",
    "gpu_samples": "rows",
    "gpu_devices": "util_pct: %; mem_used_gb (the most), mem_total_gb: GiB",
    "gpu_hours": "h",
    "energy_kwh": "kWh",
}


def metrics_bytes(
    jobs: Sequence[JobUsage], superseded: Sequence[Superseded], totals: Totals, scale: ExperimentScale
) -> bytes:
    """The file: sorted keys, no clock, no paths; what is not known is null."""
    content = {
        **{field.name: getattr(scale, field.name) for field in fields(scale)},
        "jobs": [job_entry(job) for job in jobs],
        "superseded": [
            {
                "run_name": each.name,
                "job_type": each.kind,
                "job_id": each.job_id,
                "superseded_by": each.replaced_by,
                "gpu_hours": _rounded(each.gpu_hours),
            }
            for each in superseded
        ],
        "totals": {
            "experiment": _total_entry(totals.experiment),
            "superseded": _total_entry(totals.superseded),
            "runs": {each.run: _total_entry(each.total) for each in totals.runs},
        },
        "units": _UNITS,
    }
    text = json.dumps(content, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode(errors="replace")


def estimation_bytes(jobs: Sequence[JobUsage], scale: ExperimentScale) -> bytes:
    """`compute_utilization.json`: what the recipe's design step reads to estimate what the next one needs.

    It takes a missing key for not known, but null for a value: what is not known is left out.
    """
    content = {
        **_known({field.name: getattr(scale, field.name) for field in fields(scale)}),
        "jobs": [_known({**job_entry(job), "wall_time": _hours_clock(job)}) for job in jobs],
    }
    text = json.dumps(content, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode(errors="replace")


def _known(entry: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in entry.items() if value is not None}


def _hours_clock(job: JobUsage) -> str | None:
    """The wall time as `H:MM:SS` without days, the one form that the design step knows."""
    if job.wall_seconds is None:
        return None
    minutes, rest = divmod(int(job.wall_seconds.value), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def job_entry(job: JobUsage) -> dict[str, object]:
    """A job's figures by the keys of the file; what is not known is None."""
    known: dict[str, Known[float] | None] = {figure.key: getattr(job, figure.attribute) for figure in FIGURES}
    sources = {key: value.source for key, value in known.items() if value}
    for key, text in (("state", job.state), ("time_limit", job.time_limit)):
        if text:
            sources[key] = text.source
    return {
        "run_name": job.name,
        "run": job.run,
        "task": job.task,
        "epoch": job.epoch,
        "job_type": job.kind,
        "model": job.model,
        "job_id": job.job_id,
        "state": job.state.value if job.state else None,
        "wall_time": clock(job.wall_seconds.value) if job.wall_seconds else None,
        "time_limit": job.time_limit.value if job.time_limit else None,
        "time_limit_seconds": job.time_limit_seconds,
        **{figure.key: _number(known[figure.key], figure) for figure in FIGURES},
        "gpu_util_unavailable": job.gpu_utilization_unavailable,
        "gpu_samples": job.gpu_samples,
        "gpu_hours": _rounded(job.gpu_hours),
        "energy_kwh": _rounded(job.energy_kwh),
        "gpu_devices": [
            {key: getattr(gpu, attribute) for attribute, key in DEVICE_KEYS.items()} for gpu in job.devices
        ],
        "notes": list(job.notes),
        "remarks": list(job.remarks),
        "sources": sources,
    }


def _total_entry(total: Total) -> dict[str, object]:
    return {
        "jobs": total.jobs,
        "gpu_hours": _rounded(total.gpu_hours),
        "jobs_without_gpu_hours": total.without_gpu_hours,
        "energy_kwh": _rounded(total.energy_kwh),
        "jobs_without_energy": total.without_energy,
    }


def _number(known: Known[float] | None, figure: JobFigure) -> float | None:
    if known is None:
        return None
    return int(known.value) if figure.is_whole else _rounded(float(known.value))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
