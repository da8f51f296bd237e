"""A saved `compute_metrics.json` as jobs again, for where the cluster's programs are not at hand.

Files of cruijff_kit (`compute_metrics.json`, `compute_utilization.json`) are read too: a bare list of jobs, a
mapping with `jobs`, or a mapping of run names to jobs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast, get_args

from vizspec.slurm.model.jobs import JobKind, Superseded, valid_job_id
from vizspec.slurm.model.metrics_file import DEVICE_KEYS, FIGURES, UNKNOWN_SCALE, ExperimentScale, JobFigure
from vizspec.slurm.model.quantities import number, seconds, whole
from vizspec.slurm.model.totals import energy_kwh_of, gpu_hours_of
from vizspec.slurm.model.usage import GpuUse, JobUsage, Known, UsageSource
from vizspec.slurm.sources.run_logs import parse_name


@dataclass(frozen=True)
class MetricsFile:
    """What a file told. `problem` says why there are no jobs, where the file is none of ours."""

    jobs: tuple[JobUsage, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    scale: ExperimentScale = UNKNOWN_SCALE
    problem: str | None = None


def read_metrics(content: bytes, runs: Sequence[str] = ()) -> MetricsFile:
    """A file of ours or of cruijff_kit. Values of another form count as missing. Never raises."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return MetricsFile(problem="it is not JSON")
    entries = list(_entries(data))
    if not entries:
        return MetricsFile(problem="it holds no jobs: neither a list of them nor a mapping with `jobs`")
    top: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    return MetricsFile(
        jobs=tuple(read_job(name, entry, runs) for name, entry in entries),
        superseded=tuple(_superseded(top.get("superseded"))),
        scale=_scale(top),
    )


def read_job(name: str, entry: Mapping[str, Any], runs: Sequence[str] = ()) -> JobUsage:
    """One job of a file, or of the public functions' dicts. Values of another form count as missing."""
    kind = _kind(entry)
    named = parse_name(kind, name, runs)
    run = _text(entry.get("run")) or named.run
    known = {figure.attribute: _known(figure, entry) for figure in FIGURES}
    known["wall_seconds"] = known["wall_seconds"] or _wall(entry)
    for attribute, value in _figures_of_programs(entry):
        known[attribute] = known[attribute] or Known(value, "file")
    gpu_hours, energy_kwh = _sums(entry, known)
    return JobUsage(
        name=name,
        kind=kind,
        run=run,
        task=_text(entry.get("task")) or named.task,
        epoch=named.epoch if entry.get("epoch") is None else whole(entry["epoch"]),
        job_id=valid_job_id(entry.get("job_id")),
        state=_known_text("state", entry),
        time_limit=_known_text("time_limit", entry),
        gpu_utilization_unavailable=entry.get("gpu_util_unavailable") is True,
        gpu_samples=whole(entry.get("gpu_samples") or entry.get("sample_count")),
        gpu_hours=gpu_hours,
        energy_kwh=energy_kwh,
        model=_text(entry.get("model")),
        devices=tuple(_devices(entry.get("gpu_devices"))),
        notes=_texts(entry.get("notes")),
        remarks=_texts(entry.get("remarks")),
        **cast(Any, known),
    )


