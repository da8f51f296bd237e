"""Charts by inspect-viz: frames with safe column names in, components out. No files.

The frames use the column names that inspect-viz's views expect by default, so that no name of the
user's reaches its SQL; people's labels are values in the frame, or texts beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MODEL = "model_display_name"
TASK = "task_display_name"
VALUE = "score_headline_value"
STDERR = "score_headline_stderr"
LOWER = "interval_lower"
UPPER = "interval_upper"
FACTOR = "factor_level"
LOG_VIEWER = "log_viewer"


@dataclass(frozen=True)
class Whiskers:
    """Intervals drawn from their own columns: `rule` is `rule_x` (vertical) or `rule_y` (horizontal)."""

    rule: str
    channels: Mapping[str, Any]


def component(
    function: str,
    columns: Mapping[str, Sequence[Any]],
    arguments: Mapping[str, Any],
    whiskers: Whiskers | None = None,
) -> Any:
    """The inspect-viz component that `function` makes of the columns.

    Arguments that are None are left to inspect-viz. Rows whose interval is not known have no whisker.
    """
    from inspect_viz import view

    data = _data(columns)
    given = {name: value for name, value in arguments.items() if value is not None}
    if whiskers is not None and any(value is not None for value in columns[LOWER]):
        given["marks"] = [_marks(whiskers, columns)]
    return getattr(view, function)(data, **given)


def radar(
    function: str,
    columns: Mapping[str, Sequence[Any]],
    frame_arguments: Mapping[str, Any],
    arguments: Mapping[str, Any],
    axes: Mapping[str, str],
) -> Any:
    """The radar chart that `function` makes of the columns, by its own `…_df` preparation.

    `axes` gives the label of each metric alias where the axes are metrics.
    """
    import pandas as pd
    from inspect_viz import Data, view

    prepare = getattr(view, f"{function}_df")
    frame = prepare(pd.DataFrame(dict(columns)), **frame_arguments)
    if axes:
        frame["metric"] = frame["metric"].map(dict(axes))
    given = {name: value for name, value in arguments.items() if value is not None}
    return getattr(view, function)(Data.from_dataframe(frame), **given)


def sql_text(text: str) -> str:
    """The text as it must stand between single quotes in SQL."""
    return text.replace("'", "''")


def _data(columns: Mapping[str, Sequence[Any]]) -> Any:
    import pandas as pd
    from inspect_viz import Data

    return Data.from_dataframe(pd.DataFrame(dict(columns)))


def _marks(whiskers: Whiskers, columns: Mapping[str, Sequence[Any]]) -> Any:
    from inspect_viz import mark

    known = [place for place, value in enumerate(columns[LOWER]) if value is not None]
    data = _data({name: [values[place] for place in known] for name, values in columns.items()})
    return getattr(mark, whiskers.rule)(data, **whiskers.channels)
