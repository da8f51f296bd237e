"""Shapes as marks of inspect-viz: the same numbers, in the same panels, with tips."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vizspec.draw.charts.from_shapes import component_of
from vizspec.draw.charts.inspectviz import data_of
from vizspec.draw.pages.state import chart_state
from vizspec.draw.shapes.model import (
    Axis,
    Band,
    Bars,
    DrawnMark,
    Key,
    Line,
    Panel,
    Points,
    Rule,
    Shapes,
    Steps,
    TextMarks,
    Whiskers,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

BLUE, RED = "#0072b2", "#d55e00"


def specification(shapes: Shapes) -> Any:
    return json.loads(chart_state(component_of(shapes), "chart").spec_json)


def plots(shapes: Shapes) -> list[dict[str, Any]]:
    """The plots of the specification, in their order."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "plot" in node:
                found.append(node)
            for name in ("vconcat", "hconcat"):
                walk(node.get(name))
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(specification(shapes))
    return found


def drawn(*marks: DrawnMark, **named: Any) -> list[dict[str, Any]]:
    """The marks of one panel."""
    (plot,) = plots(Shapes((Panel(marks),), **named))
    own: list[dict[str, Any]] = plot["plot"]
    return own


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (Line((0, 1), (0, None), BLUE, dash=(3, 1)), "line"),
        (Band((0, 1), (0, 0), (1, 1), BLUE), "area"),
        (Points((0,), (1,), BLUE, edge="#ffffff"), "dot"),
        (Whiskers((0,), (0.1,), (0.2,)), "ruleX"),
        (Whiskers((0,), (0.1,), (0.2,), along="x"), "ruleY"),
        (Steps((0, 1, 2), (3, 4), BLUE, is_filled=True), "rect"),
        (Steps((0, 1, 2), (3, 4), BLUE, dash=(3, 1)), "line"),
        (Rule("x", 0.5, dash=(3, 1)), "ruleX"),
        (Rule("y", 0.5), "ruleY"),
        (TextMarks((0,), (0,), ("here",)), "text"),
    ],
)
def test_each_mark_is_one_of_inspect_viz(mark: DrawnMark, name: str) -> None:
    assert [one["mark"] for one in drawn(mark)] == [name]


