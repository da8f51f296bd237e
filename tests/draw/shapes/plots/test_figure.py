"""Plots of a grammar as shapes: the colours, order and panels that a page has."""

from __future__ import annotations

from tests.draw.shapes.plots.make import RED_AND_BLUE, A, B, C, drawn, mark, only
from vizspec.draw.palette import blue
from vizspec.draw.shapes.model import Boxes, ColourScale, Key, Points, Rule


def test_a_domain_and_a_format_that_are_given_are_those_of_the_axis() -> None:
    x = drawn(mark("dot", x=B, y=B), x_domain=(10, 0), x_tick_format=".0%").panels[0].x
    assert (x.domain, x.format) == ((10, 0), ".0%")


def test_colours_of_categories_are_those_of_the_range_and_of_the_legend() -> None:
    shapes = drawn(mark("bar_x", x=B, y=A, fill=C), **RED_AND_BLUE)
    assert only(shapes, Boxes).colours == ("#ff0000", "#ff0000", "#0000ff")
    assert shapes.legend == (Key("u", "#ff0000"), Key("v", "#0000ff"))
    assert drawn(mark("bar_x", x=B, y=A, fill=C), legend=False, **RED_AND_BLUE).legend == ()


def test_colours_of_numbers_run_through_their_scheme() -> None:
    shapes = drawn(mark("cell", x=A, y=C, fill=B), color_scheme="blues", color_label="Share")
    assert only(shapes, Boxes).colours == (blue(0), blue(1), blue(1 / 3))
    assert isinstance(shapes.colour_scale, ColourScale)
    assert (shapes.colour_scale.label, shapes.colour_scale.domain) == ("Share", (1, 4))


def test_diverging_colours_are_even_on_both_sides_of_0() -> None:
    shapes = drawn(mark("dot", x=B, y=B, fill=B), columns={"c1": (-1.0, 0.0, 4.0)}, color_scale="diverging")
    assert shapes.colour_scale is not None
    assert shapes.colour_scale.domain == (-4, 4)
    at_zero = shapes.colour_scale.colours[len(shapes.colour_scale.colours) // 2]
    assert [one.colour for one in shapes.panels[0].marks if isinstance(one, Points)][1] == at_zero


def test_what_has_no_colour_of_the_domain_is_not_drawn() -> None:
    shapes = drawn(mark("dot", x=B, y=B, fill=A), color_domain=("b",), color_range=("#ff0000",))
    assert only(shapes, Points).x == (4,)


def test_each_value_of_a_facet_has_a_panel_and_marks_without_it_are_in_all() -> None:
    shapes = drawn(
        mark("dot", x=B, y=B, fx=A, fy=C),
        mark("rule_y", y=(2,)),
        fx_domain=("b", "a"),
        x_label="X",
        y_label="Y",
    )
    assert [panel.title for panel in shapes.panels] == ["b · u", "a · u", "b · v", "a · v"]
    assert shapes.columns == 2
    assert [sum(isinstance(one, Points) for one in panel.marks) for panel in shapes.panels] == [1, 1, 0, 1]
    assert [sum(isinstance(one, Rule) for one in panel.marks) for panel in shapes.panels] == [1] * 4
    assert (shapes.x_label, shapes.y_label, shapes.panels[0].x.label) == ("X", "Y", "")


def test_marks_lie_over_each_other_in_their_order() -> None:
    panel = drawn(mark("rule_x", x=(2,)), mark("bar_y", x=A, y=B), mark("dot", x=A, y=B)).panels[0]
    assert [type(one) for one in panel.marks] == [Rule, Boxes, Points]
    assert panel.is_layered


def test_ten_thousand_rows_are_drawn() -> None:
    columns = {"c1": tuple(float(at) for at in range(10_000))}
    assert len(only(drawn(mark("dot", x=B, y=B), columns=columns), Points).x) == 10_000
