"""The models of the experiment file take every form it has had, and so does their JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from vizspec.experiment.file import ExperimentFile

SCHEMA = Draft202012Validator(ExperimentFile.model_json_schema(by_alias=True))


@pytest.mark.parametrize(
    ("data", "part", "expected"),
    [
        ({"experiment": "caps"}, "experiment.name", "caps"),
        ({"experiment": {"name": 16}}, "experiment.name", "16"),
        ({"evaluation": {"scorer": "match"}}, "evaluation.scorer.0.name", "match"),
        ({"evaluation": {"scorers": ["match"]}}, "evaluation.scorers.0.name", "match"),
        ({"evaluation": {"scorers": {"name": "match"}}}, "evaluation.scorers.0.name", "match"),
        (
            {"evaluation": {"scorers": [{"name": "match", "params": {}}]}},
            "evaluation.scorers.0.name",
            "match",
        ),
        (
            {"evaluation": {"scorers": [{"risk_scorer": {"a": 1}}]}},
            "evaluation.scorers.0.name",
            "risk_scorer",
        ),
        ({"evaluation": {"scorers": {"match": None, "b": {}}}}, "evaluation.scorers.1.name", "b"),
        ({"evaluation": {"tasks": ["one"]}}, "evaluation.tasks.0.name", "one"),
        ({"evaluation": {"matrix": [{"run": "r", "tasks": "t"}]}}, "evaluation.matrix.0.tasks", ("t",)),
        ({"evaluation": {"matrix": [{"run": "r", "epochs": None}]}}, "evaluation.matrix.0.epochs", None),
        ({"evaluation": {"matrix": [{"run": "r", "epochs": "1"}]}}, "evaluation.matrix.0.epochs", (1,)),
        ({"evaluation": {"matrix": [{"run": 1, "epochs": [0]}]}}, "evaluation.matrix.0.run", "1"),
        ({"models": {"base": [{"name": "1B"}]}}, "models.base.0.name", "1B"),
        ({"models": ["1B"]}, "models.base.0.name", "1B"),
        ({"data": {"training": "words"}}, "data.training.0.label", "words"),
        ({"data": {"training": {"label": "words"}}}, "data.training.0.label", "words"),
        ({"data": {"training": {"splits": {"train": "80"}}}}, "data.training.0.splits.train", 80),
        ({"data": {"training": [{"dataset_label": "a"}]}}, "data.training.0.dataset_label", "a"),
        ({"data": {"training": {"words": {"path": "p"}}}}, "data.training.0.label", "words"),
        ({"runs": [{"name": "r", "parameters": None}]}, "runs.0.parameters", None),
        ({"controls": {"lr": "1e-5"}}, "controls.lr", "1e-5"),
        ({"tools": {"evaluation": "inspect-ai"}}, "runs", ()),
    ],
)
def test_every_form_is_read_and_is_in_the_schema(data: dict[str, Any], part: str, expected: object) -> None:
    assert list(SCHEMA.iter_errors(data)) == []
    found: Any = ExperimentFile.model_validate(data)
    for step in part.split("."):
        if isinstance(found, dict):
            found = found[step]
        else:
            found = found[int(step)] if step.isdigit() else getattr(found, step)
    assert found == expected


@pytest.mark.parametrize(
    "data", [{"runs": 5}, {"runs": [{"type": "control"}]}, {"evaluation": {"matrix": [5]}}]
)
def test_the_schema_refuses_what_the_reader_warns_of(data: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(data))
