"""The JSON Schemas that editors complete and check with, made from the models."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

from vizspec.spec.model import Spec

SPEC_SCHEMA = "analysis.schema.json"
EXPERIMENT_SCHEMA = "experiment_summary.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def spec_schema() -> str:
    """The schema of `analysis.yaml`, as the text of its file."""
    return _text(Spec, "vizspec analysis.yaml")


def schemas() -> dict[str, str]:
    """Every schema: file name to text."""
    from vizspec.experiment.file import ExperimentFile

    return {SPEC_SCHEMA: spec_schema(), EXPERIMENT_SCHEMA: _text(ExperimentFile, "experiment_summary.yaml")}


def models_of(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """The model and all models that its fields are made of, each once."""
    found: dict[type[BaseModel], None] = {}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += [part for field in one.model_fields.values() for part in _models_in(field.annotation)]
            waiting += [
                part
                for field in one.model_fields.values()
                for data in field.metadata
                for part in _models_in(getattr(data, "json_schema_input_type", None))
            ]
    return tuple(found)


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """The docstring below each field of a model, inherited ones included.

    pydantic could do so itself when a class is made, but every start of vizspec would pay for it.
    """
    texts: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            for field, below in pairwise(_classes(base.__module__)[base.__qualname__].body):
                if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                    name, text = getattr(field.target, "id", ""), getattr(below.value, "value", "")
                    texts[name] = inspect.cleandoc(text)
    return texts


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes that a module defines, as they are written."""
    parsed = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in parsed.body if isinstance(node, ast.ClassDef)}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
    for data in getattr(annotation, "__metadata__", ()):
        yield from _models_in(getattr(data, "json_schema_input_type", None))


@cache
def _text(model: type[BaseModel], title: str) -> str:
    schema = {"$schema": DIALECT, **model.model_json_schema(by_alias=True), "title": title}
    parts = {model.__name__: schema, **schema.get("$defs", {})}
    for one in models_of(model):
        if one.__name__ in parts:
            _describe(parts[one.__name__], one)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    texts = descriptions(model)
    for name, field in model.model_fields.items():
        properties = schema["properties"][field.alias or name]
        properties["description"] = texts.get(name) or inspect.cleandoc(model.__doc__ or "")
