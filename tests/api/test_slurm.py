"""The recipe's functions, as scripts call them."""

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from vizspec.api.slurm import (
    check_jobstats_available,
    extract_jobstats_notes,
    format_compute_table,
    generate_gpu_recommendations,
    harvest_jids_from_run_logs,
    parse_jobstats_json,
    parse_sacct_time_limit,
    parse_seff_output,
    run_jobstats,
    summarize_gpu_metrics,
)
from vizspec.slurm.model.metrics_file import UNKNOWN_SCALE
from vizspec.slurm.model.totals import totals
from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.slurm.output.metrics_writer import metrics_bytes
from vizspec.slurm.sources.run_command import Completed

Capture = Callable[[str], str]


def test_jobstats_is_available_when_it_is_on_path(programs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(programs.folder))
    assert check_jobstats_available() is False
    programs.prints("jobstats", "")
    assert check_jobstats_available() is True


def test_jobstats_json_is_decoded(programs: Any, capture: Capture) -> None:
    document = capture("jobstats/oom.json")
    programs.prints("jobstats", document)
    assert run_jobstats("7", run=programs.run) == json.loads(document)
    assert programs.calls() == ["jobstats -j 7"]


def test_jobstats_text_is_given_as_it_is(programs: Any) -> None:
    programs.prints("jobstats", "\nNotes\n\n")
    assert run_jobstats("7", json_mode=False, run=programs.run) == "Notes"
    assert programs.calls() == ["jobstats -n 7"]


@pytest.mark.parametrize(
    "completed",
    [
        Completed("missing"),
        Completed("timed out"),
        Completed("failed", '{"nodes": {"n1": {}}}'),
        Completed("done", ""),
        Completed("done", "rubbish"),
        Completed("done", "[1]"),
        Completed("done", '{"nodes": {}}'),
        Completed("done", '{"total_time": 3}'),
    ],
)
def test_no_usable_json_is_none(completed: Completed) -> None:
    def run(argv: Sequence[str], timeout: float) -> Completed:
        assert timeout == 30
        return completed

    assert run_jobstats("7", run=run) is None


def test_an_id_with_shell_characters_runs_nothing(programs: Any) -> None:
    programs.prints("jobstats", '{"nodes": {"n1": {}}}')
    assert run_jobstats("7; rm -rf ~", run=programs.run) is None
    assert programs.calls() == []


def test_figures_of_jobstats_json(capture: Capture) -> None:
    assert parse_jobstats_json(json.loads(capture("jobstats/gpu_somewhat_low_util.json"))) == {
        "cpu_cores": 8,
        "cpu_efficiency_pct": 58.2,
        "cpu_mem_used_gb": 50.0,
        "cpu_mem_allocated_gb": 64.0,
        "cpu_mem_efficiency_pct": 78.1,
        "gpu_util_pct": 20.1,
        "gpu_mem_used_gb": 61.3,
        "gpu_mem_total_gb": 160.0,
        "wall_time_seconds": 10800,
        "nodes": ["della-l07g3"],
    }


@pytest.mark.parametrize("data", [{}, {"nodes": {}, "total_time": 5}, {"nodes": None}, {"nodes": {"n": 3}}])
def test_json_without_nodes_has_no_figures(data: dict[str, Any]) -> None:
    figures = parse_jobstats_json(data)
    assert figures.pop("nodes") == []
    assert set(figures.values()) == {None}


def test_notes_are_a_list() -> None:
    assert extract_jobstats_notes("Notes\n  * Ask for\n    less. For more info:\n      https://x.org\n") == [
        "Ask for less."
    ]


def test_figures_of_seff(capture: Capture) -> None:
    assert parse_seff_output(capture("oom/16.seff.txt")) == {
        "job_id": "16",
        "state": "FAILED",
        "cpu_efficiency": "100.00%",
        "wall_time": "00:00:02",
        "time_limit": None,
        "mem_used_gb": 0.3,
        "mem_requested_gb": 0.1,
        "mem_efficiency": "308.00%",
    }


def test_seff_text_that_tells_nothing_has_all_keys() -> None:
    assert set(parse_seff_output("").values()) == {None}
    assert len(parse_seff_output("")) == 8


def test_the_first_time_limit(capture: Capture) -> None:
    assert parse_sacct_time_limit(capture("array/9.sacct_timelimit.txt")) == "00:15:00"
    assert parse_sacct_time_limit("Partition_Limit\n") is None


