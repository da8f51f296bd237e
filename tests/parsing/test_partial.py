"""What is left of a document of which some parts do not fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.errors import path_text
from vizspec.parsing.partial import Partial, validate_partially
from vizspec.spec.model import Spec

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([*Spec.model_fields, "view", "logs", "ci", "formats", "sections", "title", "metrics"])
NEAR_SPECS = st.recursive(
    JSON | st.sampled_from(["scores_by_task", "html", "summary", 1, 0.9]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def partial(data: dict[str, Any]) -> Partial[Spec]:
    return validate_partially(Spec, data, {"vizspec": 1})


def places(data: dict[str, Any]) -> list[str]:
    return [path_text(problem.loc) for problem in partial(data).problems]


def test_a_valid_document_is_taken_whole() -> None:
    found = partial({"vizspec": 1, "metrics": {"ci": 0.9}})
    assert (found.value.metrics.ci, found.problems, found.left_out) == (0.9, (), frozenset())


def test_a_wrong_value_leaves_its_default_and_the_rest() -> None:
    found = partial({"vizspec": 1, "metrics": {"ci": "high", "primary": "match"}})
    assert (found.value.metrics.ci, found.value.metrics.primary) == (0.95, "match")
    assert found.left_out == {("metrics", "ci")}


def test_what_is_left_out_keeps_the_places_of_the_items_behind_it() -> None:
    views = [
        3,
        {"view": "scores_by_task"},
        {"view": "pie"},
        {"view": "scores_by_task", "metrics": ["a", 1, "b"]},
    ]
    found = partial({"vizspec": 1, "views": views})
    assert len(found.value.views) == 2
    assert found.original(("views", 0, "id")) == ("views", 1, "id")
    assert found.original(("views", 1, "metrics", 1)) == ("views", 3, "metrics", 2)


def test_an_entry_without_a_required_key_is_left_out() -> None:
    found = partial({"vizspec": 1, "views": [{"view": "scores_by_factor"}, {"view": "scores_by_task"}]})
    assert [entry.model_dump()["view"] for entry in found.value.views] == ["scores_by_task"]
    assert found.left_out == {("views", 0)}


def test_problems_that_come_of_leaving_out_are_not_told() -> None:
    assert places({"vizspec": 1, "output": {"formats": ["gif"]}}) == ["output.formats[0]"]


@pytest.mark.parametrize("version", [{}, {"vizspec": 2}, {"vizspec": None}, {"vizspec": {}}])
def test_the_rest_is_read_without_the_version(version: dict[str, Any]) -> None:
    found = partial({**version, "metrics": {"ci": 0.9}})
    assert [problem.loc for problem in found.problems] == [("vizspec",)]
    assert found.value.metrics.ci == 0.9


@given(st.dictionaries(KEYS, NEAR_SPECS, max_size=4))
def test_any_mapping_gives_a_spec_and_problems_of_its_own_places(data: dict[str, Any]) -> None:
    found = partial(data)
    assert isinstance(found.value, Spec)
    assert bool(found.problems) == bool(found.left_out or data.get("vizspec") != 1)


@given(st.dictionaries(st.text(max_size=3) | st.integers() | st.booleans(), JSON, max_size=3))
def test_keys_of_any_kind_end(data: dict[Any, Any]) -> None:
    assert partial(data).problems
