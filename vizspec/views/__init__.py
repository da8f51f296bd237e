"""The view kinds. `KINDS` is the one place where a kind is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Field

from vizspec.views import (
    calibration_curves,
    comparisons,
    compute_utilization,
    heatmap,
    plot,
    prediction_histogram,
    roc_curves,
    sample_heatmap,
    sample_tool_calls,
    scores_by_factor,
    scores_by_limit,
    scores_by_model,
    scores_by_task,
    scores_by_variable,
    scores_heatmap,
    scores_radar_by_metric,
    scores_radar_by_task,
    scores_timeline,
    script,
    table,
)
from vizspec.views.base import Kind
from vizspec.views.entry import Entry

KINDS: dict[str, Kind[Any, Any]] = {
    "scores_by_task": scores_by_task.KIND,
    "scores_heatmap": scores_heatmap.KIND,
    "scores_radar_by_task": scores_radar_by_task.KIND,
    "scores_radar_by_metric": scores_radar_by_metric.KIND,
    "scores_by_factor": scores_by_factor.KIND,
    "scores_by_model": scores_by_model.KIND,
    "scores_by_variable": scores_by_variable.KIND,
    "scores_timeline": scores_timeline.KIND,
    "scores_by_limit": scores_by_limit.KIND,
    "plot": plot.KIND,
    "heatmap": heatmap.KIND,
    "sample_heatmap": sample_heatmap.KIND,
    "sample_tool_calls": sample_tool_calls.KIND,
    "table": table.KIND,
    "comparisons": comparisons.KIND,
    "roc_curves": roc_curves.KIND,
    "calibration_curves": calibration_curves.KIND,
    "prediction_histogram": prediction_histogram.KIND,
    "compute_utilization": compute_utilization.KIND,
    "script": script.KIND,
}

if TYPE_CHECKING:
    AnyEntry = Entry
else:
    AnyEntry = Annotated[
        Union[tuple(kind.entry for kind in KINDS.values())],  # noqa: UP007 - made from the registry
        Field(discriminator="view"),
    ]
