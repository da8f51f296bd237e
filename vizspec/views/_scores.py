"""What the score views share: the rows of a chart, one output a metric, and the reasons to skip one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

from vizspec.cells.facets import NO_FACETS, Facets, facets_of
from vizspec.cells.labelled import Labelled, code_notes
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.label_texts import LIMIT, attribute_text, chart_texts, shortened
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import GROUPS, Metric, is_share
from vizspec.metrics.known_metrics import HEADLINE, MIXED
from vizspec.statistics.intervals import level_text
from vizspec.statistics.method import Method
from vizspec.text.decimals import short_text, value_text
from vizspec.text.log_viewer import log_link
from vizspec.text.messages import listed
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views._room import CHARACTER_PIXELS, DEFAULT_WIDTH, TITLE_CHARACTER_PIXELS, title_limit
from vizspec.views.base import (
    Content,
    Draft,
    HasMetrics,
    Skip,
    metrics_of,
)
from vizspec.views.entry import ChartEntry
from vizspec.views.selection import Selection

SCORE_LABEL_LIMIT = 60
LOWER_IS_BETTER = " (lower is better)"
LARGE = 10_000
"""Numbers from here on are written short on axes and in cells."""
SMALL = 1e-4
"""Numbers up to here are written with an exponent."""
EXPONENTS = "~g"
MARGIN_LEFT, MARGIN_LEFT_OF_EXPONENTS = 52, 66
TINY = 0.01
"""Values up to here are not seen on an axis from 0 to 1."""
SHORT = 1_000
"""Numbers from here on have no room to be written out beside a ring."""
ROOM = 0.05
"""The part of an axis that is free beyond the values."""
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


@dataclass(frozen=True)
class ScoreRow:
    """One point of a chart; unknown ends of an interval are None."""

    model: str
    task: str
    value: float
    lower: float | None
    upper: float | None
    stderr: float | None
    log_viewer: str | None = None
    factor: bool | None = None
    noise: float | None = None
    facets: Facets = NO_FACETS
    """Of which evaluation it tells, whatever its labels are."""


@dataclass(frozen=True)
class Scores:
    """One metric's chart: what is drawn and how."""

    entry: Any
    rows: tuple[ScoreRow, ...]
    label: str
    title: str
    domain: tuple[float, float] = (0, 1)
    """What the axis of the scores spans."""
    colours: tuple[str, ...] = ()
    """Those of `models`, in their order; empty where the models have none."""

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.model for row in self.rows))

    @property
    def tasks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.task for row in self.rows))

    def shown_as(self, models: Mapping[str, str], tasks: Mapping[str, str]) -> Self:
        """The same under other names of models and tasks."""
        rows = tuple(replace(row, model=models[row.model], task=tasks[row.task]) for row in self.rows)
        return replace(self, rows=rows)


S = TypeVar("S", bound=Scores)


def plan_per_metric(
    entry: ChartEntry,
    selection: Selection,
    draft: Callable[[Metric], Iterator[Draft[Content] | Skip]],
) -> Iterator[Draft[Content] | Skip]:
    """One output for each metric the entry means, and a skip for what it names that no log holds."""
    if (reason := no_metric(entry, selection)) is not None:
        yield Skip(reason)
    for metric in metrics_of(entry, selection):
        if selection.rows(metric):
            yield from draft(metric)
        else:
            yield Skip(f"no evaluation has a value of {metric.id}", metric)


def by_task(labelled: Iterable[Labelled]) -> Iterator[tuple[str, list[Labelled]]]:
    """The evaluations of each task, named for titles and files: not named where it is the only one."""
    members: dict[str, list[Labelled]] = {}
    for one in labelled:
        members.setdefault(one.task, []).append(one)
    for task, of_task in members.items():
        yield task if len(members) > 1 else "", of_task


def no_metric(entry: HasMetrics, selection: Selection) -> str | None:
    """Why some of the metrics that an entry names are not there: what was wanted, and what the logs hold.

    None where each is there. A group of metrics may be empty beside others.
    """
    absent = [pattern for pattern in entry.metrics if not selection.catalogue.select([pattern])]
    if metrics_of(entry, selection):
        absent = [pattern for pattern in absent if pattern not in GROUPS]
    if not absent:
        return None
    held = ", ".join(metric.id for metric in selection.catalogue.metrics) or "none"
    return f"no log has a metric for '{', '.join(absent)}' (missing columns; the logs hold: {held})"


def rows_of(pairs: Iterable[tuple[Labelled, Estimate]], selection: Selection) -> tuple[ScoreRow, ...]:
    """The chart rows of labelled estimates that have a value."""
    return tuple(
        ScoreRow(
            one.model,
            one.task,
            row.value,
            row.lower,
            row.upper,
            row.stderr,
            log_link(selection.log_viewer, one.cell.log.location),
            noise=row.noise,
            facets=facets_of(one.cell, selection.labels),
        )
        for one, row in pairs
        if row.value is not None
    )


