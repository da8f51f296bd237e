"""compute_metrics.json, as it is written."""

import json
import math
from dataclasses import replace

from vizspec.slurm.model.jobs import Superseded
from vizspec.slurm.model.metrics_file import UNKNOWN_SCALE, ExperimentScale
from vizspec.slurm.model.totals import totals
from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.slurm.output.metrics_writer import estimation_bytes, metrics_bytes

JOB = JobUsage(
    "r8/cap/epoch0",
    "eval",
    "r8",
    "cap",
    0,
    job_id="7",
    state=Known("COMPLETED", "seff"),
    wall_seconds=Known(592, "seff"),
    time_limit=Known("00:15:00", "sacct"),
    cpu_cores=Known(4, "jobstats"),
    gpu_memory_mean_gib=Known(1 / 3, "nvidia-smi"),
    gpu_hours=0.5,
)
SCALE = ExperimentScale("acs", "Llama-3.2-1B", 40_000, 5_000, 2, 4, 1)


def test_a_job_has_its_figures_and_their_sources() -> None:
    content = json.loads(metrics_bytes([JOB], [], totals([JOB]), SCALE))
    (job,) = content["jobs"]
    assert {
        key: job[key] for key in ("run_name", "job_type", "wall_time", "wall_time_seconds", "time_limit")
    } == {
        "run_name": "r8/cap/epoch0",
        "job_type": "eval",
        "wall_time": "00:09:52",
        "wall_time_seconds": 592,
        "time_limit": "00:15:00",
    }
    assert (job["gpu_mem_used_mean_gb"], job["power_mean_w"], job["gpu_hours"]) == (0.333333, None, 0.5)
    assert job["sources"] == {
        "cpu_cores": "jobstats",
        "gpu_mem_used_mean_gb": "nvidia-smi",
        "state": "seff",
        "time_limit": "sacct",
        "wall_time_seconds": "seff",
    }


def test_every_figure_has_its_unit() -> None:
    content = json.loads(metrics_bytes([JOB], [], totals([JOB]), SCALE))
    plain = {"run_name", "run", "task", "epoch", "job_type", "job_id", "model", "state",
             "gpu_util_unavailable", "notes", "remarks", "sources"}  # fmt: skip
    assert set(content["jobs"][0]) - plain == set(content["units"])


def test_the_experiments_scale_stands_on_top_and_the_unknown_is_null() -> None:
    content = json.loads(metrics_bytes([], [], totals([]), SCALE))
    assert (content["model"], content["dataset_size"], content["epochs"]) == ("Llama-3.2-1B", 40_000, 2)
    assert json.loads(metrics_bytes([], [], totals([]), UNKNOWN_SCALE))["batch_size"] is None


def test_totals_and_superseded_jobs_are_in_it() -> None:
    superseded = [Superseded("eval", "a", "1", "2", 1.5)]
    content = json.loads(metrics_bytes([JOB], superseded, totals([JOB], superseded), SCALE))
    assert content["totals"]["runs"]["r8"] == {
        "jobs": 1,
        "gpu_hours": 0.5,
        "jobs_without_gpu_hours": 0,
        "energy_kwh": None,
        "jobs_without_energy": 1,
    }
    assert content["totals"]["experiment"]["gpu_hours"] == 2.0
    assert content["totals"]["superseded"]["gpu_hours"] == 1.5
    assert content["superseded"] == [
        {"run_name": "a", "job_type": "eval", "job_id": "1", "superseded_by": "2", "gpu_hours": 1.5}
    ]


def test_the_bytes_are_the_same_each_time_and_sorted() -> None:
    first, second = (metrics_bytes([JOB], [], totals([JOB]), SCALE) for _ in range(2))
    assert first == second
    content = json.loads(first)
    assert list(content) == sorted(content)
    assert first.endswith(b"\n")
    assert not any(math.isnan(value) for value in content["jobs"][0].values() if isinstance(value, float))


def test_the_file_for_the_next_design_leaves_out_what_is_not_known() -> None:
    trained = replace(
        JOB,
        model="1B",
        training_tokens_per_second=Known(180.0, "torchtune"),
        wall_seconds=Known(93_784, "seff"),
    )
    content = json.loads(estimation_bytes([trained], ExperimentScale("acs", "1B", 40_000)))
    assert {key: value for key, value in content.items() if key != "jobs"} == {
        "experiment_name": "acs",
        "model": "1B",
        "dataset_size": 40_000,
    }
    (job,) = content["jobs"]
    assert (job["model"], job["tps_gpu_train_mean"], job["wall_time"]) == ("1B", 180.0, "26:03:04")
    assert "tps_gpu_eval_e2e" not in job
    assert None not in job.values()


def test_what_cannot_be_encoded_is_replaced() -> None:
    odd = replace(JOB, name="r\ud8008")
    assert json.loads(metrics_bytes([odd], [], totals([odd]), SCALE))["jobs"][0]["run_name"] == "r?8"
