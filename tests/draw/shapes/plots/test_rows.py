"""The rows of marks: groups where a transform asks for them, and both ends of what has a length."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn, Transformed
from vizspec.draw.shapes.plots.rows import Layer, layers_of

COLUMNS = {"c0": ("a", "a", "b"), "c1": (1.0, 2.0, -3.0), "c2": ("u", "v", "u")}


def layer(function: str, columns: Any = None, **arguments: Any) -> Layer:
    (found,) = layers_of([PlotCall(function, tuple(arguments.items()))], columns or COLUMNS)
    return found


def test_rows_have_the_values_of_the_columns_and_constants_mean_themselves() -> None:
    found = layer("dot", x=PlotColumn("c0"), y=PlotColumn("c1"), fill="red")
    assert found.rows == ({"x": "a", "y": 1.0}, {"x": "a", "y": 2.0}, {"x": "b", "y": -3.0})
    assert found.constants == {"fill": "red"}


def test_a_transform_makes_a_row_of_each_group_of_the_other_channels() -> None:
    found = layer("dot", x=PlotColumn("c0"), y=Transformed("avg", "c1"), r=Transformed("count"))
    assert found.rows == ({"x": "a", "y": 1.5, "r": 2}, {"x": "b", "y": -3.0, "r": 1})


def test_what_tips_tell_parts_the_groups_as_it_does_on_the_page() -> None:
    found = layer("dot", x=PlotColumn("c0"), y=Transformed("count"), channels={"Kind": PlotColumn("c2")})
    assert [(row["x"], row["y"]) for row in found.rows] == [("a", 1), ("a", 1), ("b", 1)]


def test_bars_stand_on_each_other_and_negative_ones_hang() -> None:
    columns = {"c0": ("a",) * 4, "c1": (1.0, -2.0, 3.0, -1.0)}
    found = layer("bar_y", columns, x=PlotColumn("c0"), y=PlotColumn("c1"))
    assert [(row["y1"], row["y2"]) for row in found.rows] == [(0, 1), (0, -2), (1, 4), (-2, -3)]
    assert found.channels == {"x", "y1", "y2"}


def test_bars_of_other_panels_and_places_begin_at_0() -> None:
    found = layer("bar_x", y=PlotColumn("c0"), x=PlotColumn("c1"), fx=PlotColumn("c2"))
    assert [(row["x1"], row["x2"]) for row in found.rows] == [(0, 1), (0, 2), (0, -3)]


def test_bars_with_both_ends_are_not_stacked() -> None:
    found = layer("bar_y", x=PlotColumn("c0"), y1=(0,), y2=PlotColumn("c1"))
    assert [row["y2"] for row in found.rows] == [1, 2, -3]


def test_a_histogram_has_both_ends_of_its_bins_and_counts() -> None:
    columns = {"c0": (0.1, 0.4, 9.9, None)}
    found = layer("rect_y", columns, x=Transformed("bin", "c0"), y=Transformed("count"))
    assert [(row["x1"], row["x2"], row["y1"], row["y2"]) for row in found.rows] == [
        (0, 0.5, 0, 2),
        (9.5, 10, 0, 1),
        (None, None, 0, 1),
    ]


def test_bins_of_other_marks_are_their_lower_ends() -> None:
    found = layer(
        "dot", {"c0": (0.1, 9.9)}, x=Transformed("bin", "c0", (("steps", 2),)), y=Transformed("count")
    )
    assert [row["x"] for row in found.rows] == [0, 5]


def test_a_rule_to_a_value_begins_at_0() -> None:
    found = layer("rule_x", x=PlotColumn("c0"), y=PlotColumn("c1"))
    assert [(row["y1"], row["y2"]) for row in found.rows] == [(0, 1), (0, 2), (0, -3)]


def test_error_bars_are_the_mean_with_its_normal_interval() -> None:
    columns = {"c0": ("a",) * 4 + ("b",), "c1": (1.0, 2.0, 3.0, 4.0, 7.0)}
    (row,) = layer("error_bar_y", columns, x=PlotColumn("c0"), y=PlotColumn("c1")).rows
    half = 1.959964 * 1.290994 / 2
    assert (row["x"], row["y1"], row["y2"]) == ("a", pytest.approx(2.5 - half), pytest.approx(2.5 + half))


def test_a_regression_is_the_line_of_each_colour_with_its_band() -> None:
    columns = {"c0": (0.0, 1.0, 2.0, 3.0, 0.0, 1.0), "c1": (1.0, 3.0, 2.0, 5.0, 0.0, None), "c2": "uuuuvv"}
    rows = layer(
        "regression_y", columns, x=PlotColumn("c0"), y=PlotColumn("c1"), stroke=PlotColumn("c2")
    ).rows
    assert {row["stroke"] for row in rows} == {"u"}
    assert (rows[0]["x"], rows[0]["y"]) == (0, pytest.approx(1.1))
    assert (rows[-1]["x"], rows[-1]["y"]) == (3, pytest.approx(4.4))
    assert rows[0]["y1"] < rows[0]["y"] < rows[0]["y2"]
    without = layer("regression_y", columns, x=PlotColumn("c0"), y=PlotColumn("c1"), ci=0).rows
    assert {row["y1"] for row in without} == {None}


def test_areas_are_stacked_a_series_after_the_other() -> None:
    columns = {"c0": (2, 1, 1, 2), "c1": (1.0, 2.0, 3.0, 4.0), "c2": ("v", "u", "v", "u")}
    rows = layer("area_y", columns, x=PlotColumn("c0"), y=PlotColumn("c1"), fill=PlotColumn("c2")).rows
    assert [(row["fill"], row["x"], row["y1"], row["y2"]) for row in rows] == [
        ("v", 2, 0, 1), ("v", 1, 0, 3), ("u", 1, 3, 5), ("u", 2, 1, 5),
    ]  # fmt: skip


def test_a_mark_of_constants_has_a_row_for_each_place() -> None:
    assert layer("rule_y", y=(0.5, 0.7), stroke="red").rows == ({"y": 0.5}, {"y": 0.7})
