"""The text of the spec that `init` suggests."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vizspec.init.shape import Shape
from vizspec.init.starter import starter
from vizspec.init.suggest import suggest
from vizspec.parsing.yaml_source import parse
from vizspec.spec.model import Spec

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def spec_of(shape: Shape, **named: Any) -> Spec:
    given: dict[str, Any] = {"name": "caps", "experiment": None, "logs": None, "schema": "s.json", **named}
    return Spec.model_validate(parse(starter(suggest(shape), **given), one_dialect=True).data)


@settings(max_examples=25)
@given(st.lists(TEXTS, max_size=2, unique=True), TEXTS, st.lists(TEXTS, min_size=1, max_size=2))
def test_any_names_give_a_spec_that_means_them(factors: list[str], experiment: str, logs: list[str]) -> None:
    shape = Shape(2, 1, tuple(factors), has_risk=True, has_compute=True)
    spec = spec_of(shape, experiment=experiment or "x", logs=logs)
    assert (spec.experiment, spec.data.logs) == (experiment or "x", tuple(logs))
    assert [entry.factor for entry in spec.views if hasattr(entry, "factor")] == factors


def test_the_text_is_commented_and_names_its_schema() -> None:
    text = starter(suggest(Shape(2, 1)), name="caps", experiment="e.yaml", logs=None, schema="schemas/a.json")
    assert text.startswith("# yaml-language-server: $schema=schemas/a.json\n")
    assert "  # 2 models × 1 task\n  - {view: scores_by_task, metrics: accuracy}\n" in text
    assert text.endswith("\n")
