"""A chart as the specification that inspect-viz's widget draws, without a widget for each of its marks.

inspect-viz makes a widget of every mark, every table and every row of plots before it writes down what they
come to; of panels by the hundred that takes most of a render. A chart that is made of shapes is written down
at once, in the same words (https://idl.uw.edu/mosaic/spec/).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

PLOT_DEFAULTS = {"width": 700, "height": 450}
"""What inspect-viz tells the widget where a plot has no size of its own."""
LINE_WIDTH = 1_000_000_000
"""Of tips: their lines are not broken."""


@dataclass(frozen=True, eq=False)
class Columns:
    """A table, named where the specification is completed: it stands where the table's name will."""

    values: Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class SpecReference:
    """A name that must be the chart's alone on its page, as the specification refers to it."""

    kind: Literal["selection", "plot"]

    def named(self, owner: str) -> str:
        """The name where the chart is called so."""
        return f"{self.kind}_{owner}"


SELECTION, PLOT = SpecReference("selection"), SpecReference("plot")
"""What the legend chooses, and the plot that it stands by."""


@dataclass(frozen=True, eq=False)
class Specification:
    """A chart but for the names of its tables and of what its page must not have twice.

    `content` is JSON with `Columns` and `SpecReference` in the place of names. `has_selection`: it refers to
    one.
    """

    content: Mapping[str, Any]
    has_selection: bool = False


def mark(
    name: str,
    columns: Mapping[str, Sequence[Any]] | None = None,
    *,
    at: Mapping[str, str] | None = None,
    tips: Mapping[str, str] | None = None,
    is_filtered: bool = False,
    **options: Any,
) -> dict[str, Any]:
    """A mark of Observable Plot over a table of its own.

    `at` are the columns that give it its places, by channel; `tips` those that its tip tells, by name.
    `is_filtered`: it shows the rows that the legend leaves.
    """
    made: dict[str, Any] = {"mark": name}
    if columns is not None:
        made["data"] = {"from": Columns(columns)} | ({"filterBy": SELECTION} if is_filtered else {})
    made |= {channel: {"column": column} for channel, column in (at or {}).items()}
    return made | options | (_tip(tips) if tips else {})


def plot(
    marks: Sequence[Mapping[str, Any]], attributes: Mapping[str, Any], legend: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Marks on one pair of axes, with a legend below them that filters."""
    own = {"plot": list(marks), **attributes}
    if legend is None:
        return {"hconcat": [own]}
    return {"hconcat": [own | {"name": PLOT}, {**_LEGEND, **legend, "for": PLOT}]}


def rows_of(plots: Sequence[dict[str, Any]], columns: int) -> Specification:
    """The plots in a grid."""
    rows = [plots[at : at + columns] for at in range(0, len(plots), columns)]
    content = {"vconcat": [{"hconcat": row} if len(row) > 1 else row[0] for row in rows]}
    filters = any(part.get("as") is SELECTION for one in plots for part in one["hconcat"])
    return Specification(content | {"plotDefaults": PLOT_DEFAULTS}, filters)


_LEGEND: Mapping[str, Any] = {
    "legend": "color",
    "as": SELECTION,
    "_inset": None,
    "_inset_x": None,
    "_inset_y": None,
    "_border": True,
    "_background": True,
    "_frame_anchor": "bottom",
}


def _tip(tips: Mapping[str, str]) -> dict[str, Any]:
    channels = {**tips, "_user_channels": [json.dumps(dict(tips))]}
    return {"tip": {"lineWidth": LINE_WIDTH}, "channels": channels}
