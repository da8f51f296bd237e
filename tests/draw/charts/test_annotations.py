"""Which values fit an annotation of inspect-viz's, and what is asked for where one does not."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from vizspec.draw.charts.annotations import expected

SOURCE = """
Shape = Literal["circle", "square"] | Mark
class Mark: ...
class Options(TypedDict): ...
"""


def asked(annotation: str, value: Any, folder: Path) -> tuple[str, str | None] | None:
    (folder / "names.py").write_text(SOURCE)
    return expected(ast.parse(annotation, mode="eval").body, value, folder)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        ("float | None", 4),
        ("float | None", None),
        ("bool | float", True),
        ("Sequence[str | float] | None", ["a", 1]),
        ("tuple[float, float]", [0, 1]),
        ("Shape", "square"),
        ("Options", {"size": 3}),
        ("Any", object()),
        ("Unheard", 5),
        ("float | Unheard", "wide"),
        ("numbers.Real", "wide"),
    ],
)
def test_a_value_fits_or_nothing_can_be_said_of_it(annotation: str, value: Any, tmp_path: Path) -> None:
    assert asked(annotation, value, tmp_path) is None


@pytest.mark.parametrize(
    ("annotation", "value", "names", "hint"),
    [
        ("float | None", "wide", "a number", None),
        ("float", True, "a number", None),
        ("int", 1.5, "a whole number", None),
        ("bool", 1, "true or false", None),
        ("str", ["a"], "text", None),
        ("str | Sequence[float]", ["a"], "text or a list", None),
        ("Shape | None", "squre", "'circle' or 'square'", "did you mean 'square'?"),
        ("Options | bool", 3, "a mapping or true or false", None),
        ("Mark | Sequence[Mark] | None", 5, "null", "leave it out"),
        (
            'Literal["a", "b", "c", "d", "e", "f", "g"]',
            1,
            "one of 'a', 'b', 'c', 'd', 'e', 'f' and 1 more",
            None,
        ),
    ],
)
def test_what_is_asked_for_is_told_in_the_words_of_yaml(
    annotation: str, value: Any, names: str, hint: str | None, tmp_path: Path
) -> None:
    assert asked(annotation, value, tmp_path) == (names, hint)
