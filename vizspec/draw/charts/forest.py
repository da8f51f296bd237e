"""A forest plot of differences, of inspect-viz's marks: a row a comparison, its intervals around a dot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.draw.charts.inspectviz import data_of

LABEL = "pair_label"
DIFFERENCE = "difference"
LOWER = "lower_end"
UPPER = "upper_end"
LOWER_TOGETHER = "lower_together"
UPPER_TOGETHER = "upper_together"
VERDICT = "verdict"
TEXT = "difference_text"

ZERO = "#404040"
THIN = 1.25
THICK = 4


@dataclass(frozen=True)
class ForestLayout:
    """How a forest plot is laid out: sizes in pixels, and a colour for each verdict in the legend's order."""

    title: str
    x_label: str
    width: float
    height: float
    margin_left: float
    x_domain: tuple[float, float]
    colours: Mapping[str, str]
    margin: float | None = None
    options: Mapping[str, Any] | None = None


def forest(columns: Mapping[str, Sequence[Any]], look: ForestLayout) -> Any:
    """The component. Rows stand in the order of the columns; one without an interval has none drawn."""
    from inspect_viz.mark import dot, rule_x, rule_y
    from inspect_viz.plot import legend, plot

    data = data_of(columns)
    shared = {"y": LABEL, "filter_by": data.selection}
    thick = _rows(columns, LOWER)
    ends = () if look.margin is None else (-look.margin, look.margin)
    dashed: dict[str, Any] = {"stroke": ZERO, "stroke_dasharray": "3,3", "stroke_opacity": 0.7}
    marks = [rule_x(x=[0], stroke=ZERO), *(rule_x(x=[end], **dashed) for end in ends)]
    together = _rows(columns, LOWER_TOGETHER)
    if together is not None:
        wide = data_of(together)
        marks.append(
            rule_y(wide, x1=LOWER_TOGETHER, x2=UPPER_TOGETHER, stroke=VERDICT, stroke_width=THIN, **shared)
        )
    if thick is not None:
        marks.append(rule_y(data_of(thick), x1=LOWER, x2=UPPER, stroke=VERDICT, stroke_width=THICK, **shared))
    marks.append(
        dot(
            data,
            x=DIFFERENCE,
            y=LABEL,
            fill=VERDICT,
            stroke="#ffffff",
            r=5,
            filter_by=data.selection,
            tip=True,
            channels={"Comparison": LABEL, "Difference": TEXT, "Verdict": VERDICT},
        )
    )
    arguments = {
        "title": look.title,
        "x_label": look.x_label,
        "y_label": None,
        "width": look.width,
        "height": look.height,
        "margin_left": look.margin_left,
        "margin_right": 20,
        "margin_top": 40,
        "x_domain": list(look.x_domain),
        "x_grid": True,
        "x_label_anchor": "center",
        "x_label_arrow": "none",
        "y_domain": list(columns[LABEL]),
        "color_domain": list(look.colours),
        "color_range": list(look.colours.values()),
        "legend": legend("color", frame_anchor="bottom", target=data.selection),
        **(look.options or {}),
    }
    return plot(*marks, **arguments)


def _rows(columns: Mapping[str, Sequence[Any]], known: str) -> dict[str, list[Any]] | None:
    """The columns without the rows that have no value of one; None where none is left."""
    places = [place for place, value in enumerate(columns[known]) if value is not None]
    if not places:
        return None
    return {name: [values[place] for place in places] for name, values in columns.items()}
