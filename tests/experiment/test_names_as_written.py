"""A name is the text that stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from vizspec.experiment.load import load_experiment
from vizspec.experiment.names_as_written import names_as_written

NAMES = ("010", "1_000", "12:30", "yes", "2026-01-01", "1e3", "0x1F", "1.10", "1.1")


def test_runs_are_called_as_they_are_written(tmp_path: Path) -> None:
    runs = "".join(f"  - {{name: {name}, model: 1.0}}\n" for name in NAMES)
    matrix = "".join(f"    - {{run: {name}, tasks: [007], vis_label: 1.50}}\n" for name in NAMES)
    file = tmp_path / "experiment_summary.yaml"
    file.write_text(f"experiment: 1.20\nruns:\n{runs}evaluation:\n  tasks: [007]\n  matrix:\n{matrix}")
    experiment, _, warnings = load_experiment(file)
    assert experiment.name == "1.20"
    assert tuple(run.name for run in experiment.runs) == NAMES
    assert {run.model for run in experiment.runs} == {"1.0"}
    assert tuple(cell.run for cell in experiment.expected_cells()) == NAMES
    assert {(cell.task, cell.vis_label) for cell in experiment.expected_cells()} == {("007", "1.50")}
    assert not [warning for warning in warnings if "second run" in warning.message]


@pytest.mark.parametrize("name", ["null", "~"])
def test_nothing_is_no_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / "experiment_summary.yaml"
    file.write_text(f"runs:\n  - {{name: {name}}}\n")
    experiment, _, warnings = load_experiment(file)
    assert experiment.runs == ()
    assert "expected text, found nothing" in [warning.message for warning in warnings]


def test_a_value_that_is_no_name_stays_a_number_and_shared_parts_are_not_changed() -> None:
    shared = {"name": 8}
    data = {"runs": [shared], "controls": {"lr": 0.1}, "other": shared}
    changed = names_as_written(data, {("runs", 0, "name"): "010", ("controls", "lr"): "1e-1"})
    assert changed == {"runs": [{"name": "010"}], "controls": {"lr": 0.1}, "other": {"name": 8}}
    assert shared == {"name": 8}