def test_the_summary_of_samples(tmp_path: Path) -> None:
    path = tmp_path / "gpu_metrics.csv"
    path.write_text(
        "timestamp, utilization.gpu [%], memory.used [MiB], memory.total [MiB], power.draw [W]\n"
        "2026/02/17 10:00:00.000, 80 %, 20480 MiB, 40960 MiB, 250.40 W\n"
        "2026/02/17 10:00:30.000, 91 %, 22528 MiB, 40960 MiB, 250.60 W\n"
    )
    assert summarize_gpu_metrics(str(path)) == {
        "gpu_util_mean": 85.5,
        "gpu_util_max": 91.0,
        "gpu_util_min": 80.0,
        "gpu_mem_used_mean_gb": 21.0,
        "gpu_mem_total_gb": 40.0,
        "power_mean_w": 250.0,
        "sample_count": 2,
        "gpu_util_unavailable": False,
    }


def test_a_file_without_samples_is_zero_samples(tmp_path: Path) -> None:
    path = tmp_path / "gpu_metrics.csv"
    path.write_text("")
    summary = summarize_gpu_metrics(path)
    assert (summary["sample_count"], summary["gpu_util_mean"], summary["gpu_util_unavailable"]) == (
        0,
        None,
        False,
    )


def test_recommendations_are_of_fine_tuning_runs_with_little_memory_used() -> None:
    jobs: list[dict[str, Any]] = [
        {"run_name": "a", "job_type": "finetune", "gpu_mem_used_mean_gb": 6.4, "gpu_mem_total_gb": 80.0},
        {"run_name": "b", "job_type": "finetune", "gpu_mem_used_mean_gb": 60.0, "gpu_mem_total_gb": 80.0},
        {"run_name": "c", "job_type": "eval", "gpu_mem_used_mean_gb": 6.4, "gpu_mem_total_gb": 80.0},
        {"run_name": "d", "job_type": "finetune", "gpu_mem_used_mean_gb": None, "gpu_mem_total_gb": 0},
        {},
    ]
    found = generate_gpu_recommendations(jobs)
    assert list(found) == ["a"]
    assert "6.4/80 GB" in found["a"][0]
    assert "~74 GB" in found["a"][0]


def test_the_help_names_every_key_of_the_dicts() -> None:
    assert all(f"`{key}`" in (parse_seff_output.__doc__ or "") for key in parse_seff_output(""))
    for key in ("run_name", "job_type", "gpu_mem_used_mean_gb", "gpu_mem_total_gb"):
        assert f"`{key}`" in (generate_gpu_recommendations.__doc__ or "")
    for key in (
        *JOB,
        "gpu_util_unavailable",
        "cpu_efficiency_pct",
        "cpu_mem_used_gb",
        "cpu_mem_allocated_gb",
    ):
        assert f"`{key}`" in (format_compute_table.__doc__ or "")


JOB = {
    "run_name": "1B_10k",
    "job_type": "finetune",
    "wall_time": "00:05:55",
    "time_limit": "00:15:00",
    "gpu_util_jobstats_pct": 64.7,
    "gpu_util_min": 20.0,
    "gpu_util_max": 100.0,
    "gpu_util_mean": 58.0,
    "gpu_mem_used_mean_gb": 6.4,
    "gpu_mem_total_gb": 80.0,
    "power_mean_w": 250.0,
}


def test_the_table_of_a_full_job_and_an_empty_one() -> None:
    assert format_compute_table([JOB, {"run_name": "b"}]) == (
        "| Run | Type | Wall Time | Time Limit | GPU Util | GPU Mem (GB) | Power (W) |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 1B_10k | finetune | 00:05:55 | 00:15:00 | 64.7% (20.0–100.0%) | 6.4/80.0 | 250W |\n"
        "| b | - | - | - | - | - | - |"
    )


def test_cpu_columns_come_with_the_first_job_that_has_them() -> None:
    lines = format_compute_table(
        [
            JOB,
            {
                "run_name": "b",
                "cpu_efficiency_pct": 57.0,
                "cpu_mem_used_gb": 6.3,
                "cpu_mem_allocated_gb": 40.0,
            },
        ]
    ).splitlines()
    assert "| CPU Eff | CPU Mem (GB) |" in lines[0]
    assert lines[2].startswith("| 1B_10k | finetune | 00:05:55 | 00:15:00 | - | - |")
    assert lines[3] == "| b | - | - | - | 57.0% | 6.3/40.0 | - | - | - |"


