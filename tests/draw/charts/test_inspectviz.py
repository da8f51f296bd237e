"""What inspect-viz is given: escaped labels, intervals as marks, the legend below."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vizspec.draw.charts import inspectviz as iv

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WHISKERS = iv.WhiskerColumns("rule_x", {"x": iv.MODEL, "fx": iv.TASK, "y1": iv.LOWER, "y2": iv.UPPER})


def columns(lower: Any = 0.4) -> dict[str, list[Any]]:
    return {
        iv.MODEL: ["1B", "3B"],
        iv.TASK: ["rivers", "rivers"],
        iv.VALUE: [0.5, 0.75],
        iv.STDERR: [None, None],
        iv.LOWER: [lower, None],
        iv.UPPER: [0.6, None],
    }


def parts(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.config["hconcat"]
    return found


@pytest.mark.parametrize(
    ("text", "sql"),
    [("don't", "don''t"), ("$x", "'||chr(36)||'x"), ("a$$b", "a'||chr(36)||''||chr(36)||'b")],
)
def test_a_label_is_escaped_for_sql_and_for_mosaic(text: str, sql: str) -> None:
    assert iv.sql_text(text) == sql


def test_rows_without_an_interval_have_no_whisker() -> None:
    chart = iv.component("scores_by_task", columns(), {"ci": False}, WHISKERS)
    marks = [mark["mark"] for mark in parts(chart)[0]["plot"]]
    assert marks.count("ruleX") == 1
    chart = iv.component("scores_by_task", columns(lower=None), {"ci": False}, WHISKERS)
    assert "ruleX" not in [mark["mark"] for mark in parts(chart)[0]["plot"]]


@pytest.mark.parametrize("upper", [[0.6, None], [0.6, 0.8]])
def test_the_legend_filters_bars_and_whiskers_by_the_same_selection(upper: list[float | None]) -> None:
    lower = [None if value is None else value - 0.2 for value in upper]
    given = columns() | {iv.LOWER: lower, iv.UPPER: upper}
    plot, legend = parts(iv.component("scores_by_task", given, {"ci": False}, WHISKERS, legend_columns=2))
    filters = {mark["data"]["filterBy"] for mark in plot["plot"] if "data" in mark}
    assert len([mark for mark in plot["plot"] if "data" in mark]) == 2
    assert filters == {legend["as"]}


def test_what_is_none_is_left_to_inspect_viz_but_where_none_means_something() -> None:
    plain = iv.component("scores_heatmap", columns(), {"sort": None, "tip": None})
    unsorted = iv.component("scores_heatmap", columns(), {"sort": None, "tip": None}, keep=("sort",))
    assert '"reduce": "sum"' in json.dumps(parts(plain)[0]["plot"], default=str)
    assert '"reduce": "sum"' not in json.dumps(parts(unsorted)[0]["plot"], default=str)


def test_the_legend_stands_below_the_chart_unless_the_user_has_put_it_somewhere() -> None:
    (_, legend) = parts(iv.component("scores_by_task", columns(), {"ci": False}, legend_columns=2))
    assert (legend["_frame_anchor"], legend["columns"]) == ("bottom", 2)
    own = iv.component("scores_by_task", columns(), {"ci": False, "legend": "color"}, legend_columns=2)
    assert parts(own)[1]["_frame_anchor"] == "right"


def test_a_radar_has_no_more_room_above_than_its_title_needs() -> None:
    axes = ["rivers", "lakes", "capitals"]
    given: dict[str, list[Any]] = {
        "model": ["1B"] * 3,
        "task_id": axes,
        "task_name": axes,
        "score_headline_name": ["match"] * 3,
        "score_headline_metric": ["accuracy"] * 3,
        "score_headline_value": [0.5, 0.6, 0.7],
        "log": [""] * 3,
    }
    values = {("1B", axis): 50.0 for axis in axes}
    arguments = {"width": 500, "margin": 100}
    chart = iv.radar(
        "scores_radar_by_task", given, {}, arguments, "task_name", values, dict.fromkeys(axes, "match"), 1
    )
    plot = parts(chart)[0]
    assert (plot["width"], plot["height"], plot["marginTop"], plot["marginBottom"]) == (500, 428, 64, 64)


def test_a_whisker_with_a_halo_lies_on_a_wider_line() -> None:
    haloed = iv.WhiskerColumns(WHISKERS.rule, {**WHISKERS.channels, "stroke": "black"}, halo="white")
    chart = iv.component("scores_by_task", columns(), {"ci": False}, haloed)
    strokes = [mark["stroke"] for mark in parts(chart)[0]["plot"] if mark["mark"] == "ruleX"]
    assert strokes == ["white", "black"]


def test_what_noise_alone_makes_is_marked_across_the_whisker() -> None:
    chart = iv.component("scores_by_task", {**columns(), iv.NOISE: [0.2, None]}, {"ci": False}, WHISKERS)
    (tick,) = [mark for mark in parts(chart)[0]["plot"] if mark["mark"] == "tickY"]
    assert [column_of(tick[channel]) for channel in ("x", "fx", "y")] == [iv.MODEL, iv.TASK, iv.NOISE]
    plain = iv.component("scores_by_task", columns(), {"ci": False}, WHISKERS)
    assert "tickY" not in [mark["mark"] for mark in parts(plain)[0]["plot"]]


def test_noise_is_marked_across_lying_whiskers_too() -> None:
    lying = iv.WhiskerColumns("rule_y", {"x1": iv.LOWER, "x2": iv.UPPER, "y": iv.MODEL})
    chart = iv.component("scores_by_task", {**columns(), iv.NOISE: [0.2, None]}, {"ci": False}, lying)
    (tick,) = [mark for mark in parts(chart)[0]["plot"] if mark["mark"] == "tickX"]
    assert [column_of(tick[channel]) for channel in ("x", "y")] == [iv.NOISE, iv.MODEL]


def column_of(channel: Any) -> str:
    """The column that a channel of a mark shows."""
    return str(channel["column"] if isinstance(channel, dict) else channel)
