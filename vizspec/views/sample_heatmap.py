"""Which samples each model has right: a matrix of models and samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from vizspec.cells.facets import facets_of
from vizspec.cells.labelled import Labelled
from vizspec.metrics.catalogue import Metric
from vizspec.samples.scored import NoScores, SampleScores
from vizspec.text.log_viewer import log_link
from vizspec.text.messages import counted
from vizspec.text.natural_order import natural_key
from vizspec.views import _drawn_matrix, _scores
from vizspec.views._drawn_matrix import MOST_MODELS, HeatmapScores
from vizspec.views._many import ManyEntry, drafts_by_task
from vizspec.views._matrix import LabelPair, MatrixChartEntry, matrix, pages
from vizspec.views._notes import by_reason
from vizspec.views.base import (
    DRAWN_FORMATS,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.entry import Need, Truth, as_options
from vizspec.views.selection import Selection

MOST_SAMPLES = 1000
"""More have no pixel each."""


class SampleHeatmap(MatrixChartEntry, ManyEntry):
    """Which samples each model has right, as a matrix of colours, one a task."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("id_label", "model_label")
    view: Literal["sample_heatmap"]
    sort: Literal["ascending", "descending"] | None = None
    """Order rows and columns by their sums; null: as they come."""
    differing: Truth = False
    """Whether only samples are shown that some model has right and another wrong."""


def plan(entry: SampleHeatmap, selection: Selection) -> Iterator[Draft[HeatmapScores] | Skip]:
    def draft(metric: Metric) -> Iterator[Draft[HeatmapScores] | Skip]:
        return drafts_by_task(
            entry,
            selection,
            metric,
            lambda shown, members, task: _of_task(entry, shown, metric, members, task),
            lambda whole: pages(whole, entry.limit),
        )

    return _scores.plan_per_metric(entry, selection, draft)


def _of_task(
    entry: SampleHeatmap, selection: Selection, metric: Metric, members: Sequence[Labelled], task: str
) -> Draft[HeatmapScores] | Skip:
    on = f" on '{task}'" if task else ""
    found = {one: _means(one, selection, metric) for one in members}
    read = {one: means for one, means in found.items() if means}
    if not read:
        return Skip(f"no log{on} tells what '{metric.scorer}' said of each sample", metric)
    samples = sorted({sample for means in read.values() for sample in means}, key=natural_key)
    if entry.differing:
        samples = [sample for sample in samples if _differs(sample, list(read.values()))]
        if not samples:
            return Skip(f"no sample{on} is right in one model and wrong in another", metric)
    if len(samples) > MOST_SAMPLES:
        hint = "differing: true shows those on which models differ" if not entry.differing else "name a task"
        return Skip(
            f"{counted(len(samples), 'sample')}{on} are more than a chart has room for: {hint}", metric
        )
    shown = set(samples)
    values: dict[LabelPair, float] = {
        (one.model, sample): value
        for one, means in read.items()
        for sample, value in means.items()
        if sample in shown
    }
    link = {one.model: log_link(selection.log_viewer, one.cell.log.location) for one in read}
    links = {pair: link[pair[0]] for pair in values}
    of = {one.model: facets_of(one.cell, selection.labels) for one in read}
    facets = {pair: of[pair[0]] for pair in values}
    title = f"{metric.scorer} of each sample" + (f": {task}" if task else "")
    content = matrix(
        entry,
        values,
        title,
        metric.scorer,
        ("model", "sample"),
        list(of),
        samples,
        links,
        facets,
    )
    only = ", only those on which models differ" if entry.differing else ""
    text = f"{title}, of {counted(len(read), 'model')} and {counted(len(samples), 'sample')}{only}."
    notes = by_reason((one.model, _why_not(one, selection)) for one in members if one not in read)
    parts = (("task", task),) if task else ()
    return Draft(content, title, entry.caption_or(text), metric, notes, parts)


def _why_not(one: Labelled, selection: Selection) -> str:
    found = selection.samples.get(one.cell)
    return found.reason if isinstance(found, NoScores) else "nothing is known of its samples"


def _means(one: Labelled, selection: Selection, metric: Metric) -> Mapping[str, float]:
    """By sample its score, the mean over repeats."""
    found = selection.samples.get(one.cell)
    return found.means(metric.scorer) if isinstance(found, SampleScores) else {}


def _differs(sample: str, of_models: Sequence[Mapping[str, float]]) -> bool:
    values = [means[sample] for means in of_models if sample in means]
    return len(set(values)) > 1


KIND = Kind(
    entry=SampleHeatmap,
    plan=plan,
    draw=_drawn_matrix.draw,
    shapes=_drawn_matrix.shapes,
    formats=DRAWN_FORMATS,
    skips="no log tells of its samples",
    many=f"{MOST_MODELS} models; of more than {MOST_SAMPLES:,} samples none, with the reason",
    needs=frozenset({Need.EVERY_SAMPLE}),
    function="sample_heatmap",
    reserved=("data", "id", "model_name", "score_value", "orientation", "marks"),
    name="{view}_{experiment}_{task}_{metric}",
)
