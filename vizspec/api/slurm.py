"""The recipe's functions, under their own names and with dicts as results, for scripts that call them.

Missing values are None; memory is in GiB, although the keys say `gb`.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, cast

from vizspec.slurm.model.jobs import settle, valid_job_id
from vizspec.slurm.model.quantities import clock, number
from vizspec.slurm.model.usage import JobUsage
from vizspec.slurm.output.cells import NOT_AVAILABLE
from vizspec.slurm.output.table import MIG_NOTE, compute_table
from vizspec.slurm.recommendations import gpu_memory_advice
from vizspec.slurm.shortfalls import run_log_warning
from vizspec.slurm.sources.job_files import read_gpu_metrics, read_run_logs
from vizspec.slurm.sources.jobstats import JobstatsReport, jobstats_report
from vizspec.slurm.sources.metrics_reader import read_job
from vizspec.slurm.sources.notes import parse_notes
from vizspec.slurm.sources.run_command import TIMEOUT_SECONDS, RunCommand, run_command
from vizspec.slurm.sources.sacct import parse_time_limit
from vizspec.slurm.sources.seff import parse_seff
from vizspec.text.decimals import DASH
from vizspec.text.markdown import cell, text

JobMapping = Mapping[str, Any]

logger = logging.getLogger(__name__)


def check_jobstats_available() -> bool:
    """Whether `jobstats` is on PATH."""
    return shutil.which("jobstats") is not None


def run_jobstats(
    job_id: str, json_mode: bool = True, *, run: RunCommand = run_command, timeout: float = TIMEOUT_SECONDS
) -> dict[str, Any] | str | None:
    """`jobstats -j` as decoded JSON, or the text of `jobstats -n`.

    None for an id that is none, on any failure, on empty output, and on JSON without nodes.
    """
    valid = valid_job_id(job_id)
    if valid is None:
        logger.warning("not a Slurm job id: %r", job_id)
        return None
    completed = run(["jobstats", "-j" if json_mode else "-n", valid], timeout=timeout)
    output = completed.stdout.strip()
    if completed.ending != "done" or not output:
        return None
    return _with_nodes(output) if json_mode else output


def parse_jobstats_json(js_data: Mapping[str, Any]) -> dict[str, Any]:
    """CPU and GPU figures of decoded `jobstats -j` output; `nodes` are the nodes' names."""
    report = jobstats_report(js_data) or JobstatsReport()
    wall = report.wall_seconds if report.nodes else None
    return {
        "cpu_cores": report.cpu_cores,
        "cpu_efficiency_pct": _rounded(report.cpu_efficiency_pct, 1),
        "cpu_mem_used_gb": _rounded(report.memory_used_gib, 2),
        "cpu_mem_allocated_gb": _rounded(report.memory_allocated_gib, 2),
        "cpu_mem_efficiency_pct": _rounded(report.memory_efficiency_pct, 1),
        "gpu_util_pct": _rounded(report.gpu_utilization_pct, 1),
        "gpu_mem_used_gb": _rounded(report.gpu_memory_used_gib, 1),
        "gpu_mem_total_gb": _rounded(report.gpu_memory_total_gib, 1),
        "wall_time_seconds": None if wall is None else int(wall),
        "nodes": [node.name for node in report.nodes],
    }


def extract_jobstats_notes(text: str) -> list[str]:
    """The notes of `jobstats -n` output that ask for something, as whole sentences."""
    return list(parse_notes(text))


def parse_seff_output(stdout: str) -> dict[str, Any]:
    """The figures of `seff` output; percentages and times as text, memory in GiB with two decimals.

    `job_id`, `state` (one word), `cpu_efficiency` ("12.34%"), `wall_time`, `time_limit`, `mem_used_gb`,
    `mem_requested_gb`, `mem_efficiency`; None for each that the output does not tell.
    """
    report = parse_seff(stdout)
    return {
        "job_id": report.job_id,
        "state": report.state,
        "cpu_efficiency": _percentage(report.cpu_efficiency_pct),
        "wall_time": None if report.wall_seconds is None else clock(report.wall_seconds),
        "time_limit": report.time_limit,
        "mem_used_gb": _rounded(report.memory_used_gib, 2),
        "mem_requested_gb": _rounded(report.memory_requested_gib, 2),
        "mem_efficiency": _percentage(report.memory_efficiency_pct),
    }


def parse_sacct_time_limit(stdout: str) -> str | None:
    """The first limit of `sacct --format=Timelimit -P -n`; None for empty, unknown, Partition_Limit."""
    return parse_time_limit(stdout)


