"""`vizspec schema`: the schemas on standard output, or in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from vizspec.spec.schema import schemas

Run = Callable[..., Ran]


@pytest.mark.parametrize(
    ("arguments", "name"), [([], "analysis"), (["experiment_summary"], "experiment_summary")]
)
def test_a_schema_is_printed(vizspec: Run, arguments: list[str], name: str) -> None:
    ran = vizspec("schema", *arguments)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == json.loads(schemas()[f"{name}.schema.json"])


def test_both_schemas_are_written(vizspec: Run, folder: Path) -> None:
    ran = vizspec("schema", "--write")
    assert (ran.code, ran.out) == (0, "")
    assert {path.name: path.read_text() for path in (folder / "schemas").iterdir()} == schemas()


def test_a_folder_that_cannot_be_made_is_a_message(vizspec: Run, folder: Path) -> None:
    (folder / "taken").write_text("a file")
    ran = vizspec("schema", "--write", "--out", "taken/schemas")
    assert ran.code == 2
    assert "cannot be written" in ran.err


def test_the_schema_of_one_experiment_knows_its_names(vizspec: Run, folder: Path) -> None:
    design = "name: ranks\nruns: [{name: r4, type: fine-tuned, model: 1B}]\n"
    (folder / "experiment_summary.yaml").write_text(design)
    (folder / "analysis.yaml").write_text("vizspec: 1\nexperiment: experiment_summary.yaml\n")
    ran = vizspec("schema", "--for", ".")
    assert ran.code == 0
    baseline = json.loads(ran.out)["$defs"]["ComparisonEntry"]["properties"]["to"]["properties"]
    assert baseline["run"]["anyOf"][0] == {"enum": ["r4"]}
    assert sorted(path.name for path in folder.iterdir()) == ["analysis.yaml", "experiment_summary.yaml"]


def test_a_check_keeps_the_schema_beside_the_spec_up_to_date(vizspec: Run, folder: Path) -> None:
    (folder / "analysis.yaml").write_text("vizspec: 1\ndata: {columns: {size: {from: model}}}\n")
    schema = folder / ".vizspec" / "analysis.schema.json"
    schema.parent.mkdir()
    schema.write_text("{}")
    assert vizspec("validate", "--untrusted", ".").code == 0
    assert schema.read_text() == "{}"
    assert vizspec("validate", ".").code == 0
    assert "ScoresByTask" in schema.read_text()


def test_one_schema_cannot_be_printed_and_written(vizspec: Run) -> None:
    assert vizspec("schema", "--for", ".", "--write").code == 2


def test_the_schema_of_a_strangers_spec_reads_no_design_elsewhere(vizspec: Run, folder: Path) -> None:
    inner = folder / "theirs"
    inner.mkdir()
    (folder / "design.yaml").write_text("name: secret\nruns: [{name: secret_run, type: control}]\n")
    (inner / "analysis.yaml").write_text("vizspec: 1\nexperiment: ../design.yaml\n")
    ran = vizspec("schema", "--for", "theirs", "--untrusted")
    assert (ran.code, ran.out) == (2, "")
    assert "theirs/analysis.yaml:2:1: error: experiment: '../design.yaml' leads out of the folder" in ran.err
