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
