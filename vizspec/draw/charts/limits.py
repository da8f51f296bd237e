"""Success within a limit, by inspect-viz, with the bands of the columns themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vizspec.draw.charts.inspectviz import LOWER, MODEL, UPPER, data_of

SHARE = "success_rate"
BAND_OPACITY = 0.12


def by_limit(
    columns: Mapping[str, Sequence[Any]], limit: str, arguments: Mapping[str, Any], legend_columns: int = 0
) -> Any:
    """The component; `limit` is the column of what is limited. Rows without an interval have no band."""
    from inspect_viz import mark, view
    from inspect_viz.plot import legend

    data = data_of(columns)
    places = [place for place, value in enumerate(columns[LOWER]) if value is not None]
    marks = []
    if places:
        known = data_of({name: [values[place] for place in places] for name, values in columns.items()})
        band: dict[str, Any] = {"x1": limit, "y1": LOWER, "y2": UPPER, "z": MODEL, "fill": MODEL}
        marks.append(mark.area(known, filter_by=data.selection, fill_opacity=BAND_OPACITY, **band))
    below = legend("color", frame_anchor="bottom", columns=legend_columns or None, target=data.selection)
    given = {"legend": below, **arguments}
    return view.scores_by_limit(data, success=SHARE, stderr=None, marks=marks, **given)
