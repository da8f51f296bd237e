"""Where values stand on the axes of a plot."""

from __future__ import annotations

from datetime import date

import pytest

from tests.draw.shapes.plots.make import A, B, drawn, mark, only
from vizspec.draw.shapes.dates import day_of
from vizspec.draw.shapes.model import INK, Boxes, Points
from vizspec.draw.shapes.plots.mark_calls import Transformed


def test_numbers_stand_at_themselves_and_the_axis_ends_with_them() -> None:
    shapes = drawn(mark("dot", x=B, y=B), x_label="Size", y_grid=True)
    dots = only(shapes, Points)
    assert (dots.x, dots.y) == ((1, 4, 2), (1, 4, 2))
    assert (dots.colour, dots.edge) == ("none", INK)
    x, y = shapes.panels[0].x, shapes.panels[0].y
    assert (x.label, x.domain, x.has_grid, y.has_grid) == ("Size", (1, 4), False, True)


def test_one_value_has_room_on_both_sides() -> None:
    assert drawn(mark("dot", x=B, y=B), columns={"c1": (3.0,)}).panels[0].x.domain == (2.5, 3.5)


def test_texts_are_categories_in_the_order_of_the_domain() -> None:
    shapes = drawn(mark("dot", x=A, y=B), x_domain=("b", "a"))
    assert shapes.panels[0].x.categories == ("b", "a")
    assert only(shapes, Points).x == (1, 0, 1)


def test_numbers_below_bars_are_categories_in_their_order() -> None:
    shapes = drawn(mark("bar_y", x=B, y=Transformed("count")))
    assert shapes.panels[0].x.categories == ("1", "2", "4")
    boxes = only(shapes, Boxes)
    assert boxes.x1 == (pytest.approx(-0.45), pytest.approx(1.55), pytest.approx(0.55))
    assert boxes.y2 == (1, 1, 1)


def test_a_log_scale_has_no_place_for_what_is_not_positive() -> None:
    shapes = drawn(mark("dot", x=B, y=B), columns={"c1": (0.0, 10.0, 1000.0)}, x_scale="log")
    assert only(shapes, Points).x == (10, 1000)
    assert (shapes.panels[0].x.domain, shapes.panels[0].x.scale) == ((10, 1000), "log")


@pytest.mark.parametrize("scale", ["time", "utc"])
def test_texts_on_a_scale_of_time_are_dates(scale: str) -> None:
    columns = {"c0": ("2024-01-01", "no date", "2024-12-31T12:00:00Z"), "c1": (1.0, 2.0, 3.0)}
    shapes = drawn(mark("dot", x=A, y=B), columns=columns, x_scale=scale)
    assert only(shapes, Points).x == (day_of(date(2024, 1, 1)), day_of(date(2024, 12, 31)) + 0.5)
    ticks = shapes.panels[0].x.ticks
    assert ticks is not None
    assert ticks[0] == (day_of(date(2024, 1, 1)), "Jan. 2024")
