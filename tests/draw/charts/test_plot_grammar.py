"""Marks that a spec names, as inspect-viz's components."""

from __future__ import annotations

from typing import Any

from vizspec.draw.charts import plot_grammar as gr
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn, Transformed

COLUMNS: dict[str, list[Any]] = {"c0": [1, 2], "c1": [0.5, None], "c2": ["a", "b"]}
DOT = PlotCall("dot", (("x", PlotColumn("c0")), ("y", PlotColumn("c1")), ("fill", PlotColumn("c2"))))


def drawn(
    *marks: PlotCall, choices: gr.Controls | None = None, layout: gr.Layout | None = None
) -> dict[str, Any]:
    made = gr.component(COLUMNS, marks, choices or gr.Controls(), layout or gr.Layout("A plot"))
    config: dict[str, Any] = made.config
    return config


def parts(config: dict[str, Any]) -> list[dict[str, Any]]:
    """Marks and interactors without the title."""
    found: list[dict[str, Any]] = config["hconcat"][0]["plot"][1:]
    return found


def test_a_mark_shows_columns_by_their_aliases() -> None:
    (dot,) = parts(drawn(DOT))
    assert (dot["mark"], dot["fill"]) == ("dot", "c2")


def test_a_mark_of_constants_alone_has_no_data_and_one_value_each() -> None:
    (rule,) = parts(drawn(PlotCall("rule_y", (("y", (0.5,)), ("stroke", "red")))))
    assert "data" not in rule
    assert (rule["y"], rule["stroke"]) == ([0.5], "red")


def test_transforms_are_inspect_viz_s() -> None:
    count = Transformed("count")
    bins = Transformed("bin", "c0", (("steps", 4),))
    (bar,) = parts(drawn(PlotCall("rect_y", (("x", bins), ("y", count)))))
    assert bar["x"]["bin"] == "c0"
    assert bar["x"]["steps"] == 4
    assert "count" in bar["y"]


def test_legends_stand_below_and_filter() -> None:
    config = drawn(DOT, layout=gr.Layout("A plot", {"width": 600}, ("color",), 2))
    legend = config["hconcat"][1]
    assert (legend["legend"], legend["columns"]) == ("color", 2)
    assert config["hconcat"][0]["width"] == 600


def test_inputs_stand_above_the_plot() -> None:
    choices = gr.Controls((PlotCall("select", (("column", "c2"), ("label", "Kind"))),))
    config = drawn(DOT, choices=choices)
    (select,) = config["vconcat"][0]["hconcat"]
    assert (select["input"], select["label"]) == ("select", "Kind")
    assert config["vconcat"][1]["hconcat"][0]["plot"]


def test_what_is_not_chosen_is_drawn_faint() -> None:
    made = parts(drawn(DOT, choices=gr.Controls((), (PlotCall("toggle_color"),))))
    assert [part.get("mark") or part["select"] for part in made] == ["dot", "toggleColor", "highlight"]
    assert made[1]["as"] == made[2]["by"]


def test_an_interactor_stands_behind_the_mark_that_has_its_channel() -> None:
    line = PlotCall("line", (("x", PlotColumn("c0")), ("y", PlotColumn("c1"))))
    made = parts(
        drawn(DOT, line, choices=gr.Controls((), (PlotCall("toggle_color"), PlotCall("pan_zoom_x"))))
    )
    names = [part.get("mark") or part["select"] for part in made]
    assert names == ["dot", "toggleColor", "line", "panZoomX", "highlight"]


def test_moving_and_zooming_choose_nothing() -> None:
    made = parts(drawn(DOT, choices=gr.Controls((), (PlotCall("pan_zoom"),))))
    assert [part.get("mark") or part["select"] for part in made] == ["dot", "panZoom"]
