"""The JSON Schemas: they are those of the models, describe everything, and agree with the checks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from vizspec.experiment.file import ExperimentFile
from vizspec.spec.model import Spec
from vizspec.spec.schema import descriptions, models_of, schemas
from vizspec.views import KINDS

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize("name", schemas())
def test_the_schemas_of_the_repository_are_those_of_the_models(name: str) -> None:
    written = (REPOSITORY / "schemas" / name).read_text(encoding="utf-8")
    assert written == schemas()[name], "write them anew with: make schemas"


@pytest.mark.parametrize("root", [Spec, ExperimentFile])
def test_every_key_is_described(root: type[BaseModel]) -> None:
    for model in models_of(root):
        described = descriptions(model)
        assert [name for name in model.model_fields if name not in described and name != "view"] == [], model
        assert all(text.endswith((".", "`.")) for text in described.values())


@pytest.mark.parametrize("name", schemas())
def test_every_property_of_a_schema_has_a_description(name: str) -> None:
    schema = json.loads(schemas()[name])
    for part in (schema, *schema["$defs"].values()):
        assert all(held.get("description") for held in part.get("properties", {}).values())


def test_a_field_inherits_its_description() -> None:
    assert descriptions(KINDS["scores_heatmap"].entry)["title"].startswith("The chart's title")


def test_models_are_found_in_lists_unions_and_mappings() -> None:
    found = {model.__name__ for model in models_of(Spec)}
    assert {"Column", "Definition", "OwnSection", "ScoresHeatmap", "ComputeUtilization"} <= found


def test_one_text_may_stand_for_a_list_in_editors_too() -> None:
    definitions = json.loads(schemas()["analysis.schema.json"])["$defs"]
    logs = definitions["DataSpec"]["properties"]["logs"]
    assert {option["type"] for option in logs["anyOf"]} == {"string", "array"}


@pytest.mark.parametrize("path", sorted((REPOSITORY / "specs").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_modeline_of_every_example_leads_to_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    assert (path.parent / first.removeprefix(prefix)).resolve() == REPOSITORY / "schemas/analysis.schema.json"
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["vizspec"] == 1