@pytest.mark.parametrize(
    ("figures", "cell"),
    [
        ({"gpu_util_jobstats_pct": 64.7}, "64.7%"),
        ({"gpu_util_mean": 58.0, "gpu_util_min": 1.0, "gpu_util_max": 2.0}, "58.0%"),
        ({"gpu_util_jobstats_pct": 0, "gpu_util_mean": 58.0}, "0.0%"),
        ({"gpu_util_unavailable": True}, "N/A*"),
        ({"gpu_util_unavailable": True, "gpu_util_jobstats_pct": 5.0}, "5.0%"),
        ({"gpu_util_mean": 58.123456}, "58.1%"),
        ({"gpu_util_mean": float("nan")}, "-"),
        ({}, "-"),
    ],
)
def test_the_utilization_that_is_shown(figures: dict[str, Any], cell: str) -> None:
    table = format_compute_table([{"run_name": "a", **figures}])
    assert f"| a | - | - | - | {cell} | - | - |" in table
    assert ("MIG" in table) == (cell == "N/A*")


def test_recommendations_stand_below_under_their_runs() -> None:
    table = format_compute_table([JOB], {"1B_10k": ["Ask for less.", "Ask for more."], "b": []})
    assert table.endswith(
        "\n\n### Resource Recommendations\n\n**1B_10k:**\n- Ask for less.\n- Ask for more.\n"
    )
    assert "**b" not in table


def test_the_jobs_of_a_saved_file_make_a_table() -> None:
    job = JobUsage(
        "r8", "finetune", "r8", wall_seconds=Known(592, "seff"), gpu_memory_mean_gib=Known(1 / 3, "file")
    )
    content = json.loads(metrics_bytes([job], [], totals([job]), UNKNOWN_SCALE))
    assert "| r8 | finetune | 00:09:52 | - | - | 0.3 | - |" in format_compute_table(content["jobs"])


def test_names_cannot_break_the_table() -> None:
    table = format_compute_table([{"run_name": "a|b\nc"}])
    assert table.splitlines()[2] == "| a\\|b c | - | - | - | - | - | - |"


def test_names_and_recommendations_are_shown_as_they_are_whatever_markup_they_hold() -> None:
    job = {"run_name": "<b>*r*</b>", "job_type": "`x`", "time_limit": "[a](b)"}
    table = format_compute_table([job], {"**r**": ["# <i>less</i>"]})
    assert "| &lt;b&gt;\\*r\\*&lt;/b&gt; | \\`x\\` | - | \\[a\\](b) |" in table
    assert "**\\*\\*r\\*\\*:**\n- \\# &lt;i&gt;less&lt;/i&gt;\n" in table


def test_seffs_figures_make_the_columns_of_the_cpu() -> None:
    seff = {"cpu_efficiency": "12.34%", "wall_time": "00:01:00", "mem_used_gb": 3.0, "mem_requested_gb": 12.0}
    assert "| a | eval | 00:01:00 | - | 12.3% | 3.0/12.0 |" in format_compute_table(
        [{"run_name": "a", "job_type": "eval", **seff}]
    )


def test_no_jobs_give_a_table_without_rows() -> None:
    assert len(format_compute_table([]).splitlines()) == 2


def test_job_ids_are_harvested_with_a_warning_for_what_is_missing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/run-torchtune.log").write_text(
        "".join(f"[t] SUBMIT_JOB: {run}\nJob ID: {job}\n" for run, job in [("a", 1), ("b", 2), ("a", 3)])
    )
    with caplog.at_level(logging.WARNING):
        found, warnings = harvest_jids_from_run_logs(str(tmp_path))
    assert found == {"finetune": [("a", "3"), ("b", "2")], "eval": []}
    assert len(warnings) == 1
    assert "run-inspect.log" in warnings[0]
    assert warnings[0] in caplog.text


def test_the_parsers_take_the_recipes_keywords(capture: Capture) -> None:
    assert parse_seff_output(stdout="Job ID: 7\n")["job_id"] == "7"
    assert parse_sacct_time_limit(stdout="01:00:00\n") == "01:00:00"
    assert parse_jobstats_json(js_data={"nodes": {}})["nodes"] == []


def test_samples_without_header_are_read_or_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "gpu_metrics.csv"
    path.write_text("2026/02/17 10:00:00, 80 %, 45 %, 20480 MiB, 40960 MiB, 250.00 W, 65\n")
    assert summarize_gpu_metrics(path)["gpu_util_mean"] == 80.0
    path.write_text("2026/02/17 10:00:00, 80 %, 250.00 W\n")
    assert summarize_gpu_metrics(path)["sample_count"] == 0
    assert "gpu_metrics.csv has no header line" in caplog.text
