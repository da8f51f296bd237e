"""ROC curves of the models of a task, with the area under each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from vizspec.draw.panels import overlay_pages
from vizspec.draw.roc import RocSeries, roc_figures
from vizspec.estimates import Estimate
from vizspec.risk.curves import roc_points
from vizspec.risk.statistics import AUC
from vizspec.selection import Selection
from vizspec.views._risk import RiskFigure, Series, plan_tasks
from vizspec.views.base import Draft, Entry, Figure, Kind, Need, Skip


class RocCurves(Entry):
    """How well each model's risk scores rank the samples: ROC curves, with AUC and its interval."""

    view: Literal["roc_curves"]


def plan(entry: RocCurves, selection: Selection) -> Iterator[Draft | Skip]:
    def series_of(series: Series) -> RocSeries:
        area = _area(selection, series)
        return RocSeries(
            series.label,
            series.style,
            roc_points(series.risk.y_true, series.risk.y_score),
            area.value if area.value is not None else float("nan"),
            area.lower,
            area.upper,
            series.risk.n_valid,
        )

    caption = f"ROC curves; AUC with {selection.estimates.level:.0%} intervals (DeLong, logit scale)."
    return plan_tasks(entry, selection, "ROC curves", series_of, overlay_pages, caption)


def draw(figure: RiskFigure[RocSeries]) -> Figure:
    return Figure(roc_figures(figure.series, figure.title, figure.level)[figure.page])


def _area(selection: Selection, series: Series) -> Estimate:
    """The area that tables show too; the catalogue has it wherever samples gave risk scores."""
    found = (
        row
        for row in selection.estimates.rows
        if row.cell == series.one.cell and row.metric.scorer == series.risk.scorer and row.metric.name == AUC
    )
    return next(found)


KIND = Kind(
    entry=RocCurves,
    plan=plan,
    draw=draw,
    skips="no log has a risk scorer, or none of a task has two valid samples of both classes",
    formats=("png", "svg"),
    needs=frozenset({Need.SAMPLES}),
    name="{view}_{task}_{page}",
)
