"""Saved files: our own, and those of cruijff_kit."""

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vizspec.slurm.model.jobs import Superseded
from vizspec.slurm.model.metrics_file import UNKNOWN_SCALE, ExperimentScale
from vizspec.slurm.model.totals import totals
from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.slurm.output.metrics_writer import metrics_bytes
from vizspec.slurm.sources.metrics_reader import MetricsFile, read_job, read_metrics

OURS = JobUsage(
    "r8/cap/epoch0",
    "eval",
    "r8",
    "cap",
    0,
    job_id="7_1",
    state=Known("RUNNING", "seff"),
    wall_seconds=Known(592.5, "jobstats"),
    time_limit=Known("1-00:00:00", "sacct"),
    cpu_cores=Known(4, "jobstats"),
    cpu_efficiency_pct=Known(57.123456, "jobstats"),
    cpu_memory_used_gib=Known(6.3, "seff"),
    cpu_memory_allocated_gib=Known(40.0, "seff"),
    gpus=Known(2, "sacct"),
    gpu_utilization_jobstats_pct=Known(64.7, "jobstats"),
    gpu_utilization_mean_pct=Known(58.0, "nvidia-smi"),
    gpu_utilization_min_pct=Known(20.0, "nvidia-smi"),
    gpu_utilization_max_pct=Known(100.0, "nvidia-smi"),
    gpu_utilization_unavailable=True,
    gpu_memory_mean_gib=Known(6.4, "nvidia-smi"),
    gpu_memory_max_gib=Known(7.0, "jobstats"),
    gpu_memory_total_gib=Known(80.0, "nvidia-smi"),
    power_mean_w=Known(250.0, "nvidia-smi"),
    gpu_samples=120,
    gpu_hours=0.5,
    energy_kwh=0.125,
    notes=("Ask for less.",),
    remarks=("still RUNNING",),
)
SCALE = ExperimentScale("acs", "Llama", 40_000, 5_000, 2, 4, 1)


def test_what_we_wrote_is_what_we_read() -> None:
    superseded = (Superseded("eval", "r8/cap/epoch0", "6", "7"),)
    content = metrics_bytes([OURS], superseded, totals([OURS]), SCALE)
    assert read_metrics(content) == MetricsFile((OURS,), superseded, SCALE)


UPSTREAM = {
    "run_name": "1B_rank4",
    "job_type": "finetune",
    "wall_time": "00:09:52",
    "time_limit": "00:15:00",
    "cpu_efficiency": "56.67%",
    "gpu_util_mean": 80.0,
    "gpu_mem_used_mean_gb": 20.0,
    "gpu_mem_total_gb": 80.0,
    "power_mean_w": 250.0,
    "gpu_util_unavailable": False,
    "sample_count": 20,
}
READ = JobUsage(
    "1B_rank4",
    "finetune",
    "1B_rank4",
    wall_seconds=Known(592.0, "file"),
    time_limit=Known("00:15:00", "file"),
    cpu_efficiency_pct=Known(56.67, "file"),
    gpu_utilization_mean_pct=Known(80.0, "file"),
    gpu_memory_mean_gib=Known(20.0, "file"),
    gpu_memory_total_gib=Known(80.0, "file"),
    power_mean_w=Known(250.0, "file"),
    gpu_samples=20,
)


@pytest.mark.parametrize(
    "data",
    [
        [UPSTREAM],
        {"jobs": [UPSTREAM]},
        {"jobs": {"1B_rank4": UPSTREAM}},
        {"1B_rank4": {key: value for key, value in UPSTREAM.items() if key != "run_name"}},
    ],
    ids=["list", "mapping with jobs", "mapping of jobs", "runs"],
)
def test_every_form_of_cruijff_kit_is_read(data: object) -> None:
    assert read_metrics(json.dumps(data).encode()) == MetricsFile((READ,))


def test_the_summary_around_the_jobs_is_read() -> None:
    data = {
        "experiment_name": "acs",
        "model": "Llama",
        "dataset_size": 40000,
        "eval_dataset_size": None,
        "epochs": 1,
        "batch_size": 4,
        "date": "2026-02-17",
        "jobs": [UPSTREAM],
    }
    assert read_metrics(json.dumps(data).encode()).scale == ExperimentScale(
        "acs", "Llama", 40_000, None, 1, 4
    )


SEFF = {
    "run_name": "a",
    "wall_time": "01:00:00",
    "cpu_efficiency": "56.67%",
    "mem_used_gb": 3.0,
    "mem_requested_gb": 12.0,
    "mem_efficiency": "25.00%",
}


def read_one(**entry: object) -> JobUsage:
    (job,) = read_metrics(json.dumps([entry]).encode()).jobs
    return job


def test_the_keys_of_seff_and_jobstats_are_read() -> None:
    job = read_one(**SEFF, gpu_util_pct=20.1)
    assert job.cpu_memory_used_gib == Known(3.0, "file")
    assert job.cpu_memory_allocated_gib == Known(12.0, "file")
    assert job.gpu_utilization_jobstats_pct == Known(20.1, "file")
    assert read_one(**SEFF, cpu_mem_used_gb=4.0).cpu_memory_used_gib == Known(4.0, "file")


