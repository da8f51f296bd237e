"""Dots and texts of a plot."""

from __future__ import annotations

import pytest

from tests.draw.shapes.plots.make import A, B, C, drawn, mark, only
from vizspec.draw.shapes.model import Points, TextMarks


def test_sizes_of_dots_grow_with_the_root_and_large_ones_lie_below() -> None:
    columns = {"c0": (0, 1, 2), "c1": (4.0, 16.0, 4.0)}
    dots = only(drawn(mark("dot", x=A, y=A, r=B), columns=columns), Points)
    assert dots.x == (1, 0, 2)
    assert dots.sizes == (pytest.approx(9), pytest.approx(4.5), pytest.approx(4.5))  # 6 pixels: 4.5 points


def test_symbols_tell_categories_in_their_order() -> None:
    shapes = drawn(mark("dot", x=B, y=B, symbol=C, fill="red"))
    assert [one.symbol for one in shapes.panels[0].marks if isinstance(one, Points)] == ["circle", "cross"]
    assert only(drawn(mark("hexagon", x=B, y=B)), Points).symbol == "hexagon"


def test_texts_stand_at_their_places_or_where_the_frame_is_anchored() -> None:
    texts = only(drawn(mark("text", x=B, y=B, text=A, dy=-8, fill="red")), TextMarks)
    assert (texts.x, texts.texts, texts.offset, texts.colour) == ((1, 4, 2), ("a", "b", "a"), (0, 6), "red")
    shapes = drawn(mark("dot", x=B, y=B), mark("text", y=(2,), text=("two",), frame_anchor="right"))
    assert (only(shapes, TextMarks).x, only(shapes, TextMarks).anchor) == ((4,), "right")
    numbers = only(drawn(mark("text", x=B, y=B, text=B), columns={"c1": (1234.5678,)}), TextMarks)
    assert numbers.texts == ("1,234.568",)
