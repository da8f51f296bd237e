"""Both shapes of the section `variables`, and what is no shape of it."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.errors import Loc
from vizspec.experiment.variables import ScaleType, make_variable, variables_of

RANKS = make_variable("lora_rank", [4, 8])


@pytest.mark.parametrize(
    "section",
    [
        {"lora_rank": [4, 8]},
        {"lora_rank": ["4", "8", 8]},
        {"lora_rank": {"values": [4, 8], "description": "adapter size"}},
        {"independent": [{"name": "lora_rank", "values": [4, 8]}], "dependent": [{"name": "accuracy"}]},
        {"independent": [{"name": "lora_rank", "levels": [4, 8]}]},
        {"independent": [{"lora_rank": [4, 8]}]},
        {"independent": {"lora_rank": [4, 8]}},
        [{"name": "lora_rank", "values": [4, 8]}],
    ],
)
def test_every_shape_gives_the_same_variable(section: Any) -> None:
    assert variables_of(section, []) == ((RANKS,), ())


@pytest.mark.parametrize(
    "section", [{"independent": ["lora_rank"]}, {"lora_rank": None}, [{"name": "lora_rank"}]]
)
def test_a_variable_without_levels_has_those_of_the_runs(section: Any) -> None:
    runs = [{"lora_rank": 4}, {"lora_rank": 8, "lr": 1}, {}]
    assert variables_of(section, runs).variables == (RANKS,)


@pytest.mark.parametrize(
    ("section", "loc"),
    [
        (5, ("variables",)),
        ({"independent": None}, ("variables", "independent")),
        ({"note": "text"}, ("variables", "note")),
        ({"independent": [{"name": "x", "values": 3}]}, ("variables", "independent", 0)),
        ([None], ("variables", 0)),
        ([{}], ("variables", 0)),
    ],
)
def test_what_is_no_variable_is_a_warning_at_its_place(section: Any, loc: Loc) -> None:
    variables, warnings = variables_of(section, [])
    assert variables == ()
    assert [(warning.loc, warning.severity) for warning in warnings] == [(loc, "warning")]


def test_no_section_is_no_warning() -> None:
    assert variables_of(None, []) == ((), ())


def test_levels_that_are_lists_or_nothing_become_text() -> None:
    (variable,) = variables_of({"targets": [["q", "v"], ["q"], {"lr": "1e-5"}, None]}, []).variables
    assert variable.levels == ("q, v", "q", "lr: 1e-05", "none")
    assert variable.kind is ScaleType.CATEGORICAL
