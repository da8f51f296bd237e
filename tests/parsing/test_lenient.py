"""What does not fit is left out with a warning, and the rest keeps its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from vizspec.errors import Loc, Problems
from vizspec.parsing.lenient import validate_leniently


class Item(BaseModel):
    name: str
    size: int | None = None


class Box(BaseModel):
    label: str = "none"
    items: list[Item | None] = []
    inner: dict[str, int] = {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "size", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def read(data: dict[str, Any]) -> tuple[Box, list[Loc]]:
    box, warnings = validate_leniently(Box, data)
    assert all(warning.severity == "warning" for warning in warnings)
    return box, [warning.loc for warning in warnings]


def test_what_fits_is_read_without_a_warning() -> None:
    assert read({"label": "a", "items": [{"name": "b", "more": 1}]}) == (
        Box(label="a", items=[Item(name="b")]),
        [],
    )


def test_a_wrong_value_takes_only_itself_along() -> None:
    box, places = read({"label": [1], "items": [{"name": "b", "size": "big"}], "inner": {"a": 1, "b": "x"}})
    assert box == Box(items=[Item(name="b")], inner={"a": 1})
    assert places == [("label",), ("items", 0, "size"), ("inner", "b")]


def test_an_item_that_lacks_a_key_is_left_out_and_the_others_keep_their_index() -> None:
    box, places = read({"items": [{"size": 1}, {"name": "b"}, 5]})
    assert box.items == [None, Item(name="b"), None]
    assert places == [("items", 0, "name"), ("items", 2)]


def test_a_key_that_is_wrong_and_then_missing_is_one_warning() -> None:
    assert read({"items": [{"name": []}]}) == (Box(items=[None]), [("items", 0, "name")])


def test_items_that_are_one_object_by_an_alias_are_told_apart() -> None:
    shared = [{"size": 1}, {"name": "b"}]
    box, _ = read({"items": shared, "inner": {}})
    assert box.items == [None, Item(name="b")]
    assert shared == [{"size": 1}, {"name": "b"}]


def test_where_nothing_is_there_to_leave_out_it_is_an_error() -> None:
    with pytest.raises(Problems):
        validate_leniently(Item, {"size": 1})


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(["label", "items", "inner", "other"]), JSON))
def test_any_data_are_read_and_every_loss_is_told(data: dict[str, Any]) -> None:
    box, places = read(data)
    assert bool(places) or box == Box.model_validate(data)
