"""Dots have symbols beside their colours where there are more values than the palette has."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from vizspec.draw.charts.symbols import with_symbols
from vizspec.draw.palette import Symbol

TWO: Mapping[str, Symbol] = {"a": "circle", "b": "square"}


def a_chart(*marks: dict[str, Any]) -> Any:
    legend = {"legend": "color", "as": "$chosen"}
    return SimpleNamespace(config={"hconcat": [{"plot": list(marks)}, legend]})


def test_dots_of_the_column_have_symbols_and_the_legend_shows_them() -> None:
    chart = with_symbols(a_chart({"mark": "dot", "fill": "c"}, {"mark": "dot", "fill": "red"}), "c", TWO)
    plot, legend = chart.config["hconcat"]
    assert plot["plot"] == [{"mark": "dot", "fill": "c", "symbol": "c"}, {"mark": "dot", "fill": "red"}]
    assert (plot["symbolDomain"], plot["symbolRange"]) == (["a", "b"], ["circle", "square"])
    assert legend == {"legend": "symbol"}


def test_the_legend_of_lines_stays_that_of_colours_which_filters() -> None:
    chart = with_symbols(a_chart({"mark": "line", "stroke": "c"}, {"mark": "dot", "fill": "c"}), "c", TWO)
    plot, legend = chart.config["hconcat"]
    assert plot["plot"][1]["symbol"] == "c"
    assert legend == {"legend": "color", "as": "$chosen"}


def test_a_symbol_of_the_mark_s_own_stays() -> None:
    chart = with_symbols(a_chart({"mark": "dot", "stroke": "c", "symbol": "star"}), "c", TWO)
    assert chart.config["hconcat"][0]["plot"][0]["symbol"] == "star"


def test_charts_of_circles_alone_and_without_dots_are_as_they_were() -> None:
    circles = with_symbols(a_chart({"mark": "dot", "fill": "c"}), "c", {"a": "circle", "b": "circle"})
    assert circles.config == a_chart({"mark": "dot", "fill": "c"}).config
    lines = with_symbols(a_chart({"mark": "line", "stroke": "c"}), "c", TWO)
    assert lines.config == a_chart({"mark": "line", "stroke": "c"}).config
