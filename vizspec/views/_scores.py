"""What the score views share: the rows of a chart, one output a metric, and the reasons to skip one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

from vizspec.cells.facets import NO_FACETS, Facets, facets_of
from vizspec.cells.labelled import Labelled
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.label_texts import LIMIT, attribute_text, chart_texts, shortened
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import GROUPS, Metric
from vizspec.text.decimals import value_text
from vizspec.text.log_viewer import log_link
from vizspec.views._room import CHARACTER_PIXELS, DEFAULT_WIDTH, TITLE_CHARACTER_PIXELS, title_limit
from vizspec.views._score_axes import LOWER_IS_BETTER
from vizspec.views.base import ChartLook, Content, Draft, HasMetrics, Skip, metrics_of
from vizspec.views.entry import ChartEntry
from vizspec.views.selection import Selection

SCORE_LABEL_LIMIT = 60


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

    entry: ChartLook
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


def as_drawn(scores: S, task_limit: int = LIMIT) -> S:
    """The scores with every label as the chart shows it, tasks with at most `task_limit` characters."""
    models, tasks = chart_texts(scores.models), chart_texts(scores.tasks, task_limit)
    drawn = scores.shown_as(models, tasks)
    return replace(drawn, label=attribute_text(shortened(scores.label, SCORE_LABEL_LIMIT)))


def shared_arguments(scores: Scores, width: float = DEFAULT_WIDTH, left: float = 0) -> dict[str, Any]:
    """The arguments that every score view passes on; `width` is the chart's where the entry names none.

    A title stands over the middle of the frame, which begins at `left`.
    """
    entry = scores.entry
    given = entry.width or width
    title = shortened(scores.title, title_limit(given - left)) if scores.title else None
    return {"title": title, "width": given, "height": entry.height, **entry.options}


def colour_arguments(entry: ChartLook, models: Sequence[str], colours: Sequence[str]) -> dict[str, Any]:
    """The models' order and colours; a colour scheme of the user's own stays."""
    has_own = "color_scheme" in entry.options
    return {"color_domain": list(models), "color_range": None if has_own else list(colours) or None}