@pytest.mark.parametrize(
    ("panel", "message"),
    [
        (
            Panel((), Axis(categories=("a", "b"))),
            "an axis of categories is drawn by dots or inspectviz",
        ),
        (Panel((Bars((0.0,), (1.0,), "#000000"),)), "Bars is not drawn here"),
    ],
)
def test_what_would_leave_the_page_empty_is_refused(panel: Panel, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        component_of(Shapes((panel,)))


def test_panels_stand_in_the_grid_with_titles_axes_and_notes() -> None:
    panel = Panel((Rule("x", 0.5),), Axis(domain=(0, 1)), Axis("Observed"), "First", "n = 5", "bottom right")
    shapes = Shapes((panel, Panel(()), Panel(())), columns=2, width=800, x_label="Predicted")
    first, *others = plots(shapes)
    assert len(others) == 2
    assert (first["width"], first["xDomain"], first["xLabel"], first["yLabel"]) == (
        400,
        [0, 1],
        "Predicted",
        "Observed",
    )
    (title, note) = [one for one in first["plot"] if one["mark"] == "text"]
    assert (title["text"], note["frameAnchor"]) == (["First"], "bottom-right")
    assert others[0]["yLabel"] is None


def test_what_a_place_tells_is_in_its_tip() -> None:
    (dot,) = drawn(Points((0.5,), (1.0,), BLUE, tips=(("Samples", ("12",)),)))
    assert dot["tip"]
    assert "Samples" in json.dumps(dot["channels"])


def test_a_legend_of_several_series_filters_their_marks() -> None:
    marks = (Line((0, 1), (0, 1), BLUE, series="1B"), Line((0, 1), (1, 0), RED, series="3B"))
    shapes = Shapes((Panel(marks),), legend=(Key("1B", BLUE), Key("3B", RED), Key("chance", "#000000")))
    (plot,) = plots(shapes)
    assert plot["colorDomain"] == ["1B", "3B"]
    assert plot["colorRange"] == [BLUE, RED]
    assert all("filterBy" in json.dumps(mark["data"]) for mark in plot["plot"])
    assert "legend" in json.dumps(specification(shapes))


FULL: dict[str, list[Any]] = {
    "x": [0.0, 1.0],
    "y": [0.0, 1.0],
    "y2": [1.0, 2.0],
    "x2": [1.0, 2.0],
    "text": ["a", "b"],
}


def tooltips() -> dict[str, Any]:
    return {"tip": True, "channels": {"Samples": "told0"}}


def by_inspect_viz() -> list[Any]:
    """What the marks that are drawn here are in inspect-viz's own words."""
    from inspect_viz import mark

    data = data_of(FULL)
    line: Any = {"stroke": BLUE, "stroke_width": 4.0, "stroke_opacity": 0.5, "stroke_dasharray": "12,4"}
    return [
        mark.line(data, x="x", y="y", **line, **tooltips()),
        mark.area(data, x1="x", y1="y", y2="y2", fill=BLUE, fill_opacity=0.15),
        mark.dot(
            data, x="x", y="y", fill=BLUE, r=4.0, fill_opacity=1.0, stroke=RED, symbol="square", **tooltips()
        ),
        mark.rule_x(data, x="x", y1="y", y2="y2", stroke=BLUE, stroke_width=4 / 3, stroke_opacity=1.0),
        mark.rule_y(data, y="x", x1="y", x2="y2", stroke=BLUE, stroke_width=4 / 3, stroke_opacity=1.0),
        mark.rect(data, x1="x", x2="x2", y1="y", y2="y2", fill=BLUE, fill_opacity=1.0),
        mark.rule_x(x=[0.5], stroke=RED, stroke_width=4 / 3),
        mark.text(
            data,
            x="x",
            y="y",
            text="text",
            fill=RED,
            styles={"text_anchor": "start", "font_size": 10},
        ),
    ]


def test_marks_are_written_down_as_inspect_viz_writes_them() -> None:
    ends: Any = {"lower": (0, 1), "upper": (1, 2), "colour": BLUE}
    own = drawn(
        Line((0, 1), (0, 1), BLUE, (3, 1), 3.0, 0.5, tips=(("Samples", ("1", "2")),)),
        Band((0, 1), **ends),
        Points((0, 1), (0, 1), BLUE, edge=RED, symbol="square", tips=(("Samples", ("1", "2")),)),
        Whiskers((0, 1), **ends),
        Whiskers((0, 1), along="x", **ends),
        Steps((0, 1, 2), (1, 2), BLUE, is_filled=True),
        Rule("x", 0.5, RED),
        TextMarks((0, 1), (0, 1), ("a", "b"), RED, anchor="left"),
    )
    for ours, theirs in zip(own, by_inspect_viz(), strict=True):
        assert without_table(ours) == without_table(json.loads(json.dumps(theirs.config)))


def without_table(mark: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in mark.items() if name != "data"}


def test_titles_and_names_have_room_and_stay_different() -> None:
    names = [
        f"{number}-Meta-Llama-3.2-Instruct-finetuned-on-synthetic-income-{number}" for number in range(2)
    ]
    panels = tuple(
        Panel((Line((0.0, 1.0), (0.0, 1.0), "#0072b2", series=name),), title=name) for name in names
    )
    keys = tuple(Key(name, "#0072b2", "line") for name in names)
    found = plots(Shapes(panels, columns=2, width=400, legend=keys))
    titles = [one["plot"][0]["text"][0] for one in found]
    assert len(set(titles)) == 2
    assert max(map(len, titles)) <= (200 - 40) // 9.6
    assert all(len(name) <= (200 - 36) // 6 for name in found[0]["colorDomain"])


def test_a_legend_of_wide_signs_has_the_columns_that_they_have_room_for() -> None:
    def columns(names: tuple[str, ...]) -> int | None:
        marks = tuple(Line((0.0, 1.0), (0.0, 1.0), BLUE, series=name) for name in names)
        shapes = Shapes((Panel(marks),), width=400, legend=tuple(Key(name, BLUE) for name in names))
        (legend,) = (
            part
            for part in json.loads(json.dumps(specification(shapes)))["vconcat"][0]["hconcat"]
            if "legend" in part
        )
        found: int | None = legend.get("columns")
        return found

    assert columns(tuple(f"model {n} of rivers" for n in range(2))) is None
    assert columns(tuple(f"模型{n}的河流与湖泊的数据集实验组微调" for n in range(2))) == 1
