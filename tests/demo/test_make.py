"""An example experiment as a whole: its folders, its logs, what it leaves alone."""

from __future__ import annotations

import csv
import json
import logging
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from vizspec.demo import make_experiment
from vizspec.demo.kinds import KINDS
from vizspec.errors import UserError

pytestmark = pytest.mark.slow

ExperimentOf = Callable[..., Path]


def headers(experiment: Path, pattern: str = "*/eval/*/logs/*.eval") -> list[dict[str, Any]]:
    """The headers of an experiment's logs, in the order of their times."""
    read = []
    for path in experiment.glob(pattern):
        with zipfile.ZipFile(path) as log:
            read.append(json.loads(log.read("header.json")))
    return sorted(read, key=lambda header: header["eval"]["created"])


def metrics(header: dict[str, Any]) -> dict[str, float]:
    """The values of a log's metrics, by scorer/metric."""
    scores = header["results"]["scores"]
    return {f"{s['name']}/{key}": metric["value"] for s in scores for key, metric in s["metrics"].items()}


def test_every_log_of_the_demo_lies_in_the_folder_of_its_run_task_and_epoch(demo_experiment: Path) -> None:
    logs = list(demo_experiment.rglob("*.eval"))
    assert len(logs) == 22
    for path in logs:
        (header,) = headers(path.parents[4], str(path.relative_to(path.parents[4])))
        run, _, folder, _, _ = path.relative_to(demo_experiment).parts
        task, epoch = header["eval"]["task"], header["eval"]["metadata"].get("epoch")
        assert folder == (task if epoch is None else f"{task}_epoch{epoch}")
        assert header["eval"]["model"] == f"mockllm/{run}" + ("" if epoch is None else f"_epoch_{epoch}")


def test_the_demo_misses_one_cell_repeats_one_and_breaks_one(demo_experiment: Path) -> None:
    logs = headers(demo_experiment)
    cells = [(h["eval"]["model"], h["eval"]["task"]) for h in logs]
    summary = yaml.safe_load((demo_experiment / "experiment_summary.yaml").read_text())
    planned = sum(len(row["tasks"]) * len(row["epochs"] or [0]) for row in summary["evaluation"]["matrix"])
    assert planned - len(set(cells)) == 1
    assert ("mockllm/naive-bayes_tuned_epoch_0", "tumour_shape") not in cells
    first, last = logs[0], logs[-1]
    assert cells[0] == ("mockllm/forest_tuned_epoch_1", "tumour_size")
    assert cells.count(cells[0]) == 2
    assert first["eval"]["dataset"]["samples"] == last["eval"]["dataset"]["samples"] // 2
    assert cells[-1] == ("mockllm/logistic_tuned_epoch_1", "tumour_surface")
    assert cells.count(cells[-1]) == 2
    assert [h["status"] for h in logs] == ["success"] * (len(logs) - 1) + ["error"]


def test_what_happened_later_tells_a_later_time(demo_experiment: Path) -> None:
    logs = headers(demo_experiment)
    for model, task in [
        ("forest_tuned_epoch_1", "tumour_size"),
        ("logistic_tuned_epoch_1", "tumour_surface"),
    ]:
        times = [
            h["eval"]["created"]
            for h in logs
            if h["eval"]["model"] == f"mockllm/{model}" and h["eval"]["task"] == task
        ]
        assert len(set(times)) == 2


def test_the_logs_metrics_keep_bare_keys_and_names_with_a_package(demo_experiment: Path) -> None:
    risk = headers(demo_experiment)[0]["results"]["scores"][-1]
    assert {key: metric["name"] for key, metric in risk["metrics"].items()} == {
        name: f"vizspec/{name}"
        for name in [
            "mean_risk_score",
            "expected_calibration_error",
            "risk_calibration_error",
            "brier_score",
            "auc_score",
        ]
    }


