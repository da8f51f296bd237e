"""The schema of one experiment's spec suggests its names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.make import an_experiment
from vizspec.spec.model import Spec
from vizspec.spec.own_schema import (
    FOUND,
    NOTHING_FOUND,
    SCHEMA_FILE,
    SEAL,
    FoundNames,
    found_in,
    refresh,
    schema_for,
)
from vizspec.spec.schema import _text as kept_text
from vizspec.spec.schema import spec_schema

SPEC = Spec(vizspec=1)
EXPERIMENT = an_experiment(
    ("r4", "r8"), ("capitals",), epochs=(0, 1), variables={"rank": [4, 8]}, scorers=("match",)
)
FOUND_IN_LOGS = FoundNames(("match/accuracy", "risk_scorer/auc_score"), {"model": ("1B",)})


def schema(found: FoundNames = NOTHING_FOUND) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(schema_for(SPEC, EXPERIMENT, found))
    return made


def spec_schema_calls() -> int:
    """How often the schema was asked of the models: their text is kept, which counts."""
    return kept_text.cache_info().hits + kept_text.cache_info().misses


def suggestions(described: dict[str, Any]) -> list[Any]:
    """Every value that an editor would offer."""
    own = described.get("enum", [])
    below = (*described.get("anyOf", ()), *([described["items"]] if "items" in described else ()))
    return [*own, *(value for part in below for value in suggestions(part))]


def of(part: str, key: str, found: FoundNames = NOTHING_FOUND) -> list[Any]:
    return suggestions(schema(found)["$defs"][part]["properties"][key])


def test_metrics_are_those_of_the_design_and_of_the_logs() -> None:
    assert {"accuracy", "match", "match/accuracy"} <= set(of("ScoresByTask", "metrics"))
    assert "risk_scorer/auc_score" in of("Claim", "metric", FOUND_IN_LOGS)


def test_columns_are_the_standard_ones_and_the_variables() -> None:
    assert {"model", "rank", "run.type"} <= set(of("ScoresByFactor", "factor"))
    assert "rank" in of("Claim", "for_each")


def test_evaluations_are_named_by_runs_tasks_levels_and_models() -> None:
    columns = schema(FOUND_IN_LOGS)["$defs"]["Claim"]["properties"]["of"]["properties"]
    offered = {name: set(suggestions(described)) for name, described in columns.items()}
    assert offered["run"] == {"r4", "r8"}
    assert offered["rank"] == {4, 8}
    assert offered["epoch"] == {0, 1}
    assert "capitals" in offered["task"]
    assert "1B" in offered["model"]


def test_labels_are_offered_for_each_value() -> None:
    labels = schema()["$defs"]["DataSpec"]["properties"]["labels"]["properties"]
    assert set(labels["run"]["properties"]) == {"r4", "r8"}


@pytest.mark.parametrize(
    ("spec", "is_valid"),
    [
        ({"comparisons": [{"id": "a", "among": ["run"], "to": {"run": "r4"}}]}, True),
        ({"comparisons": [{"id": "a", "among": ["run"], "to": {"run": "r5"}}]}, False),
        ({"views": [{"view": "scores_by_task", "metrics": ["own*", "match"]}]}, True),
        ({"views": [{"view": "scores_by_task", "metrics": 3}]}, False),
        ({"views": [{"view": "scores_by_factor", "factor": "derived_here"}]}, True),
        ({"claims": [{"id": "a", "of": {"rank": [4, 16]}, "is": "at_least", "value": 1}]}, True),
    ],
)
def test_only_what_a_spec_cannot_mean_is_refused(spec: dict[str, Any], is_valid: bool) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    assert validator.is_valid({"vizspec": 1, **spec}) == is_valid


def test_what_logs_told_is_kept_where_no_log_is_read(tmp_path: Path) -> None:
    place = tmp_path / SCHEMA_FILE
    place.parent.mkdir()
    place.write_text(spec_schema(), encoding="utf-8")
    assert refresh(tmp_path, SPEC, EXPERIMENT, FOUND_IN_LOGS)
    assert found_in(place.read_text(encoding="utf-8")) == FOUND_IN_LOGS
    assert not refresh(tmp_path, SPEC, EXPERIMENT)
    assert "risk_scorer/auc_score" in place.read_text(encoding="utf-8")


def beside(folder: Path, text: str) -> Path:
    place = folder / SCHEMA_FILE
    place.parent.mkdir()
    place.write_text(text, encoding="utf-8")
    return place


def test_a_schema_that_tells_that_nothing_changed_is_not_made_anew(tmp_path: Path) -> None:
    beside(tmp_path, schema_for(SPEC, EXPERIMENT, FOUND_IN_LOGS))
    models_were_asked = spec_schema_calls()
    assert not refresh(tmp_path, SPEC, EXPERIMENT)
    assert not refresh(tmp_path, SPEC, EXPERIMENT, FOUND_IN_LOGS)
    assert spec_schema_calls() == models_were_asked


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ("ScoresByTask", "ScoresByTusk"),
        ("capitals", "Capitals"),
        ('"x-vizspec-made-of": "', '"x-vizspec-made-of": "0'),
    ],
)
def test_a_schema_that_somebody_has_changed_is_made_anew(tmp_path: Path, was: str, is_now: str) -> None:
    whole = schema_for(SPEC, EXPERIMENT)
    place = beside(tmp_path, whole.replace(was, is_now))
    assert refresh(tmp_path, SPEC, EXPERIMENT)
    assert place.read_text(encoding="utf-8") == whole


def test_a_schema_of_other_names_has_another_seal() -> None:
    seals = [json.loads(schema_for(SPEC, one))[SEAL] for one in (EXPERIMENT, None)]
    assert len(set(seals)) == 2


def test_a_schema_is_not_put_where_none_lies(tmp_path: Path) -> None:
    assert not refresh(tmp_path, SPEC, EXPERIMENT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "[]", "3", '{"x-vizspec-found": 3}', '{"x-vizspec-found": {"values": [1]}}']
)
def test_of_a_file_of_another_kind_nothing_is_kept(text: str) -> None:
    assert found_in(text) == NOTHING_FOUND


def test_without_a_design_standard_columns_are_suggested() -> None:
    made = json.loads(schema_for(SPEC, None))
    assert "model" in suggestions(made["$defs"]["ScoresByFactor"]["properties"]["factor"])
    assert made[FOUND] == {"metrics": [], "values": {}}
