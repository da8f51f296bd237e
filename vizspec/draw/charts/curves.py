"""Lines with bands over a variable, of inspect-viz's marks: a line a series, a panel a facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vizspec.draw.charts.inspectviz import INTERVAL_TEXT, LOG_VIEWER, LOWER, UPPER, VALUE, data_of
from vizspec.draw.charts.symbols import with_symbols
from vizspec.draw.charts.titles import titled
from vizspec.draw.palette import Symbol
from vizspec.draw.shapes.plots.mark_calls import ColumnValues

PLACE = "place"
SERIES = "series"
PANEL = "panel"
NAME = "evaluation"
BAND_OPACITY = 0.16
REFERENCE = "#595959"
DOT_RADIUS = 3.5


@dataclass(frozen=True)
class CurveLayout:
    """How the lines are laid out; `colours` has a colour for each series in the legend's order.

    `has_lines`: whether points of a series are joined; where they are not, every interval is a whisker.
    `attributes` are further attributes of the plot, which stand over the others.
    """

    title: str
    colours: Mapping[str, str]
    panels: tuple[str, ...]
    has_lines: bool
    legend_columns: int = 0
    attributes: Mapping[str, Any] = field(default_factory=dict)
    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    """What the points of each series are drawn as."""


def curves(points: ColumnValues, references: ColumnValues, look: CurveLayout) -> Any:
    """The component. Points have the columns of this module and those of intervals; so have references.

    A point without an interval has none drawn, and one that stands alone in its line has a whisker.
    """
    from inspect_viz import mark
    from inspect_viz.plot import legend, plot

    data = data_of(points)
    place: dict[str, Any] = {"x": PLACE, **_panel(look)}
    shared = {"filter_by": data.selection, **place}
    known = [value is not None for value in points[LOWER]]
    alone = _alone(points, known) if look.has_lines else known
    banded = [has and not single for has, single in zip(known, alone, strict=True)]
    marks: list[Any] = []
    if any(banded):
        band = {key: value for key, value in shared.items() if key != "x"}
        marks.append(
            mark.area(
                data_of(_where(points, banded)),
                x1=PLACE,
                y1=LOWER,
                y2=UPPER,
                z=SERIES,
                fill=SERIES,
                fill_opacity=BAND_OPACITY,
                **band,
            )
        )
    marks += _references(references, look)
    if any(alone):
        whiskers = data_of(_where(points, alone))
        marks.append(mark.rule_x(whiskers, y1=LOWER, y2=UPPER, stroke=SERIES, marker="tick-x", **shared))
    if look.has_lines:
        marks.append(mark.line(data, y=VALUE, z=SERIES, stroke=SERIES, stroke_width=2, **shared))
    marks.append(
        mark.dot(
            data,
            y=VALUE,
            fill=SERIES,
            stroke="#ffffff",
            r=DOT_RADIUS,
            tip=True,
            channels=_told(points),
            **shared,
        )
    )
    attributes = {
        **titled(look.title, over_panels=len(look.panels) > 1),
        "color_domain": list(look.colours),
        "color_range": list(look.colours.values()),
        "legend": legend(
            "color", frame_anchor="bottom", columns=look.legend_columns or None, target=data.selection
        ),
        **look.attributes,
    }
    return with_symbols(plot(*marks, **attributes), SERIES, look.symbols)


def _panel(look: CurveLayout) -> dict[str, Any]:
    return {"fx": PANEL} if len(look.panels) > 1 else {}


def _told(points: ColumnValues) -> dict[str, str]:
    named = {"Evaluation": NAME, "Score": VALUE, "Interval": INTERVAL_TEXT}
    return {**named, "Log viewer": LOG_VIEWER} if LOG_VIEWER in points else named


def _references(references: ColumnValues, look: CurveLayout) -> list[Any]:
    """Dashed lines across, each with its name at its right end."""
    from inspect_viz import mark

    if not references[VALUE]:
        return []
    data = data_of(references)
    dashed: dict[str, Any] = {"stroke": REFERENCE, "stroke_dasharray": "5,4", "stroke_width": 1.25}
    words: dict[str, Any] = {
        "frame_anchor": "right",
        "fill": REFERENCE,
        "stroke": "white",
        "dx": -3,
        "dy": -7,
    }
    return [
        mark.rule_y(data, y=VALUE, **dashed, **_panel(look)),
        mark.text(data, y=VALUE, text=NAME, styles={"text_anchor": "end"}, **words, **_panel(look)),
    ]


def _alone(points: ColumnValues, known: Sequence[bool]) -> list[bool]:
    """Which points with an interval have no neighbour with one in their line."""
    lines = list(zip(points[SERIES], points[PANEL], strict=True))
    times = Counter(line for line, has in zip(lines, known, strict=True) if has)
    return [has and times[line] < 2 for line, has in zip(lines, known, strict=True)]


def _where(columns: ColumnValues, chosen: Sequence[bool]) -> dict[str, list[Any]]:
    """The rows that are chosen."""
    return {
        name: [value for value, is_chosen in zip(values, chosen, strict=True) if is_chosen]
        for name, values in columns.items()
    }
