"""Rows of dots as they are handed to inspect-viz: which marks there are, and from which rows."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.draw.charts.dots import DotLayout, dots
from vizspec.draw.charts.inspectviz import INTERVAL_TEXT, LOWER, MODEL, NOISE, TASK, UPPER, VALUE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

COLUMNS: dict[str, list[Any]] = {
    MODEL: ["a", "b"],
    TASK: ["size", "size"],
    VALUE: [0.5, 0.75],
    LOWER: [0.4, None],
    UPPER: [0.6, None],
    INTERVAL_TEXT: ["0.400-0.600", "not known"],
}
LOOK = DotLayout("Accuracy", {"b": "#0072b2", "a": "#d55e00"}, ("size",), {"width": 700})


def plotted(columns: dict[str, list[Any]], look: DotLayout = LOOK) -> dict[str, Any]:
    (plot,) = dots(columns, look).config["hconcat"]
    found: dict[str, Any] = plot
    return found


def kinds(plot: dict[str, Any]) -> list[str]:
    return [mark["mark"] for mark in plot["plot"] if mark["mark"] != "text"]


def test_a_model_has_a_row_in_the_order_and_the_colour_that_are_given() -> None:
    plot = plotted(COLUMNS)
    assert kinds(plot) == ["ruleY", "dot"]
    assert (plot["yDomain"], plot["colorRange"], plot["width"]) == (["b", "a"], ["#0072b2", "#d55e00"], 700)


def test_where_no_interval_is_known_there_is_no_line() -> None:
    assert kinds(plotted({**COLUMNS, LOWER: [None, None], UPPER: [None, None]})) == ["dot"]


def test_the_limit_of_noise_is_a_tick() -> None:
    assert kinds(plotted({**COLUMNS, NOISE: [0.55, None]})) == ["ruleY", "tickX", "dot"]


def test_several_tasks_have_a_panel_each() -> None:
    alone = plotted(COLUMNS)
    beside = plotted(
        {**COLUMNS, TASK: ["size", "shape"]}, DotLayout("Accuracy", LOOK.colours, ("size", "shape"))
    )
    assert "fxDomain" not in alone
    assert beside["fxDomain"] == ["size", "shape"]
    assert all(mark["fx"] for mark in beside["plot"] if mark["mark"] != "text")
