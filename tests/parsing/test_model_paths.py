"""Error paths of pydantic lead to places of the document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Discriminator, Field, Tag

from vizspec.errors import Loc
from vizspec.parsing.model_paths import known_keys, known_tags, place_of


class Dot(BaseModel):
    kind: Literal["dot"]
    size: Annotated[int, Field(gt=0)] | list[int] = 1


class Line(BaseModel):
    kind: Literal["line", "rule"]
    width: float = Field(1, alias="line_width")


Mark = Annotated[Dot | Line, Field(discriminator="kind")]


def shape_of(value: Any) -> str:
    return "many" if isinstance(value, list) else "one"


class Chart(BaseModel):
    marks: tuple[Mark, ...] = ()
    named: dict[str, Mark] | None = None
    free: Annotated[Annotated[Dot, Tag("one")] | Annotated[list[Dot], Tag("many")], Discriminator(shape_of)]


@pytest.mark.parametrize(
    ("error_loc", "loc"),
    [
        (("marks", 0, "dot", "size", "constrained-int"), ("marks", 0, "size")),
        (("marks", 0, "dot", "size", "list[int]", 3), ("marks", 0, "size", 3)),
        (("marks", 0, "rule", "line_width"), ("marks", 0, "line_width")),
        (("named", "dot", "dot", "size"), ("named", "dot", "size")),
        (("named", "a", "[key]"), ("named", "a")),
        (("free", "one", "size"), ("free", "size")),
        (("free", "many", 2, "kind"), ("free", 2, "kind")),
        (("unknown", "deeper", 1), ("unknown", "deeper", 1)),
        ((), ()),
    ],
)
def test_steps_that_only_pydantic_knows_are_left_out(error_loc: Loc, loc: Loc) -> None:
    assert place_of(Chart, error_loc).loc == loc


def test_a_place_knows_what_may_stand_there() -> None:
    assert known_keys(place_of(Chart, ("marks", 0, "line")).annotation) == ("kind", "line_width")
    assert known_keys(place_of(Chart, ("marks", 0)).annotation) == ("kind", "size", "line_width")
    assert known_tags(place_of(Chart, ("marks", 0)).annotation, "kind") == ("dot", "line", "rule")


def test_the_unions_on_the_way_are_told() -> None:
    place = place_of(Chart, ("marks", 0, "dot", "size", "list[int]", 3))
    assert place.unions == ((("marks", 0, "size"), "list[int]"),)
