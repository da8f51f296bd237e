"""Values in YAML's flow style: any reader reads them back."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vizspec.init.flow_style import flow
from vizspec.parsing.yaml_source import parse

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = TEXTS | st.booleans() | st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@given(VALUES | st.lists(VALUES | st.lists(VALUES, max_size=2), max_size=3))
def test_flow_style_gives_back_the_same_value_on_one_line(value: Any) -> None:
    text = flow(value)
    assert yaml.safe_load(f"key: {text}") == {"key": value}
    assert len(text.splitlines()) <= 1


@given(TEXTS)
def test_a_text_in_flow_style_is_a_text_to_every_reader(text: str) -> None:
    assert parse(f"- [{flow(text)}, end]", one_dialect=True, mapping=False).data == [[text, "end"]]


@pytest.mark.parametrize("text", ["yes", "1e-5", "12:30", "0o7", "null", "", " a", "a: b", "# no", "{run}"])
def test_texts_that_could_be_something_else_are_quoted(text: str) -> None:
    assert flow(text) == f'"{text}"'


def test_plain_words_stay_plain() -> None:
    assert flow(["accuracy", 10, True]) == "[accuracy, 10, true]"
