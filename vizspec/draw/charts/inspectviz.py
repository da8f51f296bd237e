"""Charts by inspect-viz: frames with safe column names in, components out. No files.

The frames use the column names that inspect-viz's views expect by default, so that no name of the
user's reaches its SQL; people's labels are values in the frame, or texts beside it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

MODEL = "model_display_name"
TASK = "task_display_name"
VALUE = "score_headline_value"
STDERR = "score_headline_stderr"
LOWER = "interval_lower"
UPPER = "interval_upper"
NOISE = "noise_limit"
"""The value up to which noise alone may make it; a column of charts of errors only."""
FACTOR = "factor_level"
LOG_VIEWER = "log_viewer"
VALUE_TEXT = "value_text"
"""The value as a cell shows it."""
INTERVAL_TEXT = "interval_text"
"""The interval as a tip tells it."""
TOLD = {"Score": VALUE, "Interval": INTERVAL_TEXT}
"""What every tip tells besides what its view names."""
USER_CHANNELS = "_user_channels"
"""Where inspect-viz keeps what a tip tells, as JSON."""

TITLE_PIXELS = 64
"""The room above a radar that its title and a label take."""

HALO_PIXELS = 3.5
NOISE_COLOUR = "crimson"
NOISE_PIXELS = 2


@dataclass(frozen=True)
class WhiskerColumns:
    """Intervals drawn from their own columns: `rule` is `rule_x` (vertical) or `rule_y` (horizontal).

    A `halo` of this colour is seen on both sides of the line, so that it stands out from a dark bar.
    """

    rule: str
    channels: Mapping[str, Any]
    halo: str | None = None


def component(
    function: str,
    columns: Mapping[str, Sequence[Any]],
    arguments: Mapping[str, Any],
    whiskers: WhiskerColumns | None = None,
    keep: Container[str] = (),
    legend_columns: int | None = None,
    tips: Mapping[str, str] = MappingProxyType({}),
) -> Any:
    """The inspect-viz component that `function` makes of the columns.

    Arguments that are None are left to inspect-viz, but for those of `keep`, to which None means something.
    Rows whose interval is not known have no whisker. With `legend_columns` the legend stands below the chart,
    and a click on it filters bars and whiskers alike. Cells show a column `VALUE_TEXT`, where there is one.
    `tips` has other names for what tips tell.
    """
    from inspect_viz import view

    data = data_of(columns)
    given = {name: value for name, value in arguments.items() if value is not None or name in keep}
    if whiskers is not None and any(value is not None for value in columns[LOWER]):
        given["marks"] = _marks(whiskers, columns, data.selection)
    chart = getattr(view, function)(data, **given)
    if legend_columns is not None:
        _let_legend_filter(chart, data.selection)
    _write_values_as_texts(chart, are_shown=VALUE_TEXT in columns)
    if INTERVAL_TEXT in columns or tips:
        _tell(chart, TOLD if INTERVAL_TEXT in columns else {}, tips)
    return _with_legend_below(chart, given, legend_columns)


def radar(
    function: str,
    columns: Mapping[str, Sequence[Any]],
    preparation: Mapping[str, Any],
    arguments: Mapping[str, Any],
    axis: str,
    values: Mapping[tuple[str, str], float],
    scorers: Mapping[str, str],
    legend_columns: int | None = None,
    axes: Mapping[str, str] | None = None,
    rings: Mapping[float, str] = MappingProxyType({}),
    further: Callable[[Sequence[tuple[str, str]]], Mapping[str, Sequence[Any]]] = lambda pairs: {},
) -> Any:
    """The radar chart that `function` makes of the columns, by its own `…_df` preparation.

    The columns hold positions between the centre (0) and the circle (1); tooltips tell the `values`, by model
    and axis, and the `scorers`, by axis. `axis` is the column that names an axis, `axes` what is shown for
    each name in it, `rings` what is written at the rings, by their radius. `further` gives more columns, of
    rows of these models and axes.
    """
    import pandas as pd
    from inspect_viz import Data, view

    prepare = getattr(view, f"{function}_df")
    frame = prepare(pd.DataFrame(dict(columns)), **preparation)
    if axes is not None:
        frame[axis] = frame[axis].map(dict(axes))
    pairs = list(zip(frame["model"], frame[axis], strict=True))
    frame["value"] = [values[pair] for pair in pairs]
    for name, more in further(pairs).items():
        frame[name] = more
    frame["scorer"] = frame[axis].map(dict(scorers))
    given = {name: value for name, value in arguments.items() if value is not None}
    chart = getattr(view, function)(Data.from_dataframe(frame), **given)
    _label_rings(chart, rings, len(set(frame[axis])))
    return _with_legend_below(_without_room_above(chart), given, legend_columns)


def sql_text(text: str) -> str:
    """The text as it must stand between single quotes in SQL.

    Mosaic takes `$name` for a parameter wherever it stands in SQL, so a dollar is named by its code.
    """
    return text.replace("'", "''").replace("$", "'||chr(36)||'")


def data_of(columns: Mapping[str, Sequence[Any]]) -> Any:
    """The columns as inspect-viz's data."""
    import pandas as pd
    from inspect_viz import Data

    return Data.from_dataframe(pd.DataFrame(dict(columns)))


