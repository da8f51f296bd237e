"""A radar's polygons stand on its spokes."""

from __future__ import annotations

import pytest

from vizspec.draw.shapes.model import Area, Line, Points, TextMarks
from vizspec.draw.shapes.radar import CIRCLE, Polygon, radar_panel

PANEL = radar_panel(
    ["right", "up", "left", "down"], [Polygon((1.0, 0.5, 0.0, 0.25), "#0072b2")], (0.5, 1.0), {0.5: "50"}
)


def test_the_first_axis_points_to_the_right_and_the_others_follow_against_the_clock() -> None:
    (points,) = [mark for mark in PANEL.marks if isinstance(mark, Points)]
    assert list(zip(points.x, points.y, strict=True)) == [
        pytest.approx((1, 0)),
        pytest.approx((0, 0.5)),
        pytest.approx((0, 0)),
        pytest.approx((0, -0.25)),
    ]


def test_a_polygon_is_closed_and_filled_in_its_colour() -> None:
    (outline,) = [mark for mark in PANEL.marks if isinstance(mark, Line) and mark.colour == "#0072b2"]
    (area,) = [mark for mark in PANEL.marks if isinstance(mark, Area)]
    assert (outline.x[0], outline.y[0]) == (outline.x[-1], outline.y[-1])
    assert area.colour == "#0072b2"


def test_the_outermost_ring_is_the_circle_and_rings_tell_what_they_stand_for() -> None:
    circles = [mark for mark in PANEL.marks if isinstance(mark, Line) and mark.colour == CIRCLE]
    assert [max(mark.x) for mark in circles] == [pytest.approx(1.0)]
    texts = [(mark.texts[0], mark.anchor) for mark in PANEL.marks if isinstance(mark, TextMarks)]
    assert texts == [
        ("right", "left"),
        ("up", "middle"),
        ("left", "right"),
        ("down", "middle"),
        ("50", "middle"),
    ]