def test_trained_models_beat_the_base_model_which_answers_in_sentences(demo_experiment: Path) -> None:
    by_model: dict[str, list[dict[str, float]]] = {}
    for header in headers(demo_experiment)[:-1]:
        by_model.setdefault(header["eval"]["model"], []).append(metrics(header))
    (base,) = [values for model, values in by_model.items() if model == "mockllm/logistic_base"]
    for values in base:
        assert values["match/accuracy"] < 0.5 < max(v["match/accuracy"] for v in by_model[FOREST])
        assert values["includes/accuracy"] > values["match/accuracy"]


FOREST = "mockllm/forest_tuned_epoch_1"


def test_the_control_run_has_no_epoch_and_is_not_finetuned(demo_experiment: Path) -> None:
    of_headers = [h["eval"]["metadata"] for h in headers(demo_experiment, "logistic_base/eval/*/logs/*.eval")]
    assert of_headers == [{"is_finetuned": False, "source_model": "logistic"}] * 3


def test_nothing_tells_the_place_where_the_demo_was_made(demo_experiment: Path) -> None:
    for path in demo_experiment.rglob("*"):
        if path.is_file() and path.suffix != ".eval":
            assert str(demo_experiment.parent).encode() not in path.read_bytes()
    for header in headers(demo_experiment)[:-1]:
        assert str(Path.home()) not in json.dumps(header)
        assert "revision" not in header["eval"]


def test_gpu_samples_have_the_columns_of_nvidia_smi(demo_experiment: Path) -> None:
    place = demo_experiment / "forest_tuned" / "artifacts"
    for path in [place / "gpu_metrics.csv", place / "epoch_1" / "gpu_metrics.csv"]:
        with path.open(newline="") as file:
            columns, *rows = csv.reader(file, skipinitialspace=True)
        assert columns == [
            "timestamp",
            "utilization.gpu [%]",
            "utilization.memory [%]",
            "memory.used [MiB]",
            "memory.total [MiB]",
            "power.draw [W]",
            "temperature.gpu",
        ]
        assert all(re.fullmatch(r"\d+ %", row[1]) and row[4] == "81559 MiB" for row in rows)


def test_run_logs_name_a_job_for_each_run_and_each_cell(demo_experiment: Path) -> None:
    entry = re.compile(
        r"^\[[\d: -]{19}\] (\w+): (\S+)\nDetails: .*\n(?:Job ID: (\d+)|Result: .*)$", re.MULTILINE
    )
    training = entry.findall((demo_experiment / "logs" / "run-torchtune.log").read_text())
    assert [(action, name) for action, name, _ in training] == [
        ("SUBMIT_JOB", "naive-bayes_tuned"),
        ("SUBMIT_JOB", "logistic_tuned"),
        ("SUBMIT_JOB", "forest_tuned"),
    ]
    evaluations = entry.findall((demo_experiment / "logs" / "run-inspect.log").read_text())
    assert len(evaluations) == 21
    assert [name for _, name, job in evaluations if not job] == ["naive-bayes_tuned/tumour_shape/epoch0"]
    assert len({job for _, _, job in [*training, *evaluations]} - {""}) == 23


def test_numeric_labels_stay_numbers_in_logs_and_summary(experiment_of: ExperimentOf) -> None:
    experiment = experiment_of("sample_size")
    labels = sorted(h["eval"]["task_args"]["vis_label"] for h in headers(experiment))
    summary = yaml.safe_load((experiment / "experiment_summary.yaml").read_text())
    assert labels == [12, 32, 96, 320] == [row["vis_label"] for row in summary["evaluation"]["matrix"]]
    assert summary["variables"] == {"sample_size": [12, 32, 96, 320]}


def test_the_regression_has_no_accuracy_and_some_answers_without_a_number(
    experiment_of: ExperimentOf,
) -> None:
    read = headers(experiment_of("regression"))
    assert len(read) == 8
    for header in read:
        values = metrics(header)
        assert list(values) == [
            f"continuous_scorer/{name}" for name in ["mae", "rmse", "r_squared", "parse_rate"]
        ]
        assert 0.9 < values["continuous_scorer/parse_rate"] < 1
        assert 0 < values["continuous_scorer/mae"] <= values["continuous_scorer/rmse"]