def summarize_gpu_metrics(csv_path: str | PathLike[str]) -> dict[str, Any]:
    """The means and the range of an nvidia-smi CSV; a file without numbers is warned of in the log.

    Raises OSError if it cannot be read.
    """
    samples = read_gpu_metrics(Path(csv_path))
    for warning in (samples.problem and f"{Path(csv_path).name} {samples.problem}", *samples.remarks):
        if warning:
            logger.warning("%s", warning)
    return {
        "gpu_util_mean": _rounded(samples.utilization_mean_pct, 1),
        "gpu_util_max": _rounded(samples.utilization_max_pct, 1),
        "gpu_util_min": _rounded(samples.utilization_min_pct, 1),
        "gpu_mem_used_mean_gb": _rounded(samples.memory_used_mean_gib, 1),
        "gpu_mem_total_gb": _rounded(samples.memory_total_gib, 1),
        "power_mean_w": _rounded(samples.power_mean_w, 0),
        "sample_count": samples.samples,
        "gpu_util_unavailable": samples.utilization_unavailable,
    }


def generate_gpu_recommendations(jobs: Sequence[JobMapping]) -> dict[str, list[str]]:
    """For each fine-tuning job whose mean GPU memory is under half of the total, what could be done.

    Reads `run_name`, `job_type` ("finetune"), `gpu_mem_used_mean_gb` and `gpu_mem_total_gb` of each job; the
    result has sentences by `run_name`.
    """
    found: dict[str, list[str]] = {}
    for job in jobs:
        used, total = number(job.get("gpu_mem_used_mean_gb")), number(job.get("gpu_mem_total_gb"))
        if job.get("job_type") == "finetune" and used is not None and total is not None:
            advice = gpu_memory_advice(used, total)
            if advice:
                found.setdefault(str(job.get("run_name") or "unknown"), []).append(advice)
    return found


def format_compute_table(
    jobs: Sequence[JobMapping], recommendations: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The jobs as a Markdown table, with the note on MIG and the recommendations where there are any.

    Reads of each job `run_name`, `job_type`, `wall_time` (as text, or `wall_time_seconds`), `time_limit`;
    `gpu_util_jobstats_pct` with `gpu_util_min` and `gpu_util_max`, else `gpu_util_mean`;
    `gpu_util_unavailable`; `gpu_mem_used_mean_gb`, `gpu_mem_total_gb`, `power_mean_w`; of CPUs
    `cpu_efficiency_pct` or seff's `cpu_efficiency`, `cpu_mem_used_gb` and `cpu_mem_allocated_gb`, or seff's
    `mem_used_gb` and `mem_requested_gb`. What is missing or None is a dash. `recommendations` are sentences
    by run name, as `generate_gpu_recommendations` gives them.
    """
    table = compute_table([_usage(job) for job in jobs])
    rows = [list(row) for row in table.rows]
    for row, job in zip(rows, jobs, strict=True):
        row[table.headers.index("Type")] = str(job.get("job_type") or DASH)
    lines = [_line(table.headers), _line(["---"] * len(table.headers)), *map(_line, rows)]
    if MIG_NOTE in table.footnotes:
        lines += ["", f"*\\{MIG_NOTE}*"]
    return "\n".join([*lines, *_recommendation_lines(recommendations or {})])


def harvest_jids_from_run_logs(
    experiment_dir: str | PathLike[str],
) -> tuple[dict[str, list[tuple[str, str]]], list[str]]:
    """The last job of each submission in the run logs, and a warning for a log that is missing or has none.

    The warnings are logged, too.
    """
    logs = read_run_logs(Path(experiment_dir))
    found: dict[str, list[tuple[str, str]]] = {"finetune": [], "eval": []}
    for each in settle(logs.submissions).current:
        found[each.kind].append((each.name, each.job_id or ""))
    warnings = [run_log_warning([problem]) for problem in logs.problems]
    for warning in warnings:
        logger.warning("%s", warning)
    return found, warnings


def _with_nodes(output: str) -> dict[str, Any] | None:
    """The first JSON document of the output, if it is a mapping that has nodes."""
    try:
        data, _ = json.JSONDecoder().raw_decode(output, max(output.find("{"), 0))
    except (ValueError, RecursionError):
        return None
    return cast(dict[str, Any], data) if isinstance(data, dict) and data.get("nodes") else None


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _percentage(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}%"


def _usage(job: JobMapping) -> JobUsage:
    """The job as the table takes it; a range stands beside the utilization of jobstats alone."""
    usage = read_job(str(job.get("run_name") or DASH), job)
    if usage.gpu_utilization_jobstats_pct:
        return usage
    return replace(usage, gpu_utilization_min_pct=None, gpu_utilization_max_pct=None)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(each if each == NOT_AVAILABLE else cell(each) for each in cells)} |"


def _recommendation_lines(recommendations: Mapping[str, Sequence[str]]) -> list[str]:
    with_notes = {run: notes for run, notes in recommendations.items() if notes}
    if not with_notes:
        return []
    lines = ["", "### Resource Recommendations", ""]
    for run, notes in with_notes.items():
        lines += [f"**{cell(run)}:**", *(f"- {text(note)}" for note in notes), ""]
    return lines
