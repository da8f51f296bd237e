"""Calls of tools over the messages of samples, by inspect-viz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vizspec.draw.charts.inspectviz import data_of

SAMPLE = "id"
MESSAGE = "order"
TOOL = "tool_call_function"
LIMIT = "limit"


def tool_calls(
    columns: Mapping[str, Sequence[Any]], arguments: Mapping[str, Any], legend_columns: int = 0
) -> Any:
    """The component: a row a sample, a cell a call, and at its end the limit that ended the sample."""
    from inspect_viz import view
    from inspect_viz.plot import legend

    below = legend("color", frame_anchor="bottom", columns=legend_columns or None)
    return view.sample_tool_calls(data_of(columns), **{"legend": below, **arguments})
