"""The project's own numbers as frames: rows with named columns, of which a plot may show any. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, fields

from vizspec.cells.cell import Cell
from vizspec.cells.columns import STANDARD
from vizspec.comparisons.results import ComparisonRow, DisagreementRow, comparison_rows, disagreement_rows
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.samples.scored import SampleScores
from vizspec.text.log_viewer import log_link
from vizspec.views.frame import Frame, FrameRow
from vizspec.views.sample_matching import METADATA
from vizspec.views.selection import Selection

ESTIMATES, COMPARISONS, DISAGREEMENTS = "estimates", "comparisons", "disagreements"
SAMPLES, JOBS = "samples", "jobs"

OF_ESTIMATES: dict[str, str] = {
    "metric": "the metric, as `scorer/metric`",
    "metric_label": "what figures call it",
    "scorer": "its scorer",
    "value": "the estimate",
    "lower": "the lower end of its interval",
    "upper": "the upper end",
    "stderr": "its standard error",
    "n": "the samples that it is made of",
    "method": "how its interval came about",
    "model_label": "what figures call the model",
    "task_label": "what figures call the task",
    "log_viewer": "where the log viewer shows the log",
}
"""The columns of estimates besides those of evaluations, with what they hold."""

OF_SAMPLES: dict[str, str] = {
    "sample": "the sample's id",
    "repeat": "which repeat of the sample it is, from 1",
    "scorer": "the scorer",
    "score": "its score as a number",
    "answer": "the answer, as the scorer read it",
    "target": "what was wanted",
    "limit": "the limit that ended the sample",
    "error": "what went wrong in the sample",
    "messages": "how many messages there were",
    "tokens": "the tokens of all models",
    "seconds": "its time",
    "working_seconds": "its time without waiting",
    "model_label": "what figures call the model",
    "task_label": "what figures call the task",
}
"""The columns of samples besides those of evaluations and of their own metadata, with what they hold."""

OF_COMPARISONS: tuple[str, ...] = tuple(field.name for field in fields(ComparisonRow))

OF_DISAGREEMENTS: tuple[str, ...] = tuple(field.name for field in fields(DisagreementRow))

FRAMES = (ESTIMATES, COMPARISONS, DISAGREEMENTS, SAMPLES, JOBS)
"""The frames that have a name; any other name is that of a file."""


def frame_of(name: str, selection: Selection, metrics: Collection[Metric]) -> Frame:
    """The frame of this name, or of this file; of estimates the rows of these metrics.

    Without rows where nothing is known.
    """
    if name not in FRAMES:
        return selection.files.get(name, Frame((), ()))
    makers: dict[str, Callable[[], Frame]] = {
        ESTIMATES: lambda: _estimates(selection, metrics),
        COMPARISONS: lambda: Frame(
            OF_COMPARISONS, tuple(map(asdict, comparison_rows(selection.comparisons)))
        ),
        DISAGREEMENTS: lambda: Frame(
            OF_DISAGREEMENTS, tuple(map(asdict, disagreement_rows(selection.comparisons)))
        ),
        SAMPLES: lambda: _samples(selection),
        JOBS: lambda: _jobs(selection),
    }
    return makers[name]()


def cell_names(selection: Selection) -> tuple[str, ...]:
    """The columns that every evaluation has."""
    found = dict.fromkeys(name for cell in selection.cells for name in cell.columns)
    return tuple(found) or tuple(STANDARD)


def _estimates(selection: Selection, metrics: Collection[Metric]) -> Frame:
    labelled = {one.cell: one for one in selection.labelled}
    found = [
        row
        for metric in metrics
        for one in selection.labelled
        if (row := selection.estimates.row(one.cell, metric)) is not None
    ]
    rows = (_estimate_row(row, labelled[row.cell].model, labelled[row.cell].task, selection) for row in found)
    names = tuple(dict.fromkeys((*OF_ESTIMATES, *cell_names(selection))))
    return Frame(names, tuple(rows), tuple(row.cell for row in found))


def _estimate_row(row: Estimate, model: str, task: str, selection: Selection) -> FrameRow:
    return {
        **row.cell.columns,
        "metric": row.metric.id,
        "metric_label": row.metric.label,
        "scorer": row.metric.scorer,
        "value": row.value,
        "lower": row.lower,
        "upper": row.upper,
        "stderr": row.stderr,
        "n": row.n,
        "method": row.method.value,
        "model_label": model,
        "task_label": task,
        "log_viewer": log_link(selection.log_viewer, row.cell.log.location),
    }


def metadata_names(selection: Selection) -> tuple[str, ...]:
    """The columns that the samples' metadata could give."""
    logs = (found for found in selection.samples.values() if isinstance(found, SampleScores))
    return tuple(dict.fromkeys(f"{METADATA}{key}" for found in logs for key in found.metadata_keys))


def _samples(selection: Selection) -> Frame:
    own = frozenset(
        key
        for cell in selection.cells
        if isinstance(found := selection.samples.get(cell), SampleScores)
        for key, values in found.metadata.items()
        if any(value is not None for value in values)
    )
    metadata = tuple(f"{METADATA}{key}" for key in sorted(own))
    names = tuple(dict.fromkeys((*OF_SAMPLES, *metadata, *cell_names(selection))))
    pairs = [
        pair for one in selection.labelled for pair in _of_log(one.cell, one.model, one.task, selection, own)
    ]
    return Frame(names, tuple(row for _, row in pairs), tuple(cell for cell, _ in pairs))


def _of_log(
    cell: Cell, model: str, task: str, selection: Selection, metadata: Collection[str]
) -> Iterator[tuple[Cell, FrameRow]]:
    found = selection.samples.get(cell)
    if not isinstance(found, SampleScores):
        return
    of_repeats = {
        "tokens": found.tokens,
        "seconds": found.seconds,
        "working_seconds": found.working_seconds,
        "messages": found.messages,
        "error": found.error,
        **{f"{METADATA}{key}": values for key, values in found.metadata.items() if key in metadata},
    }
    used = {name: values for name, values in of_repeats.items() if values}
    absent = {f"{METADATA}{key}": None for key in metadata}
    shared = {**cell.columns, **absent, "model_label": model, "task_label": task}
    for scorer, scores in found.scores.items():
        said = found.said.get(scorer) or (None,) * len(found.sample)
        for place, sample in enumerate(found.sample):
            yield (
                cell,
                {
                    **shared,
                    "sample": sample,
                    "repeat": found.epoch[place],
                    "scorer": scorer,
                    "score": scores[place],
                    "answer": said[place],
                    "target": found.wanted[place],
                    "limit": found.limit[place],
                    **{name: values[place] for name, values in used.items()},
                },
            )


def _jobs(selection: Selection) -> Frame:
    facts = selection.compute.get(None)
    from vizspec.slurm.output.metrics_writer import job_entry

    entries = [job_entry(job) for job in facts.jobs] if facts is not None else []
    rows = tuple(
        {name: value for name, value in entry.items() if not isinstance(value, list | dict)}
        for entry in entries
    )
    return Frame(tuple(dict.fromkeys(name for row in rows for name in row)), rows)