def _with_legend_below(chart: Any, given: Mapping[str, Any], columns: int | None) -> Any:
    """The chart with its legend below it, in as many columns; a legend of the user's own stays.

    Beside the chart it would leave an empty strip as wide as itself. Views that make their own legend take
    no place for it, so it is changed in the chart's configuration.
    """
    if columns is not None and "legend" not in given:
        for part in chart.config["hconcat"]:
            if "legend" in part:
                part |= {"_frame_anchor": "bottom", "columns": columns or None}
    return chart


def _let_legend_filter(chart: Any, selection: Any) -> None:
    """Makes a click on a colour legend filter the chart, where its view has not done so."""
    for part in chart.config["hconcat"]:
        if part.get("legend") == "color":
            part.setdefault("as", f"${selection.id}")


def _write_values_as_texts(chart: Any, *, are_shown: bool) -> None:
    """Makes cells show the column of texts, or none: inspect-viz writes numbers with no decimals of ours.

    Words that nobody sees would cost a browser as much as those that are read.
    """
    for part in chart.config["hconcat"]:
        for mark in [mark for mark in part.get("plot", ()) if _writes_values(mark)]:
            if are_shown:
                mark["text"] = VALUE_TEXT
            else:
                part["plot"].remove(mark)


def _writes_values(mark: Mapping[str, Any]) -> bool:
    return mark.get("mark") == "text" and mark.get("text") == {"avg": VALUE}


def _tell(chart: Any, further: Mapping[str, str], tips: Mapping[str, str]) -> None:
    """Makes tips tell what is further known, and call the rest as `tips` says."""
    for part in chart.config["hconcat"]:
        for mark in part.get("plot", ()):
            channels = mark.get("channels")
            if channels and USER_CHANNELS in channels:
                (encoded,) = channels[USER_CHANNELS]
                named = {tips.get(name, name): column for name, column in json.loads(encoded).items()}
                named.pop("Stderr", None)
                known = set(named.values())
                named |= {name: column for name, column in further.items() if column not in known}
                mark["channels"] = {**named, USER_CHANNELS: [json.dumps(named)]}


def _label_rings(chart: Any, rings: Mapping[float, str], axes: int) -> None:
    """Writes at each ring what it stands for, midway between the first axis and the next."""
    angle = math.pi / max(axes, 1)
    marks = [
        {
            "mark": "text",
            "x": [radius * math.cos(angle)],
            "y": [radius * math.sin(angle)],
            "text": [text],
            "fontSize": 9,
            "fill": "#666",
            "stroke": "white",
        }
        for radius, text in rings.items()
    ]
    for part in chart.config["hconcat"]:
        if "plot" in part:
            part["plot"].extend(marks)


def _without_room_above(chart: Any) -> Any:
    """A radar with no more room above and below than its title needs: labels stand to its left and right."""
    for part in chart.config["hconcat"]:
        unused = part.get("margin", 0) - TITLE_PIXELS
        if unused > 0:
            part["height"] -= 2 * unused
            part |= {"marginTop": TITLE_PIXELS, "marginBottom": TITLE_PIXELS}
    return chart


def _marks(whiskers: WhiskerColumns, columns: Mapping[str, Sequence[Any]], selection: Any) -> list[Any]:
    from inspect_viz import mark

    data = where_known(columns, LOWER)
    rule = getattr(mark, whiskers.rule)
    line = rule(data, filter_by=selection, **whiskers.channels)
    marks = [line]
    if whiskers.halo is not None:
        wider = {"stroke": whiskers.halo, "stroke_width": HALO_PIXELS}
        marks.insert(0, rule(data, filter_by=selection, **{**whiskers.channels, **wider, "marker": None}))
    if NOISE in columns:
        marks.append(_noise_tick(whiskers, where_known(columns, NOISE), selection))
    return marks


def _noise_tick(whiskers: WhiskerColumns, data: Any, selection: Any) -> Any:
    """A line across the whisker, at the value up to which noise alone may make it."""
    from inspect_viz import mark

    is_upright = whiskers.rule == "rule_x"
    value, places = ("y", ("x", "fx")) if is_upright else ("x", ("y", "fy"))
    channels: dict[str, Any] = {name: whiskers.channels[name] for name in places if name in whiskers.channels}
    channels |= {value: NOISE, "stroke": NOISE_COLOUR, "stroke_width": NOISE_PIXELS}
    tick = mark.tick_y if is_upright else mark.tick_x
    return tick(data, filter_by=selection, **channels)


def where_known(columns: Mapping[str, Sequence[Any]], name: str) -> Any:
    """The rows that have a value in one column."""
    known = [place for place, value in enumerate(columns[name]) if value is not None]
    return data_of({column: [values[place] for place in known] for column, values in columns.items()})
