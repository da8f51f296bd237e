"""What `import vizspec` offers: the functions of the recipe, loaded on first use."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import vizspec

ROOT = Path(__file__).parents[1]

SIGNATURES: dict[str, str] = {
    "check_jobstats_available": "()",
    "compute_wilson_ci": "(accuracy, n, confidence)",
    "deduplicate_eval_files": "(eval_files)",
    "detect_metrics": "(df)",
    "display_name": "(name)",
    "evals_df_prep": "(logs)",
    "extract_jobstats_notes": "(text)",
    "extract_per_sample_risk_data": "(eval_files)",
    "format_compute_table": "(jobs, recommendations)",
    "generate_calibration_overlay": "(risk_data, output_path, n_bins)",
    "generate_gpu_recommendations": "(jobs)",
    "generate_prediction_histogram": "(risk_data, output_path, n_bins)",
    "generate_report": "(df, experiment_name, output_path, config, future_directions, generated_pngs, "
    "eval_log_paths, generated_by, compute_section)",
    "generate_roc_overlay": "(risk_data, output_path)",
    "harvest_jids_from_run_logs": "(experiment_dir)",
    "parse_eval_metadata": "(df)",
    "parse_jobstats_json": "(js_data)",
    "parse_sacct_time_limit": "(stdout)",
    "parse_seff_output": "(stdout)",
    "run_jobstats": "(job_id, json_mode)",
    "sanitize_columns_for_viz": "(df)",
    "summarize_gpu_metrics": "(csv_path)",
}
"""The functions as scripts call them today, with the names of their arguments."""

HEAVY = ("inspect_ai", "inspect_viz", "pandas", "matplotlib", "sklearn", "scipy", "numpy", "playwright")
"""What takes seconds to import."""


@pytest.mark.parametrize(("name", "arguments"), SIGNATURES.items())
def test_a_function_of_the_recipe_keeps_its_name_and_its_arguments(name: str, arguments: str) -> None:
    given = inspect.signature(getattr(vizspec, name)).parameters
    wanted = [argument for argument in arguments.strip("()").split(", ") if argument]
    assert list(given)[: len(wanted)] == wanted
    added = [given[argument] for argument in list(given)[len(wanted) :]]
    assert all(argument.default is not inspect.Parameter.empty for argument in added)


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_function_of_the_recipe_says_what_it_does(name: str) -> None:
    function: Callable[..., object] = getattr(vizspec, name)
    assert function.__doc__


def test_nothing_else_is_offered_but_the_type_of_risk_data() -> None:
    assert set(vizspec.__all__) == {"__version__", "PerSampleRiskData", *SIGNATURES}
    assert dir(vizspec) == sorted(vizspec.__all__)


def test_a_name_that_is_not_offered_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'parse_sef'"):
        _ = vizspec.parse_sef


def test_importing_vizspec_loads_nothing_heavy() -> None:
    assert _loaded("import vizspec; dir(vizspec)") == []


def test_a_function_on_texts_loads_nothing_heavy() -> None:
    assert _loaded("from vizspec import parse_seff_output; parse_seff_output('')") == []


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"], ["render", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert _loaded(f"from vizspec.cli.boundary import run; run({arguments!r})") == []


def _loaded(code: str) -> list[str]:
    """The heavy packages that a fresh interpreter has loaded after running the code."""
    asked = f"{code}\nimport sys; print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.rpartition("loaded:")[2].split()