@pytest.mark.parametrize(
    ("given", "used", "requested"),
    [({"mem_requested_gb": None}, 3.0, 12.0), ({"mem_used_gb": None}, 3.0, 12.0)],
)
def test_seffs_memory_efficiency_gives_the_side_that_is_missing(
    given: dict[str, None], used: float, requested: float
) -> None:
    job = read_one(**{**SEFF, **given})
    assert job.cpu_memory_used_gib == Known(used, "file")
    assert job.cpu_memory_allocated_gib == Known(requested, "file")


def test_gpu_memory_of_jobstats_is_of_one_gpu() -> None:
    assert read_one(run_name="a", gpu_mem_used_gb=61.0, gpus=2, wall_time="1:00").gpu_memory_max_gib == Known(
        30.5, "file"
    )
    assert read_one(run_name="a", gpu_mem_used_gb=61.0, wall_time="1:00").gpu_memory_max_gib is None


def test_what_our_own_file_calls_unknown_stays_unknown() -> None:
    job = read_one(
        run_name="a", wall_time="02:00:00", gpus=2, power_mean_w=250.0, gpu_hours=None, energy_kwh=None
    )
    assert (job.gpu_hours, job.energy_kwh) == (None, None)


def test_seffs_memory_efficiency_alone_gives_nothing() -> None:
    job = read_one(run_name="a", wall_time="01:00:00", mem_efficiency="25.00%")
    assert (job.cpu_memory_used_gib, job.cpu_memory_allocated_gib) == (None, None)
    none = read_one(**{**SEFF, "mem_requested_gb": None, "mem_efficiency": "0.00%"})
    assert none.cpu_memory_allocated_gib is None


def test_sums_are_worked_out_where_they_are_not_given() -> None:
    job = read_one(run_name="a", wall_time="02:00:00", gpus=2, power_mean_w=250.0)
    assert (job.gpu_hours, job.energy_kwh) == (4.0, 1.0)
    given = read_one(
        run_name="a", wall_time="02:00:00", gpus=2, power_mean_w=250.0, gpu_hours=3, energy_kwh=0
    )
    assert (given.gpu_hours, given.energy_kwh) == (3.0, 0.0)
    unknown = read_one(run_name="a", wall_time="02:00:00", power_mean_w=250.0)
    assert (unknown.gpu_hours, unknown.energy_kwh) == (None, None)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"rubbish", b"[" * 100_000])
def test_a_file_that_is_no_json_says_so(content: bytes) -> None:
    assert read_metrics(content) == MetricsFile(problem="it is not JSON")


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b"3", b"null", b'{"jobs": []}', b'{"jobs": 3}', b'[1, "a"]', b'{"a": {}}']
)
def test_a_file_without_jobs_says_so(content: bytes) -> None:
    assert "no jobs" in (read_metrics(content).problem or "")


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read_metrics(b"\xef\xbb\xbf" + json.dumps([UPSTREAM]).encode()).jobs == (READ,)


@pytest.mark.parametrize("value", ["x", None, -1, float("nan"), [], {}, True])
def test_values_of_another_form_count_as_missing(value: object) -> None:
    keys = [key for key in UPSTREAM if key not in ("run_name", "job_type")]
    data = [{"run_name": "a", "job_type": "finetune", "job_id": "1;id", **dict.fromkeys(keys, value)}]
    (job,) = read_metrics(json.dumps(data).encode()).jobs
    assert (job.wall_seconds, job.cpu_efficiency_pct, job.power_mean_w, job.job_id) == (
        None,
        None,
        None,
        None,
    )


KEYS = st.sampled_from(
    [*UPSTREAM, "jobs", "sources", "superseded", "notes", "epoch", "run", "job_id", "state"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_no_json_makes_the_reader_raise(data: object) -> None:
    found = read_metrics(json.dumps(data).encode())
    assert bool(found.jobs) != bool(found.problem)
    assert read_metrics(json.dumps({"jobs": [data]}).encode()).scale == UNKNOWN_SCALE


@given(st.binary())
def test_no_bytes_make_the_reader_raise(content: bytes) -> None:
    read_metrics(content)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
KEYS = st.sampled_from(["mem_used_gb", "mem_requested_gb", "mem_efficiency", "gpu_mem_used_gb", "gpus"])


@example({"gpu_mem_used_gb": 1, "gpus": 1e-309})
@given(st.dictionaries(KEYS, VALUES))
def test_figures_under_the_programs_own_keys_are_finite(entry: dict[str, object]) -> None:
    job = read_job("r4", entry)
    figures = (job.cpu_memory_used_gib, job.cpu_memory_allocated_gib, job.gpu_memory_max_gib)
    assert all(math.isfinite(figure.value) for figure in figures if figure)
