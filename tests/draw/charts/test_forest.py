"""The forest plot's marks."""

from __future__ import annotations

from typing import Any

from vizspec.draw.charts import forest as fp

LOOK = fp.ForestLayout("Differences", "Difference", 700, 200, 100, (-0.1, 0.2), {"better": "#0072b2"})


def plotted(look: fp.ForestLayout = LOOK, **columns: list[Any]) -> dict[str, Any]:
    given: dict[str, list[Any]] = {
        fp.LABEL: ["a - b"],
        fp.DIFFERENCE: [0.1],
        fp.LOWER: [0.0],
        fp.UPPER: [0.2],
        fp.LOWER_TOGETHER: [None],
        fp.UPPER_TOGETHER: [None],
        fp.VERDICT: ["better"],
        fp.TEXT: ["0.1 (0 to 0.2)"],
    }
    found: dict[str, Any] = fp.forest({**given, **columns}, look).config["hconcat"][0]
    return found


def marks(plot: dict[str, Any]) -> list[str]:
    return [mark["mark"] for mark in plot["plot"] if mark["mark"] != "text"]


def test_a_line_at_no_difference_an_interval_and_a_dot() -> None:
    plot = plotted()
    assert marks(plot) == ["ruleX", "ruleY", "dot"]
    assert (plot["xDomain"], plot["yDomain"]) == ([-0.1, 0.2], ["a - b"])
    assert (plot["colorDomain"], plot["colorRange"]) == (["better"], ["#0072b2"])


def test_intervals_that_hold_together_are_thin_lines_below() -> None:
    plot = plotted(LOOK, **{fp.LOWER_TOGETHER: [-0.1], fp.UPPER_TOGETHER: [0.3]})
    widths = [mark["strokeWidth"] for mark in plot["plot"] if mark["mark"] == "ruleY"]
    assert widths == [fp.THIN, fp.THICK]


def test_an_interval_that_is_not_known_is_not_drawn() -> None:
    assert marks(plotted(LOOK, **{fp.LOWER: [None], fp.UPPER: [None]})) == ["ruleX", "dot"]
