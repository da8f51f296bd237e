"""What captions and notes say of a metric's scores: their intervals, and what of them is missing or odd."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from vizspec.cells.labelled import Labelled, code_notes
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric, is_share
from vizspec.metrics.known_metrics import HEADLINE, MIXED
from vizspec.statistics.intervals import level_text
from vizspec.statistics.method import Method
from vizspec.text.decimals import value_text
from vizspec.text.messages import listed
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views.entry import ChartEntry
from vizspec.views.selection import Selection

METHODS = {
    Method.WILSON: "Wilson",
    Method.WILSON_EFFECTIVE: "Wilson, effective n",
    Method.HALF_OBSERVATION: "half-observation",
    Method.CLUSTERED: "clustered, CR2",
    Method.STUDENT: "Student's t",
    Method.NORMAL: "normal",
    Method.DELONG: "DeLong",
    Method.NEWCOMBE: "Newcombe",
    Method.TEST_INVERSION: "test inversion",
    Method.TANGO: "Tango",
    Method.MOVER: "MOVER",
    Method.NEWCOMBE_HYBRID: "Newcombe's hybrid",
    Method.AGRESTI_CAFFO: "Agresti and Caffo",
    Method.WELCH: "Welch's t",
    Method.LOGGED: "as logged",
    Method.NONE: "method not known",
}
"""What captions call the ways to an interval."""


def caption_of(entry: ChartEntry, selection: Selection, metric: Metric) -> str:
    """The user's caption, or what the whiskers mean: what is drawn the title says."""
    pairs = selection.rows(metric)
    shown = [one for one, _ in pairs]
    if entry.caption is not None:
        return with_epochs(entry.caption, shown)
    rows = [row for _, row in pairs]
    noise = "; errors up to a red line are no larger than calibrated predictions may show by chance"
    marked = noise if any(row.noise is not None for row in rows if row.has_interval) else ""
    return with_epochs(f"{interval_words(rows, selection.estimates.level)}{marked}.", shown)


def interval_words(rows: Iterable[Estimate], level: float) -> str:
    """What a caption says of intervals: `Intervals: 95% CI (Wilson)`, or that none is known."""
    methods = sorted({METHODS[row.method] for row in rows if row.has_interval})
    return f"Intervals: {level_text(level)} ({', '.join(methods)})" if methods else "No interval is known"


def left_out(selection: Selection, metric: Metric) -> tuple[str, ...]:
    """Sentences on the cells that the chart cannot show, and on the codes in labels.

    Where none of a task can be shown for one reason, the task is named instead of its cells.
    """
    reasons: defaultdict[str, list[tuple[Labelled, str]]] = defaultdict(list)
    for one in selection.without(metric):
        reasons[one.task].append((one, _why_absent(one, selection, metric)))
    members = Counter(one.task for one in selection.labelled)
    absent = by_reason(
        pair for task, found in reasons.items() for pair in _named_absent(task, found, members[task])
    )
    return (*absent, *code_notes(selection.labelled))


def _named_absent(
    task: str, found: Sequence[tuple[Labelled, str]], members: int
) -> Iterator[tuple[str, str]]:
    """What is absent of a task, by name, with the reason: the task, or each cell of it."""
    why = {reason for _, reason in found}
    if len(found) == members > 1 and len(why) == 1:
        yield f"all of {task}", found[0][1]
        return
    for one, reason in found:
        yield f"{one.model} · {one.task}", reason


def _why_absent(one: Labelled, selection: Selection, metric: Metric) -> str:
    own = selection.catalogue.named(one.cell.log.headline) if metric.scorer == HEADLINE else None
    reason = f"no value of {metric.label}"
    return reason if own is None else f"{reason}, since {own.label} is on another scale"


def remarks(selection: Selection, metric: Metric) -> tuple[str, ...]:
    """What a reader of the chart must know of its cells: missing, partly scored, or not what they seem."""
    shown = [(f"{one.model} · {one.task}", row) for one, row in selection.rows(metric)]
    partial = ((name, "not all samples have a score") for name, row in shown if row.is_partial)
    outside = (
        (f"{name} ({value_text(row.value)})", "outside what a share can be, and not ranked")
        for name, row in shown
        if row.value is not None and metric.is_doubtful and not is_share(row.value)
    )
    beyond = (
        (f"{name} ({value_text(row.value)})", "outside the metric's range, and not ranked")
        for name, row in shown
        if row.is_outside
    )
    reasons = by_reason((*partial, *outside, *beyond))
    return (*_headlines(selection, metric), *left_out(selection, metric), *reasons)


def _headlines(selection: Selection, metric: Metric) -> tuple[str, ...]:
    """Of a headline whose values are of several metrics, what the value of each task is."""
    if (metric.scorer, metric.name) != (HEADLINE, MIXED):
        return ()
    tasks: dict[str, dict[str, None]] = {}
    for one, _ in selection.rows(metric):
        own = selection.catalogue.named(one.cell.log.headline)
        if own is not None:
            tasks.setdefault(own.label, {})[one.task] = None
    tasks_of = [f"{label} of {listed(list(names))}" for label, names in tasks.items()]
    return (f"{metric.label}: {'; '.join(tasks_of)}",) if tasks_of else ()
