"""An experiment's jobs from end to end, with every source there and every source gone."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vizspec.slurm.compute import collect_compute
from vizspec.slurm.model.metrics_file import ExperimentScale
from vizspec.slurm.model.usage import Known
from vizspec.slurm.output.table import compute_table
from vizspec.slurm.output.usage_figure import usage_figure

Capture = Callable[[str], str]

CSV = (
    "timestamp, utilization.gpu [%], utilization.memory [%], memory.used [MiB], memory.total [MiB], "
    "power.draw [W], temperature.gpu\n"
    "2026/02/17 10:00:00.000, 40 %, 45 %, 20480 MiB, 81920 MiB, 250.00 W, 65\n"
    "2026/02/17 10:00:30.000, 100 %, 45 %, 20480 MiB, 81920 MiB, 350.00 W, 65\n"
)
TABLE = (
    "JobID|JobIDRaw|State|Elapsed|Timelimit|ReqMem|AllocCPUS|NNodes|AllocTRES\n"
    "42|42|COMPLETED|2-07:33:20|7-00:00:00|256G|16|2|cpu=16,gres/gpu=2\n"
)


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    """One fine-tuning run that was submitted twice, with samples of its GPU."""
    folder = tmp_path / "experiment"
    log = "[t] SUBMIT_JOB: r8\nJob ID: 41\n[t] SUBMIT_JOB: r8\nJob ID: 42\n"
    for place, text in [("logs/run-torchtune.log", log), ("r8/artifacts/gpu_metrics.csv", CSV)]:
        (folder / place).parent.mkdir(parents=True)
        (folder / place).write_text(text)
    return folder


def add_programs(programs: Any, capture: Capture, names: tuple[str, ...]) -> None:
    texts = {
        "seff": capture("edited_long_gpu/42.seff.txt"),
        "sacct": TABLE,
        "jobstats": capture("jobstats/gpu_somewhat_low_util.json"),
    }
    for name in names:
        programs.prints(name, texts[name])


def test_all_sources_together(experiment: Path, programs: Any, capture: Capture) -> None:
    add_programs(programs, capture, ("seff", "sacct", "jobstats"))
    facts = collect_compute(experiment, kinds=["finetune"], run=programs.run)
    (job,) = facts.jobs
    assert job.cpu_efficiency_pct == Known(100 * 50321.7 / (10800 * 8), "jobstats")
    assert job.wall_seconds == Known(200_000, "seff")
    assert job.time_limit == Known("7-00:00:00", "sacct")
    assert job.gpu_memory_used_gib == Known(20.0, "nvidia-smi")
    assert compute_table(facts.jobs).rows == (
        (
            "r8",
            "finetune",
            "2-07:33:20",
            "7-00:00:00",
            "58.2%",
            "50.0/64.0",
            "20.1% (40.0–100.0%)",
            "20.0/80.0",
            "300W",
        ),
    )
    assert [(each.job_id, each.gpu_hours) for each in facts.superseded] == [
        ("41", pytest.approx(2 * 200_000 / 3600))
    ]
    assert [each.source for each in facts.recommendations] == ["gpu memory"]
    assert facts.totals.runs[0].total.gpu_hours == pytest.approx(2 * 200_000 / 3600)
    assert facts.totals.experiment.gpu_hours == pytest.approx(2 * 2 * 200_000 / 3600)
    assert facts.totals.experiment.energy_kwh == pytest.approx(0.3 * 2 * 200_000 / 3600)
    assert (facts.warnings, facts.notes) == ((), ())
    figure = usage_figure(facts.jobs)
    assert figure is not None
    assert [panel.title for panel in figure.panels] == ["Time", "CPU memory", "GPU utilization", "GPU memory"]


SUBSETS = [
    subset for size in range(4) for subset in itertools.combinations(("seff", "sacct", "jobstats"), size)
]


@pytest.mark.parametrize("has_samples", [True, False])
@pytest.mark.parametrize("present", SUBSETS, ids=lambda subset: "+".join(subset) or "nothing")
def test_partial_sources_give_a_partial_table(
    experiment: Path, programs: Any, capture: Capture, present: tuple[str, ...], has_samples: bool
) -> None:
    add_programs(programs, capture, present)
    if not has_samples:
        (experiment / "r8/artifacts/gpu_metrics.csv").unlink()
    facts = collect_compute(experiment, kinds=["finetune"], run=programs.run)
    table = compute_table(facts.jobs)
    row = dict(zip(table.headers, table.rows[0], strict=True))
    assert row["Run"] == "r8"
    assert (row["Wall Time"] != "-") == (bool(present) or has_samples)
    assert (row["Time Limit"] != "-") == ("sacct" in present)
    assert ("CPU Eff" in row) == bool({"seff", "jobstats"} & set(present))
    assert (row["GPU Util"] != "-") == ("jobstats" in present or has_samples)
    assert (row["GPU Mem (GB)"] != "-") == ("jobstats" in present or has_samples)
    assert (row["Power (W)"] != "-") == has_samples
    missing = [name for name in ("seff", "sacct", "jobstats") if name not in present]
    assert [re.split(", | and ", re.split(" w[a-z]+ not found", note)[0]) for note in facts.notes] == (
        [missing] if missing else []
    )
    assert bool(facts.warnings) == (not present and not has_samples)
    assert json.loads(facts.metrics_json())["jobs"][0]["job_id"] == "42"


def test_a_job_of_which_nothing_is_known_is_listed_and_said(experiment: Path, programs: Any) -> None:
    (experiment / "r8/artifacts/gpu_metrics.csv").unlink()
    facts = collect_compute(experiment, kinds=["finetune"], run=programs.run)
    assert [job.name for job in facts.jobs] == ["r8"]
    assert facts.warnings[0].startswith(
        "Compute utilization unavailable: no source told anything of the jobs; re-run"
    )
    assert usage_figure(facts.jobs) is None


def test_an_experiment_without_run_logs_says_what_to_do(tmp_path: Path, programs: Any) -> None:
    programs.prints("seff", "Job ID: 1\n")
    facts = collect_compute(tmp_path, run=programs.run)
    assert facts.jobs == ()
    assert facts.warnings == (
        "Compute utilization unavailable: logs/run-torchtune.log is missing (fine-tuning jobs), and "
        "logs/run-inspect.log is missing (evaluation jobs); re-run the submission so that it writes the log, "
        "or give a saved compute_metrics.json by `from:`",
    )
    assert programs.calls() == []


def test_runs_without_a_job_are_named(experiment: Path, programs: Any, capture: Capture) -> None:
    add_programs(programs, capture, ("seff", "sacct", "jobstats"))
    with (experiment / "logs/run-torchtune.log").open("a") as log:
        log.write("[t] SUBMIT_JOB: r16\nResult: failed\n")
    facts = collect_compute(experiment, runs=["r8", "r16", "r32"], kinds=["finetune"], run=programs.run)
    assert facts.notes == (
        "r16: the run log has no job id of its submission.",
        "r32: the run logs have no job of this run.",
    )


def test_samples_in_an_output_folder_are_found_and_shared_ones_are_told_of(
    tmp_path: Path, programs: Any
) -> None:
    experiment, outputs = tmp_path / "experiment", tmp_path / "outputs"
    (experiment / "logs").mkdir(parents=True)
    (experiment / "logs/run-inspect.log").write_text(
        "[t] SUBMIT_EVAL: r8/a/epoch0\nJob ID: 1\n[t] SUBMIT_EVAL: r8/b/epoch0\nJob ID: 2\n"
    )
    (outputs / "ck-out-r8/epoch_0").mkdir(parents=True)
    (outputs / "ck-out-r8/epoch_0/gpu_metrics.csv").write_text(CSV)
    facts = collect_compute(experiment, output_dirs=[outputs], kinds=["eval"], run=programs.run)
    assert [job.power_mean_w for job in facts.jobs] == [Known(300.0, "nvidia-smi")] * 2
    assert {job.remarks for job in facts.jobs} == {
        ("the gpu_metrics.csv is shared with other jobs, so its figures are for all of them together",)
    }


def test_samples_without_a_number_are_told_of(experiment: Path, programs: Any) -> None:
    (experiment / "r8/artifacts/gpu_metrics.csv").write_text("")
    (job,) = collect_compute(experiment, kinds=["finetune"], run=programs.run).jobs
    assert job.remarks == ("gpu_metrics.csv is empty",)


def test_a_program_that_hangs_for_a_job_is_noted(experiment: Path, programs: Any) -> None:
    programs.add("seff", "exec /bin/sleep 20")
    facts = collect_compute(experiment, kinds=["finetune"], run=programs.run, timeout=0.2)
    assert facts.notes[1].startswith("seff did not answer in time for 2 of 2 jobs: ")


def test_a_program_that_fails_is_noted_with_its_complaint_and_only_the_log_names_hosts(
    experiment: Path, programs: Any, caplog: pytest.LogCaptureFixture
) -> None:
    programs.add("sacct", "echo 'sacct: error: host db.example.org is down' >&2; exit 1")
    facts = collect_compute(experiment, kinds=["finetune"], run=programs.run)
    assert any(
        note.startswith("sacct failed for 2 of 2 jobs (error: host … is down): ") for note in facts.notes
    )
    assert "db.example.org" in caplog.text
    assert b"db.example.org" not in facts.metrics_json() + repr(facts).encode()


def test_what_was_written_can_be_read_on_a_laptop(experiment: Path, programs: Any, capture: Capture) -> None:
    add_programs(programs, capture, ("seff", "sacct", "jobstats"))
    scale = ExperimentScale("acs", "Llama", 40_000)
    there = collect_compute(experiment, kinds=["finetune"], run=programs.run, scale=scale)
    saved = experiment / "compute_metrics.json"
    saved.write_bytes(there.metrics_json())
    programs.calls_file.unlink()
    here = collect_compute(experiment, from_file=saved, run=programs.run)
    assert programs.calls() == []
    assert (here.scale, here.recommendations) == (scale, there.recommendations)
    assert here.metrics_json() == there.metrics_json()
    assert compute_table(here.jobs).rows == compute_table(there.jobs).rows
    assert here.notes == ("The figures were read from compute_metrics.json.",)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "No such file"), (b"rubbish", "it is not JSON"), (b"{}", "it holds no jobs")],
)
def test_a_file_that_cannot_be_used_says_what_to_do(tmp_path: Path, content: bytes | None, said: str) -> None:
    saved = tmp_path / "compute_utilization.json"
    if content is not None:
        saved.write_bytes(content)
    facts = collect_compute(tmp_path, from_file=saved)
    (warning,) = facts.warnings
    assert warning.startswith("Compute utilization unavailable: compute_utilization.json: ")
    assert said in warning
    assert "; re-run where seff or jobstats are at hand, or name another file" in warning
    assert str(tmp_path) not in warning


def test_two_collections_give_the_same_facts(experiment: Path, programs: Any, capture: Capture) -> None:
    add_programs(programs, capture, ("seff", "sacct", "jobstats"))
    first, second = (collect_compute(experiment, run=programs.run) for _ in range(2))
    assert first == second
    assert str(experiment).encode() not in first.metrics_json()
