"""Derived columns, and values as texts."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from vizspec.cells.columns import Column, renamed, text_of


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ({}, "r4", "r4"),
        ({"match": r"^(.+?) \("}, "1B (base)", "1B"),
        ({"match": r"\d+"}, "rank16", "16"),
        ({"match": r"^(.+?) \("}, "1B", None),
        ({"match": r"(a)|b"}, "b", None),
        ({"map": {"r4": "small"}}, "r4", "small"),
        ({"map": {"r4": "small"}}, "r8", "r8"),
        ({"map": {16: "large"}}, 16, "large"),
        ({"map": {True: "Balanced"}}, True, "Balanced"),
        ({"map": {"1e-5": "low"}}, 0.00001, "low"),
        ({"map": {"01": "one"}}, "1", "1"),
        ({"map": {"r4": 4}}, "r4", "4"),
        ({"equals": True}, True, True),
        ({"equals": True}, "yes", True),
        ({"equals": True}, False, False),
        ({"equals": 1}, True, False),
        ({"equals": "1e-5"}, 0.00001, True),
        ({"match": r"_(\w+)", "map": {"b": "balanced"}, "equals": "balanced"}, "1_b", True),
        ({"equals": "x", "match": "x"}, "y", None),
        ({"equals": True, "match": "x", "map": {"a": "b"}}, None, None),
    ],
)
def test_a_derived_column_takes_apart_renames_and_compares(
    column: dict[str, Any], value: object, expected: object
) -> None:
    assert Column.model_validate({"from": "x", **column}).value({"x": value}) == expected


def test_a_source_that_no_cell_has_gives_nothing() -> None:
    assert Column.model_validate({"from": "x", "equals": 1}).value({}) is None


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ({"from": "x", "match": "("}, "'(' is no regular expression"),
        ({"from": "x", "mtach": "a"}, "Extra inputs"),
        ({"match": "a"}, "Field required"),
        ({"from": "x", "map": ["a"]}, "valid dictionary"),
        ({"from": "x", "map": {"a": ["b"]}}, "valid string"),
    ],
)
def test_a_column_that_says_nothing_sensible_is_refused(column: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Column.model_validate(column)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (1e-05, "1e-05"), (16, "16"), ("a|b", "a|b"), ([1, "ä"], '[1, "ä"]')],
)
def test_a_value_reads_as_people_write_it(value: object, text: str) -> None:
    assert text_of(value) == text


def test_a_mapping_reads_alike_in_any_order() -> None:
    assert text_of({"a": 1, "b": [2]}) == text_of({"b": [2], "a": 1})


def test_a_text_is_renamed_by_its_letters_only() -> None:
    assert renamed("1.0", {"1": "one"}) is None
    assert renamed(1.0, {"1": "one"}) == "one"
    assert renamed(None, {"a": "b"}) is None
