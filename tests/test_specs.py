"""The example specs: each is valid for the experiment it is written for, and `full.yaml` shows every key."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from vizspec.demo.experiment_summary import summary_text
from vizspec.demo.kinds import KINDS as EXAMPLES
from vizspec.demo.layout import layout_named
from vizspec.gather.options import Reading
from vizspec.render.pipeline import make_plan
from vizspec.spec.model import PLACEHOLDERS, SECTIONS, DataSpec, MetricsSpec, OutputSpec, ReportSpec, Spec
from vizspec.spec.open import open_spec
from vizspec.spec.schema import models_of
from vizspec.views import KINDS
from vizspec.views.conditions import CONDITIONS

SPECS = Path(__file__).parents[1] / "specs"
NAMES = sorted(path.stem for path in SPECS.glob("*.yaml"))
FULL = (SPECS / "full.yaml").read_text(encoding="utf-8")


OF_THE_DEMO = ("full", "learning_curve", "own_figure", "own_plots", "samples")
"""The specs that are written for the example experiment; others are called as the kind they are for."""


def example(name: str) -> str:
    """The kind of experiment that a spec is written for."""
    return "demo" if name in OF_THE_DEMO else name


def placed(name: str, folder: Path) -> None:
    """Puts the spec into an experiment, with the program that some run."""
    shutil.copy(SPECS / f"{name}.yaml", folder / "analysis.yaml")
    shutil.copy(SPECS / "my_figure.py", folder)


def test_every_kind_of_experiment_has_its_spec() -> None:
    assert {example(name) for name in NAMES} == set(EXAMPLES)


@pytest.mark.parametrize("name", NAMES)
def test_a_spec_has_no_mistake_before_there_are_logs(name: str, tmp_path: Path) -> None:
    design = summary_text(EXAMPLES[example(name)](), layout_named("current"), rows=500)
    (tmp_path / "experiment_summary.yaml").write_text(design)
    placed(name, tmp_path)
    assert open_spec(tmp_path).warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_everything_a_spec_lists_is_planned(name: str, copy_of: Callable[..., Path]) -> None:
    folder = copy_of(example(name))
    placed(name, folder)
    opened = open_spec(folder)
    _, plan = make_plan(opened, Reading(use_cache=False))
    assert {output.entry for output in plan.outputs} == set(range(len(opened.spec.views)))
    assert plan.steps


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


def keys_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def keys_shown(section: str) -> set[str]:
    """The keys of a top-level section of `full.yaml`, those in comments included."""
    (text,) = re.findall(rf"^{section}:.*\n((?:[ #\n].*\n|\n)*)", FULL, re.MULTILINE)
    return set(re.findall(r"^(?:  (?:- )?|  # )(\w+):", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("section", "model"),
    [("data", DataSpec), ("metrics", MetricsSpec), ("output", OutputSpec), ("report", ReportSpec)],
)
def test_full_shows_every_key_of_a_section(section: str, model: type[BaseModel]) -> None:
    assert keys_of(model) <= keys_shown(section)


def test_full_shows_the_sections_of_a_report_in_their_order() -> None:
    listed = yaml.safe_load(FULL)["report"]["sections"]
    assert tuple(name for name in listed if isinstance(name, str)) == SECTIONS


def test_full_shows_every_section() -> None:
    assert set(yaml.safe_load(FULL)) == keys_of(Spec)


def test_full_shows_every_kind_with_every_key_of_its_own() -> None:
    written = set(keys_in(yaml.safe_load(FULL))) | set(re.findall(r"# (\w+):", FULL))
    needed = {key for model in models_of(Spec) for key in keys_of(model)}
    assert needed - written == {"file"}, "a section's own file is told in a comment"
    assert {entry["view"] for entry in yaml.safe_load(FULL)["views"]} == set(KINDS)


def test_full_names_every_placeholder_and_fact_it_speaks_of() -> None:
    assert all(f"{{{name}}}" in FULL for name in PLACEHOLDERS)


def test_full_names_every_condition() -> None:
    assert all(re.search(rf"\b{name}\b", FULL) for name in CONDITIONS)