def _entries(data: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The jobs with their names, whichever form holds them."""
    if isinstance(data, list):
        yield from ((_text(each.get("run_name")) or "?", each) for each in data if isinstance(each, Mapping))
    elif isinstance(data, Mapping):
        if "jobs" in data:
            yield from _entries(data["jobs"]) if isinstance(data["jobs"], list | Mapping) else ()
            return
        named = ((str(name), each) for name, each in data.items() if isinstance(each, Mapping))
        yield from (
            (_text(each.get("run_name")) or name, each)
            for name, each in named
            if any(figure.key in each for figure in FIGURES) or "wall_time" in each
        )


def _kind(entry: Mapping[str, Any]) -> JobKind:
    return "eval" if str(entry.get("job_type")).startswith("eval") else "finetune"


def _known(figure: JobFigure, entry: Mapping[str, Any]) -> Known[float] | None:
    value = number(entry.get(figure.key))
    if value is None:
        return None
    return Known(int(value) if figure.is_whole else value, _source(figure.key, entry))


def _known_text(key: str, entry: Mapping[str, Any]) -> Known[str] | None:
    text = _text(entry.get(key))
    return Known(text, _source(key, entry)) if text else None


def _wall(entry: Mapping[str, Any]) -> Known[float] | None:
    """cruijff_kit writes the wall time as seff's text only."""
    total = seconds(_text(entry.get("wall_time")) or "")
    return None if total is None else Known(float(total), _source("wall_time", entry))


def _sums(
    entry: Mapping[str, Any], known: Mapping[str, Known[float] | None]
) -> tuple[float | None, float | None]:
    """GPU-hours and kWh: as given, else worked out. What our own file says is not known stays so."""
    gpu_hours, energy_kwh = number(entry.get("gpu_hours")), number(entry.get("energy_kwh"))
    if "gpu_hours" not in entry:
        gpu_hours = gpu_hours_of(known["wall_seconds"], cast("Known[int] | None", known["gpus"]))
    if "energy_kwh" not in entry:
        energy_kwh = energy_kwh_of(gpu_hours, known["power_mean_w"])
    return number(gpu_hours), number(energy_kwh)  # a product of what is finite may not be


def _source(key: str, entry: Mapping[str, Any]) -> UsageSource:
    sources = entry.get("sources")
    source = sources.get(key) if isinstance(sources, Mapping) else None
    return cast(UsageSource, source) if source in get_args(UsageSource) else "file"


def _superseded(entries: object) -> Iterator[Superseded]:
    for each in entries if isinstance(entries, list) else ():
        if isinstance(each, Mapping):
            job_id, newer = valid_job_id(each.get("job_id")), valid_job_id(each.get("superseded_by"))
            if job_id and newer:
                name = _text(each.get("run_name")) or "?"
                yield Superseded(_kind(each), name, job_id, newer, number(each.get("gpu_hours")))


def _scale(top: Mapping[str, Any]) -> ExperimentScale:
    texts = {name: _text(top.get(name)) for name in ("experiment_name", "model")}
    counts = {field.name: whole(top.get(field.name)) for field in fields(ExperimentScale)}
    return ExperimentScale(**cast(Any, {**counts, **texts}))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _devices(entries: object) -> Iterator[GpuUse]:
    for each in entries if isinstance(entries, list) else ():
        if isinstance(each, Mapping):
            name = str(each.get(DEVICE_KEYS["name"]))
            figures = {key: number(each.get(key)) for key in DEVICE_KEYS.values()}
            yield GpuUse(name, *list(figures.values())[1:])


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _figures_of_programs(entry: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """`JobUsage` attributes with their values, for keys of seff and jobstats that no file of our own has.

    GPU memory of jobstats is the sum over the GPUs: without their number it tells nothing of one.
    """
    used, requested = number(entry.get("mem_used_gb")), number(entry.get("mem_requested_gb"))
    share = _share(entry.get("mem_efficiency"))
    if used is None and requested is not None and share is not None:
        used = number(requested * share)
    elif requested is None and used is not None and share:
        requested = number(used / share)
    found = {
        "cpu_efficiency_pct": _percentage(entry.get("cpu_efficiency")),
        "cpu_memory_used_gib": used,
        "cpu_memory_allocated_gib": requested,
        "gpu_utilization_jobstats_pct": number(entry.get("gpu_util_pct")),
        "gpu_memory_max_gib": _of_one_gpu(entry),
    }
    return ((attribute, value) for attribute, value in found.items() if value is not None)


def _percentage(value: object) -> float | None:
    """seff's `12.34%`."""
    return number(value.removesuffix("%")) if isinstance(value, str) else None


def _share(value: object) -> float | None:
    percentage = _percentage(value)
    return None if percentage is None else percentage / 100


def _of_one_gpu(entry: Mapping[str, Any]) -> float | None:
    total, gpus = number(entry.get("gpu_mem_used_gb")), number(entry.get("gpus"))
    return None if total is None or gpus is None or gpus < 1 else total / gpus
