"""What of a plot none but a browser draws."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.draw.charts.mark_signatures import known_functions
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn, Transformed
from vizspec.draw.shapes.plots.support import ARGUMENTS, browser_alone

X = PlotColumn("c0")
BROWSERS_OWN = {
    *("arrow", "axis_fx", "axis_fy", "baseline", "cell_x", "cell_y", "contour", "delaunay_link"),
    *(
        "delaunay_mesh",
        "dense_line",
        "density",
        "density_x",
        "density_y",
        "dot_x",
        "dot_y",
        "grid_fx",
        "grid_fy",
    ),
    *(
        "heatmap",
        "hexbin",
        "hexgrid",
        "hull",
        "raster",
        "raster_tile",
        "spike",
        "vector",
        "vector_x",
        "vector_y",
    ),
    *("voronoi", "voronoi_mesh", "waffle_x", "waffle_y"),
}


def test_every_mark_is_drawn_or_known_as_the_browser_s_own() -> None:
    assert set(known_functions("mark")) == set(ARGUMENTS) | BROWSERS_OWN


@pytest.mark.parametrize(
    ("mark", "attributes", "named"),
    [
        (PlotCall("dot", (("x", X), ("y", X), ("tip", True), ("r", 4))), {}, ()),
        (PlotCall("hexbin", (("x", X), ("y", X))), {}, ("hexbin",)),
        (PlotCall("dot", (("x", X), ("rotate", 20))), {}, ("`rotate` of dot",)),
        (PlotCall("dot", (("x", X), ("fill_opacity", X))), {}, ("`fill_opacity` of dot",)),
        (PlotCall("line", (("x", X), ("curve", "basis"))), {}, ("`curve` of line",)),
        (PlotCall("line", (("x", X), ("curve", "step"))), {}, ()),
        (PlotCall("line", (("x", X), ("marker", "arrow"))), {}, ("`marker` of line",)),
        (PlotCall("dot", (("x", Transformed("lag", "c0")),)), {}, ("the transform lag",)),
        (PlotCall("dot", (("x", Transformed("avg", "c0")),)), {"x_scale": "sqrt"}, ("a sqrt scale",)),
        (
            PlotCall("rect_y", (("x", Transformed("bin", "c0")),)),
            {"x_scale": "log"},
            ("bins of dates or of a scale that is not linear",),
        ),
        (PlotCall("dot", (("x", X),)), {"x_domain": [0, 1, 2]}, ("a domain of more than two numbers",)),
        (PlotCall("dot", (("x", X),)), {"x_domain": ["a", "b", "c"]}, ()),
        (PlotCall("dot", (("x", X),)), {"color_scheme": "sinebow"}, ("the scheme sinebow",)),
        (PlotCall("dot", (("x", X),)), {"color_scale": "sqrt"}, ("a sqrt scale of colours",)),
    ],
)
def test_what_shapes_do_not_say_is_named(
    mark: PlotCall, attributes: dict[str, Any], named: tuple[str, ...]
) -> None:
    assert browser_alone([mark], [], attributes) == named


def test_inputs_that_begin_with_a_choice_are_the_browser_s() -> None:
    assert browser_alone([], [PlotCall("select", (("column", "c0"), ("label", "Task")))], {}) == ()
    assert browser_alone([], [PlotCall("select", (("value", "auto"),))], {}) == ("`value` of select",)
