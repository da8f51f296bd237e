"""What pydantic says, said in YAML's words at the document's own places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    StrictBool,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from vizspec.errors import Problem, path_text
from vizspec.parsing.schema_errors import described, problems_of


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bars(Closed):
    view: Literal["bars"]
    ci: float = 0.95
    metrics: str | list[str] = "all"
    height: Annotated[int, Field(gt=0, le=500)] = 200


class Heatmap(Closed):
    view: Literal["heatmap", "grid"]
    labels: tuple[str, str] | None = None
    ranges: Mapping[str, tuple[float, float]] = {}


class Match(Closed):
    equals: str | int | None = None

    @model_validator(mode="after")
    def check(self) -> Match:
        return self


class Spec(Closed):
    views: tuple[Annotated[Bars | Heatmap, Field(discriminator="view")], ...] = ()
    only: Annotated[Bars | Heatmap, Field(discriminator="view")] | None = None
    interpretation: Literal[False] | str | None = None
    epochs: Literal["latest", "all"] | tuple[int, ...] = "latest"
    columns: Mapping[str, Match | str] = {}
    strict: StrictBool = False
    limit: FiniteFloat = 1.0
    folder: str = Field("x", alias="dir")
    items: Annotated[list[int], Field(min_length=1, max_length=2)] = [1]
    name: Annotated[str, Field(pattern="^a")] = "a"
    threshold: int = 0

    @field_validator("threshold")
    @classmethod
    def check(cls, value: int) -> int:
        if value == 7:
            raise PydanticCustomError("seven", "no sevens", {"hint": "try 8"})
        if value == 9:
            raise ValueError("no nines")
        return value


class Needy(Closed):
    name: str


def said(data: dict[Any, Any], model: type[BaseModel] = Spec) -> list[tuple[str, str, str | None]]:
    return [(path_text(problem.loc), problem.message, problem.hint) for problem in found(data, model)]


def found(data: dict[Any, Any], model: type[BaseModel]) -> list[Problem]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return problems_of(caught.value, model)


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (
            {"views": [{"view": "bars", "ci": "high"}]},
            "views[0].ci",
            "expected a number, found the text 'high'",
        ),
        (
            {"views": [{"view": "bars", "height": 900}]},
            "views[0].height",
            "expected a number of at most 500, found the number 900",
        ),
        ({"views": 3}, "views", "expected a list, found the number 3"),
        ({"views": [3]}, "views[0]", "expected a mapping, found the number 3"),
        ({"strict": "yes"}, "strict", "expected true or false, found the text 'yes'"),
        ({"limit": float("inf")}, "limit", "expected a finite number, found the number inf"),
        ({"dir": None}, "dir", "expected text, found nothing"),
        ({"items": []}, "items", "expected a list of at least 1, found a list of 0"),
        ({"items": [1, 2, 3]}, "items", "expected a list of at most 2, found a list of 3"),
        ({"name": "b"}, "name", "expected text that matches ^a, found the text 'b'"),
        ({"threshold": 9}, "threshold", "no nines"),
        ({"only": {"view": "bars", "ci": []}}, "only.ci", "expected a number, found an empty list"),
        (
            {"views": [{"view": "grid", "ranges": {"f1": [0, "one"]}}]},
            "views[0].ranges.f1[1]",
            "expected a number, found the text 'one'",
        ),
        (
            {"views": [{"view": "grid", "labels": ["a"]}]},
            "views[0].labels",
            "expected a longer list: item 2 is missing",
        ),
    ],
)
def test_a_wrong_value_is_told_in_yaml_words_at_its_own_place(
    data: dict[str, Any], place: str, message: str
) -> None:
    assert said(data) == [(place, message, None)]


def test_an_unknown_key_comes_with_the_key_that_was_meant() -> None:
    assert said({"views": [{"view": "bars", "metrc": "match"}]}) == [
        ("views[0].metrc", "unknown key", "did you mean 'metrics'?")
    ]


def test_an_unknown_key_that_resembles_none_comes_with_all_known_keys() -> None:
    assert said({"views": [{"view": "heatmap", "xyz": 1}]}) == [
        ("views[0].xyz", "unknown key", "known keys: view, labels, ranges")
    ]


def test_keys_are_suggested_as_the_file_spells_them() -> None:
    assert said({"dirr": "x"}) == [("dirr", "unknown key", "did you mean 'dir'?")]


def test_an_unknown_kind_lists_the_known_ones_and_stands_at_its_key() -> None:
    assert said({"views": [{"view": "heatmp"}]}) == [
        ("views[0].view", "no view 'heatmp'; known: bars, heatmap, grid", "did you mean 'heatmap'?")
    ]


def test_a_missing_kind_lists_the_known_ones_and_the_key_that_was_perhaps_meant() -> None:
    assert said({"views": [{"viw": "bars"}]}) == [
        (
            "views[0].view",
            "required, but missing: one of bars, heatmap, grid",
            "did you mean 'view' by 'viw'?",
        )
    ]


def test_a_missing_key_is_named() -> None:
    assert said({}, Needy) == [("name", "required, but missing", None)]


def test_all_that_a_union_takes_is_one_sentence() -> None:
    assert said({"interpretation": 5}) == [
        ("interpretation", "expected false or text, found the number 5", "put it between quotes")
    ]


def test_a_union_of_choices_and_a_list_suggests_the_choice() -> None:
    assert said({"epochs": "lates"}) == [
        ("epochs", "expected 'latest' or 'all' or a list, found the text 'lates'", "did you mean 'latest'?")
    ]


def test_of_a_union_only_the_member_that_was_meant_complains() -> None:
    assert said({"views": [{"view": "bars", "metrics": [1]}]}) == [
        ("views[0].metrics[0]", "expected text, found the number 1", "put it between quotes")
    ]
    assert said({"columns": {"balanced": {"equal": 1}}}) == [
        ("columns.balanced.equal", "unknown key", "did you mean 'equals'?")
    ]


def test_a_validators_own_words_and_hint_are_kept() -> None:
    assert said({"threshold": 7}) == [("threshold", "no sevens", "try 8")]


def test_a_key_that_is_a_number_should_be_quoted() -> None:
    assert said({1: 2}, Needy)[1:] == [
        ("[1]", "keys are text here", "put the key between quotes; a number has a decimal point, not a comma")
    ]


def test_every_problem_is_told_at_once() -> None:
    problems = said({"views": [{"view": "bars", "ci": "x", "zz": 1}, {}], "strict": 3})
    assert [place for place, _, _ in problems] == ["views[0].ci", "views[0].zz", "views[1].view", "strict"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "true"),
        (2.5, "the number 2.5"),
        ("a\nb", "the text 'a\\nb'"),
        ([1], "a list"),
        ({}, "a mapping"),
        (b"x", "the value 'b'x''"),
    ],
)
def test_values_are_described_as_yaml_has_them(value: object, words: str) -> None:
    assert described(value) == words
