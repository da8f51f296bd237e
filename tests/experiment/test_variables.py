"""Variables: their scale, and the order of their levels on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.experiment.variables import ScaleType, VariableLevel, make_variable


@pytest.mark.parametrize(
    ("levels", "kind"),
    [
        ([True, False], ScaleType.BINARY),
        ([0, 1], ScaleType.BINARY),
        (["yes", "no"], ScaleType.BINARY),
        (["with_prompt", "no_prompt"], ScaleType.BINARY),
        (["prompt", "no_prompt"], ScaleType.BINARY),
        (["balanced", "imbalanced"], ScaleType.BINARY),
        (["enabled", "disabled"], ScaleType.BINARY),
        (["hint", "without hint"], ScaleType.BINARY),
        ([4, 8, 16], ScaleType.ORDINAL),
        ([1000, 10000], ScaleType.ORDINAL),
        (["4", "8"], ScaleType.ORDINAL),
        (["1B", "3B", "8B"], ScaleType.ORDINAL),
        (["500M", "1B"], ScaleType.ORDINAL),
        (["r4", "r8"], ScaleType.ORDINAL),
        (["low", "high", "medium"], ScaleType.ORDINAL),
        ([1e-5, 5e-5], ScaleType.CONTINUOUS),
        (["1e-5", "5e-5"], ScaleType.CONTINUOUS),
        ([0.5, 1], ScaleType.CONTINUOUS),
        (["adam", "sgd"], ScaleType.CATEGORICAL),
        (["Llama-3.2-1B", "Qwen2.5-3B"], ScaleType.CATEGORICAL),
        (["4 layers", "8 heads"], ScaleType.CATEGORICAL),
        (["yes", "no", "maybe"], ScaleType.CATEGORICAL),
        ([True], ScaleType.CATEGORICAL),
        ([], ScaleType.CATEGORICAL),
    ],
)
def test_the_scale_is_worked_out_from_the_levels(levels: list[VariableLevel], kind: ScaleType) -> None:
    assert make_variable("x", levels).kind == kind


def test_a_level_counts_once_however_it_is_spelled_and_numbers_are_numbers() -> None:
    assert make_variable("lr", ["1e-5", 1.0e-5, "5e-5"]).levels == (1e-5, 5e-5)


@pytest.mark.parametrize(
    ("levels", "ordered"),
    [
        (["balanced", "imbalanced"], ("imbalanced", "balanced")),
        ([True, False], (False, True)),
        ([16, 4, 8], (4, 8, 16)),
        (["8B", "500M", "1B"], ("500M", "1B", "8B")),
        (["high", "low", "medium"], ("low", "medium", "high")),
        (["5e-5", "1e-5"], (1e-5, 5e-5)),
        (["sgd", "adam"], ("sgd", "adam")),
        ([-1, -2], (-2, -1)),
    ],
)
def test_levels_are_ordered_on_their_scale(
    levels: list[VariableLevel], ordered: tuple[VariableLevel, ...]
) -> None:
    assert make_variable("x", levels).ordered == ordered


def test_a_binary_variable_tells_yes_from_no_in_any_spelling() -> None:
    variable = make_variable("hint", ["with_hint", "no_hint"])
    assert [variable.truth(value) for value in ("with_hint", "no_hint", "other")] == [True, False, None]
    assert make_variable("hint", [True, False]).truth("yes") is True


def test_other_variables_have_no_truth() -> None:
    assert make_variable("rank", [4, 8]).truth(4) is None


@given(st.lists(st.one_of(st.text(max_size=8), st.integers(), st.floats(allow_nan=False), st.booleans())))
def test_any_levels_make_a_variable_whose_order_keeps_them_all(levels: list[VariableLevel]) -> None:
    variable = make_variable("x", levels)
    assert sorted(map(repr, variable.ordered)) == sorted(map(repr, variable.levels))
