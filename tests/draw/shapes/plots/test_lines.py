"""Lines, areas and links of a plot."""

from __future__ import annotations

from typing import Any

import pytest

from tests.draw.shapes.plots.make import RED_AND_BLUE, A, B, C, drawn, mark, only
from vizspec.draw.shapes.model import Area, Band, Line


def test_each_colour_has_its_line_in_the_order_of_x_and_what_is_not_known_is_a_gap() -> None:
    columns = {"c0": (3, 1, 2, 1), "c1": (1.0, 2.0, None, 5.0), "c2": ("u", "u", "u", "v")}
    shapes = drawn(mark("line_y", x=A, y=B, stroke=C), columns=columns, **RED_AND_BLUE)
    first, second = (one for one in shapes.panels[0].marks if isinstance(one, Line))
    assert (first.y, first.colour) == ((2, None, 1), "#ff0000")
    assert (second.x, second.y, second.colour) == ((1,), (5,), "#0000ff")


def test_a_plain_line_goes_from_row_to_row() -> None:
    assert only(drawn(mark("line", x=B, y=B)), Line).x == (1, 4, 2)


@pytest.mark.parametrize(
    ("curve", "x", "y"),
    [
        ("step", (0, 0.5, 0.5, 1), (5, 5, 7, 7)),
        ("step-before", (0, 0, 1), (5, 7, 7)),
        ("step-after", (0, 1, 1), (5, 5, 7)),
    ],
)
def test_steps_have_their_corners(curve: str, x: Any, y: Any) -> None:
    line = only(drawn(mark("line", x=A, y=B, curve=curve), columns={"c0": (0, 1), "c1": (5, 7)}), Line)
    assert (line.x, line.y) == (x, y)


def test_dashes_are_in_units_of_the_line() -> None:
    assert only(drawn(mark("line", x=B, y=B, stroke_width=2, stroke_dasharray="6,4")), Line).dash == (3, 2)
    assert only(drawn(mark("line", x=B, y=B, stroke_width=1, stroke_dasharray=5)), Line).dash == (5, 5)


def test_areas_lie_between_their_ends() -> None:
    columns = {"c0": (1, 2), "c1": (0.1, 0.2), "c2": (0.5, 0.6)}
    upright = drawn(mark("area", x1=A, y1=B, y2=C, fill="red", fill_opacity=0.2), columns=columns)
    band = only(upright, Band)
    assert (band.x, band.lower, band.upper, band.opacity) == ((1, 2), (0.1, 0.2), (0.5, 0.6), 0.2)
    beside = only(drawn(mark("area_x", y=A, x1=B, x2=C), columns=columns), Area)
    assert (beside.x, beside.y) == ((0.1, 0.2, 0.6, 0.5), (1, 2, 2, 1))


def test_links_join_two_places() -> None:
    columns = {"c0": (0, 1), "c1": (5.0, None)}
    line = only(drawn(mark("link", x1=A, x2=A, y1=B, y2=A), columns=columns), Line)
    assert (line.x, line.y) == ((0, 0, 0), (5, 0, None))