def test_the_older_layout_has_older_folders_keys_and_one_model_name(experiment_of: ExperimentOf) -> None:
    experiment = experiment_of("regression", layout="older")
    logs = headers(experiment, "*/eval/logs/*.eval")
    assert len(logs) == 8
    assert {h["eval"]["model"] for h in logs} == {"mockllm/local"}
    assert {frozenset(h["eval"]["metadata"]) for h in logs} == {
        frozenset({"epoch", "finetuned", "source_model"}),
        frozenset({"finetuned", "source_model"}),
    }
    summary = yaml.safe_load((experiment / "experiment_summary.yaml").read_text())
    assert summary["variables"] == {
        "independent": [{"name": "model", "values": ["ridge", "neighbours", "tree"]}]
    }
    assert "directory" in summary["experiment"]
    assert summary["evaluation"]["scorer"] == [{"name": "continuous_scorer"}]
    assert (experiment / "output" / "ck-out-tree_tuned" / "epoch_0" / "gpu_metrics.csv").is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_every_planned_cell_is_evaluated_or_missing_by_design(kind: str, experiment_of: ExperimentOf) -> None:
    design = KINDS[kind]()
    evaluated = {
        (path.parts[-5], header["eval"]["task"], header["eval"]["metadata"].get("epoch"))
        for path in experiment_of(kind).rglob("*.eval")
        for header in headers(path.parents[4], str(path.relative_to(path.parents[4])))
    }
    planned = {(cell.run, cell.task, cell.epoch) for cell in design.planned()}
    assert planned - evaluated == design.missing
    assert evaluated <= planned


def test_the_process_is_as_it_was_and_nothing_is_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    before = (dict(os.environ), Path.cwd(), logging.getLogger().handlers[:], logging.getLogger().level)
    events: list[tuple[int, int, str]] = []
    made = make_experiment(
        tmp_path / "made", "single_task", samples=4, progress=lambda *event: events.append(event)
    )
    assert (
        dict(os.environ),
        Path.cwd(),
        logging.getLogger().handlers[:],
        logging.getLogger().level,
    ) == before
    assert list(home.iterdir()) == []
    assert capfd.readouterr() == ("", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "made"]
    assert made == tmp_path / "made"
    assert [event[:2] for event in events] == [(0, 4), (4, 4)]


def test_two_examples_are_alike_but_for_the_times_and_ids_of_their_logs(
    tmp_path: Path, experiment_of: ExperimentOf
) -> None:
    again = make_experiment(tmp_path / "again", "single_task", samples=16)
    first = experiment_of("single_task")
    for path in sorted(first.rglob("*")):
        if path.is_file() and path.suffix != ".eval":
            assert (again / path.relative_to(first)).read_bytes() == path.read_bytes()
    one, two = ({h["eval"]["model"]: metrics(h) for h in headers(place)} for place in (first, again))
    assert one == two


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "demos"}, r"there is no kind of example 'demos'"),
        ({"layout": "newest"}, r"there is no layout 'newest'"),
        ({"samples": 3}, r"an example of 3 samples cannot be made"),
        ({"samples": 101}, r"an example of 101 samples cannot be made"),
    ],
)
def test_a_wrong_argument_makes_nothing(tmp_path: Path, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        make_experiment(tmp_path / "made", **arguments)
    assert not (tmp_path / "made").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match="not an empty folder"):
        make_experiment(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_interrupted_example_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(done: int, total: int, what: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_experiment(tmp_path / "made", "single_task", samples=4, progress=interrupt)
    assert list((tmp_path / "made").iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written: Not a directory"):
        make_experiment(tmp_path / "file" / "foo")
