"""Symbols beside colours, where a chart has more values than the palette has colours of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizspec.draw.palette import CIRCLE, Symbol

JOINED = frozenset(
    {"line", "lineX", "lineY", "area", "areaX", "areaY", "barX", "barY", "rectX", "rectY", "rect", "cell"}
)
"""Marks whose colours a legend of symbols would not show."""


def with_symbols(chart: Any, column: str, symbols: Mapping[str, Symbol]) -> Any:
    """The component with a symbol for each value of the column that colours its dots.

    Where dots alone have these colours the legend shows the symbols too; nothing is filtered by a click on it
    then. The component is as it was where all are circles. The views of inspect-viz take no symbols, so they
    are set in the chart's configuration.
    """
    if set(symbols.values()) <= {CIRCLE}:
        return chart
    plots = [part for part in chart.config["hconcat"] if "plot" in part]
    coloured = [mark for part in plots for mark in part["plot"] if _is_coloured(mark, column)]
    dots = [mark for mark in coloured if mark["mark"] == "dot"]
    for mark in dots:
        mark.setdefault("symbol", column)
    for part in plots if dots else ():
        part |= {"symbolDomain": list(symbols), "symbolRange": list(symbols.values())}
    if dots and not any(mark["mark"] in JOINED for mark in coloured):
        _show_in_legend(chart)
    return chart


def _is_coloured(mark: Mapping[str, Any], column: str) -> bool:
    return column in (mark.get("fill"), mark.get("stroke"))


def _show_in_legend(chart: Any) -> None:
    for part in chart.config["hconcat"]:
        if part.get("legend") == "color":
            part["legend"] = "symbol"
            part.pop("as", None)
