"""Bars, rules and ticks of a plot."""

from __future__ import annotations

import pytest

from tests.draw.shapes.plots.make import A, B, drawn, mark, only
from vizspec.draw.shapes.model import Line, Rule, Whiskers


def test_rules_go_across_the_frame_or_from_end_to_end() -> None:
    across = only(drawn(mark("dot", x=B, y=B), mark("rule_x", x=(0.5,), stroke="red")), Rule)
    assert (across.axis, across.at, across.colour) == ("x", 0.5, "red")
    shapes = drawn(mark("rule_y", y=A, x1=B, x2=B, marker="tick-x"))
    whiskers = only(shapes, Whiskers)
    assert (whiskers.at, whiskers.lower, whiskers.along, whiskers.has_caps) == (
        (0, 1, 0),
        (1, 4, 2),
        "x",
        True,
    )


def test_ticks_are_as_long_as_their_category() -> None:
    line = only(drawn(mark("tick_x", x=B, y=A), columns={"c0": ("a",), "c1": (3.0,)}), Line)
    assert (line.x, line.y) == ((3, 3, 3), (pytest.approx(-0.45), pytest.approx(0.45), None))
