"""Plots of a few rows as shapes, for the tests of their marks and scales."""

from __future__ import annotations

from typing import Any

from vizspec.draw.shapes.model import (
    Shapes,
)
from vizspec.draw.shapes.plots.figure import shapes_of
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn

COLUMNS = {"c0": ("a", "b", "a"), "c1": (1.0, 4.0, 2.0), "c2": ("u", "u", "v")}
A, B, C = PlotColumn("c0"), PlotColumn("c1"), PlotColumn("c2")
RED_AND_BLUE: dict[str, Any] = {"color_domain": ("u", "v"), "color_range": ("#ff0000", "#0000ff")}


def mark(function: str, **arguments: Any) -> PlotCall:
    return PlotCall(function, tuple(arguments.items()))


def drawn(*marks: PlotCall, columns: Any = None, legend: bool = True, **attributes: Any) -> Shapes:
    given = {"width": 700, "height": 430, **attributes}
    return shapes_of(columns or COLUMNS, marks, given, "Own", has_legend=legend)


def only(shapes: Shapes, kind: type) -> Any:
    (found,) = [one for panel in shapes.panels for one in panel.marks if isinstance(one, kind)]
    return found
