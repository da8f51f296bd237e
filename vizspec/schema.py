"""The JSON Schemas that editors complete and check with, made from the models."""

from __future__ import annotations

import json
from typing import Any

from vizspec.spec import Spec

SPEC_SCHEMA = "analysis.schema.json"
EXPERIMENT_SCHEMA = "experiment_summary.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def spec_schema() -> str:
    """The schema of `analysis.yaml`, as the text of its file."""
    return _text(Spec.model_json_schema(by_alias=True), "vizspec analysis.yaml")


def schemas() -> dict[str, str]:
    """Every schema: file name to text."""
    from vizspec.experiment_file import ExperimentFile

    experiment = _text(ExperimentFile.model_json_schema(by_alias=True), "experiment_summary.yaml")
    return {SPEC_SCHEMA: spec_schema(), EXPERIMENT_SCHEMA: experiment}


def _text(schema: dict[str, Any], title: str) -> str:
    whole = {"$schema": DIALECT, **schema, "title": title}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
