"""vizspec: committed, validated analysis specs for Inspect AI experiments.

The functions offered here are loaded on first use, so that importing vizspec costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC: dict[str, str] = {
    "compute_wilson_ci": "vizspec.intervals",
    "deduplicate_eval_files": "vizspec.frames",
    "detect_metrics": "vizspec.detect",
    "display_name": "vizspec.metrics",
    "evals_df_prep": "vizspec.frames",
    "parse_eval_metadata": "vizspec.frames",
    "sanitize_columns_for_viz": "vizspec.frames",
    "PerSampleRiskData": "vizspec.risk.public",
    "extract_per_sample_risk_data": "vizspec.risk.public",
    "generate_calibration_overlay": "vizspec.risk.public",
    "generate_prediction_histogram": "vizspec.risk.public",
    "generate_roc_overlay": "vizspec.risk.public",
    "generate_report": "vizspec.report.public",
    "check_jobstats_available": "vizspec.slurm.public",
    "extract_jobstats_notes": "vizspec.slurm.public",
    "format_compute_table": "vizspec.slurm.public",
    "generate_gpu_recommendations": "vizspec.slurm.public",
    "harvest_jids_from_run_logs": "vizspec.slurm.public",
    "parse_jobstats_json": "vizspec.slurm.public",
    "parse_sacct_time_limit": "vizspec.slurm.public",
    "parse_seff_output": "vizspec.slurm.public",
    "run_jobstats": "vizspec.slurm.public",
    "summarize_gpu_metrics": "vizspec.slurm.public",
}
"""Public name -> the module that defines it."""

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'vizspec' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
