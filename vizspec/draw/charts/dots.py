"""Dots with intervals, of inspect-viz's marks: a row a model, a panel a task, where bars are too many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vizspec.draw.charts.inspectviz import (
    INTERVAL_TEXT,
    LOG_VIEWER,
    LOWER,
    MODEL,
    NOISE,
    NOISE_COLOUR,
    NOISE_PIXELS,
    TASK,
    UPPER,
    VALUE,
    data_of,
    where_known,
)
from vizspec.draw.charts.titles import titled

DOT_RADIUS = 4
GAP = 0.16
"""The part of a panel's width that is free between two, so that the numbers at their ends stand apart."""


@dataclass(frozen=True)
class DotLayout:
    """How the dots are laid out; `colours` has a colour for each model, in the order of the rows."""

    title: str
    colours: Mapping[str, str]
    panels: tuple[str, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """Further attributes of the plot, which stand over the others."""


def dots(columns: Mapping[str, Sequence[Any]], look: DotLayout) -> Any:
    """The component. The columns are those of score views; a row without an interval has none drawn."""
    from inspect_viz import mark
    from inspect_viz.plot import plot

    data = data_of(columns)
    place: dict[str, Any] = {"y": MODEL, **({"fx": TASK} if len(look.panels) > 1 else {})}
    marks: list[Any] = []
    if any(value is not None for value in columns[LOWER]):
        line: dict[str, Any] = {"x1": LOWER, "x2": UPPER, "stroke": MODEL, "stroke_width": 2}
        marks.append(mark.rule_y(where_known(columns, LOWER), **line, **place))
    if NOISE in columns:
        noise: dict[str, Any] = {"x": NOISE, "stroke": NOISE_COLOUR, "stroke_width": NOISE_PIXELS}
        marks.append(mark.tick_x(where_known(columns, NOISE), **noise, **place))
    look_of_dot: dict[str, Any] = {"fill": MODEL, "stroke": "#ffffff", "r": DOT_RADIUS}
    marks.append(mark.dot(data, x=VALUE, tip=True, channels=_told(columns), **look_of_dot, **place))
    attributes = {
        **titled(look.title, over_panels=len(look.panels) > 1),
        "x_grid": True,
        "x_label_anchor": "center",
        "x_label_arrow": "none",
        "y_label": None,
        "y_domain": list(look.colours),
        "color_domain": list(look.colours),
        "color_range": list(look.colours.values()),
        **(
            {"fx_domain": list(look.panels), "fx_label": None, "fx_padding_inner": GAP}
            if len(look.panels) > 1
            else {}
        ),
        **look.attributes,
    }
    return plot(*marks, **attributes)


def _told(columns: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    named = {"Model": MODEL, "Task": TASK, "Score": VALUE, "Interval": INTERVAL_TEXT}
    return {**named, "Log viewer": LOG_VIEWER} if LOG_VIEWER in columns else named
