"""vizspec: committed, validated analysis specs for Inspect AI experiments.

The functions offered here are loaded on first use, so that importing vizspec costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC: dict[str, str] = {
    "compute_wilson_ci": "vizspec.statistics.wilson",
    "deduplicate_eval_files": "vizspec.api.logs",
    "detect_metrics": "vizspec.api.metrics",
    "display_name": "vizspec.metrics.known_metrics",
    "evals_df_prep": "vizspec.api.logs",
    "parse_eval_metadata": "vizspec.api.logs",
    "sanitize_columns_for_viz": "vizspec.api.logs",
    "PerSampleRiskData": "vizspec.api.risk",
    "extract_per_sample_risk_data": "vizspec.api.risk",
    "generate_calibration_overlay": "vizspec.api.risk",
    "generate_prediction_histogram": "vizspec.api.risk",
    "generate_roc_overlay": "vizspec.api.risk",
    "generate_report": "vizspec.api.report",
    "check_jobstats_available": "vizspec.api.slurm",
    "extract_jobstats_notes": "vizspec.api.slurm",
    "format_compute_table": "vizspec.api.slurm",
    "generate_gpu_recommendations": "vizspec.api.slurm",
    "harvest_jids_from_run_logs": "vizspec.api.slurm",
    "parse_jobstats_json": "vizspec.api.slurm",
    "parse_sacct_time_limit": "vizspec.api.slurm",
    "parse_seff_output": "vizspec.api.slurm",
    "run_jobstats": "vizspec.api.slurm",
    "summarize_gpu_metrics": "vizspec.api.slurm",
}
"""Public name -> the module that defines it."""

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'vizspec' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
