"""The marks of lines with bands."""

from __future__ import annotations

from typing import Any

from vizspec.draw.charts import curves as cv
from vizspec.draw.charts.inspectviz import INTERVAL_TEXT, LOWER, UPPER, VALUE
from vizspec.draw.charts.titles import OVER_PANELS

NONE: dict[str, list[Any]] = {cv.NAME: [], cv.PANEL: [], VALUE: []}


def points(count: int = 2, **columns: list[Any]) -> dict[str, list[Any]]:
    given: dict[str, list[Any]] = {
        cv.PLACE: list(range(count)),
        cv.SERIES: ["1B"] * count,
        cv.PANEL: [""] * count,
        cv.NAME: ["1B · capitals"] * count,
        VALUE: [0.5] * count,
        LOWER: [0.4] * count,
        UPPER: [0.6] * count,
        INTERVAL_TEXT: ["0.4–0.6"] * count,
    }
    return {**given, **columns}


def plotted(
    columns: dict[str, list[Any]],
    references: dict[str, list[Any]] = NONE,
    panels: tuple[str, ...] = ("",),
    *,
    has_lines: bool = True,
) -> dict[str, Any]:
    look = cv.CurveLayout("Scores", {"1B": "#0072b2"}, panels, has_lines)
    found: dict[str, Any] = cv.curves(columns, references, look).config["hconcat"][0]
    return found


def marks(plot: dict[str, Any]) -> list[str]:
    return [mark["mark"] for mark in plot["plot"]][1:]  # the first is the title


def test_a_line_has_its_band_and_its_points() -> None:
    plot = plotted(points())
    assert marks(plot) == ["area", "line", "dot"]
    assert (plot["colorDomain"], plot["colorRange"]) == (["1B"], ["#0072b2"])


def test_a_point_alone_in_its_line_has_a_whisker() -> None:
    assert marks(plotted(points(1))) == ["ruleX", "line", "dot"]
    assert marks(plotted(points(2, **{LOWER: [0.4, None]}))) == ["ruleX", "line", "dot"]


def test_points_without_any_interval_have_neither_band_nor_whisker() -> None:
    assert marks(plotted(points(2, **{LOWER: [None, None]}))) == ["line", "dot"]


def test_categories_are_not_joined() -> None:
    assert marks(plotted(points(), has_lines=False)) == ["ruleX", "dot"]


def test_references_are_dashed_lines_with_their_names() -> None:
    plot = plotted(points(), {cv.NAME: ["chance"], cv.PANEL: [""], VALUE: [0.25]})
    assert marks(plot) == ["area", "ruleY", "text", "line", "dot"]
    assert plot["plot"][2]["strokeDasharray"]


def test_each_panel_has_a_facet_and_the_title_stands_over_their_names() -> None:
    plot = plotted(points(2, **{cv.PANEL: ["a", "b"]}), panels=("a", "b"))
    assert all(mark["fx"] == cv.PANEL for mark in plot["plot"][1:])
    assert plot["plot"][0]["dy"] == -OVER_PANELS