def columns_of(rows: Sequence[ScoreRow]) -> dict[str, list[Any]]:
    """The columns that inspect-viz's functions are given."""
    columns: dict[str, list[Any]] = {
        iv.MODEL: [row.model for row in rows],
        iv.TASK: [row.task for row in rows],
        iv.VALUE: [row.value for row in rows],
        iv.STDERR: [row.stderr for row in rows],
        iv.LOWER: [row.lower for row in rows],
        iv.UPPER: [row.upper for row in rows],
        iv.INTERVAL_TEXT: [interval_text(row.lower, row.upper) for row in rows],
    }
    if any(row.noise is not None for row in rows):
        columns[iv.NOISE] = [row.noise for row in rows]
    columns |= facet_columns([row.facets for row in rows])
    if any(row.log_viewer for row in rows):
        columns[iv.LOG_VIEWER] = [row.log_viewer for row in rows]
    return columns


def interval_text(lower: float | None, upper: float | None) -> str:
    """An interval as tips tell it."""
    if lower is None or upper is None:
        return "not known"
    return f"{value_text(lower)}–{value_text(upper)}"


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


def axis_of(metric: Metric, selection: Selection) -> tuple[float, float]:
    """What the axis of a metric spans, in every view alike: 0 to 1 where all its values lie in it.

    Else it spans the values with their intervals and 0, with some room; so it does for errors, which may be
    small, and for what nobody has called a share and is tiny as one.
    """
    ends = [end for row in selection.estimates.of(metric) for end in _ends(row)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    may_be_tiny = metric.highest is None and is_tiny(high)
    if low >= 0 and high <= 1 and metric.better != "lower" and not may_be_tiny:
        return (0, 1)
    low, high = min(low, 0.0), max(high, 0.0)
    return (low * (1 + ROOM), high * (1 + ROOM)) if low < high else (0, 1)


def is_tiny(high: float) -> bool:
    """Whether nothing up to that value would be seen on an axis up to 1."""
    return 0 < high < TINY


def _ends(row: Estimate) -> Iterator[float]:
    yield from (end for end in (row.value, row.lower, row.upper) if end is not None)


def tick_format(domain: tuple[float, float]) -> str | None:
    """How ticks are written on an axis of large numbers, `2M`, and of very small ones, `2e-9`.

    None where they are written out.
    """
    return short_format(max(map(abs, domain)), LARGE)


def short_format(largest: float, large: float) -> str | None:
    """How numbers are written of which the largest is `large` or so small that it has no room written out."""
    if largest >= large:
        return "~s"
    return EXPONENTS if 0 < largest < SMALL else None


def left_margin(written: str | None) -> int:
    """Pixels left of a frame, for the ticks of numbers that are so written and the axis' name beside them."""
    return MARGIN_LEFT_OF_EXPONENTS if written == EXPONENTS else MARGIN_LEFT


def end_text(value: float) -> str:
    """The value of a ring, or of an axis's end: `0.125`, `840`, `105k`."""
    return short_text(value) if abs(value) >= SHORT else f"{value:.3g}"


def axis_label(metric: Metric) -> str:
    """The metric as an axis names it, which says where lower is better."""
    return f"{metric.label}{LOWER_IS_BETTER}" if metric.better == "lower" else metric.label


def label_beside_title(scores: Scores, width: float) -> str:
    """What an axis is called whose label stands in one line with the title: no more than that leaves to say.

    It says nothing that the title begins with, and takes no more than the room beside it.
    """
    name = scores.label.removesuffix(LOWER_IS_BETTER)
    if name and scores.title.startswith(name):
        return scores.label.removeprefix(name).strip(" ()") or " "
    free = (width - TITLE_CHARACTER_PIXELS * len(scores.title)) / 2
    return shortened(scores.label, max(8, int(free / CHARACTER_PIXELS) - 8))


def side_of(pairs: Iterable[tuple[Labelled, Estimate]]) -> str:
    """What stands beside the models: `task`, or `condition` where one task has several labels."""
    shown = [one for one, _ in pairs]
    is_one_task = len({one.cell.task for one in shown}) == 1
    return "condition" if is_one_task and len({one.task for one in shown}) > 1 else "task"


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


def as_drawn(scores: S, task_limit: int = LIMIT) -> S:
    """The scores with every label as the chart shows it, tasks with at most `task_limit` characters."""
    models, tasks = chart_texts(scores.models), chart_texts(scores.tasks, task_limit)
    drawn = scores.shown_as(models, tasks)
    return replace(drawn, label=attribute_text(shortened(scores.label, SCORE_LABEL_LIMIT)))


def shared_arguments(scores: Scores, width: float = DEFAULT_WIDTH, left: float = 0) -> dict[str, Any]:
    """The arguments that every score view passes on; `width` is the chart's where the entry names none.

    A title stands over the middle of the frame, which begins at `left`.
    """
    entry: ChartEntry = scores.entry
    given = entry.width or width
    title = shortened(scores.title, title_limit(given - left)) if scores.title else None
    return {"title": title, "width": given, "height": entry.height, **entry.options}


def colour_arguments(entry: ChartEntry, models: Sequence[str], colours: Sequence[str]) -> dict[str, Any]:
    """The models' order and colours; a colour scheme of the user's own stays."""
    has_own = "color_scheme" in entry.options
    return {"color_domain": list(models), "color_range": None if has_own else list(colours) or None}
