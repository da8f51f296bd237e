"""What the risk views share: a figure a task, a series a model, and who is left out with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from vizspec.cells.benchmarks import benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import column_text
from vizspec.cells.facets import NO_FACETS, Facets, facets_of, shared
from vizspec.cells.labelled import Labelled, code_notes
from vizspec.draw.figures.panels import PAGE_LIMIT
from vizspec.draw.palette import Style
from vizspec.draw.shapes.model import Shapes
from vizspec.estimates.table import Estimate
from vizspec.metrics.known_metrics import AUC
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.statistics.method import Method
from vizspec.text.natural_order import natural_key
from vizspec.views._many import Order, even, in_order, on_pages, with_left_out
from vizspec.views._notes import by_reason, with_epochs
from vizspec.views._styles import styles
from vizspec.views.base import Draft, Skip
from vizspec.views.entry import Entry, Whole
from vizspec.views.selection import Selection

NO_MODEL = "no log has a risk scorer, or no model of a task has two valid samples, of both classes"
"""The rule by which every risk view is skipped."""

NOT_READ = "has no risk scores"

MOST_BEHIND = 30
"""As many other models stand in grey behind one; more would be a grey square, and take as long as all."""


@dataclass(frozen=True)
class TaskPredictions:
    """One model's predictions in one task, under the label and in the style it has in every figure.

    `y_true` and `y_score` have an entry a sample; `positive` and `negative` are the classes' names.
    `area`, its bounds and their `method` are those of the row that tables show too.
    """

    label: str
    style: Style
    y_true: tuple[int, ...]
    y_score: tuple[float, ...]
    positive: str
    negative: str
    area: float | None
    lower: float | None
    upper: float | None
    method: Method
    facets: Facets = NO_FACETS


class RiskEntry(Entry):
    """What entries of the risk views may have."""

    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many models of a task, the best by their AUC; the caption names what is left out. null: all."""
    sort: Order | None = None
    """The order of the models: by their AUC, the highest or the lowest first, or by their names; null: that
    of the experiment."""
    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many models one picture shows; the others are on further pages. null: as many as can be read."""


RiskEntryOf = TypeVar("RiskEntryOf", bound=RiskEntry)
"""The entry of one kind of risk view."""


@dataclass(frozen=True)
class RiskFigure(Generic[RiskEntryOf]):
    """One page of a risk figure: its models, `in_panels` of their own where there are many. `behind` are all
    the models of the task, where a panel shows them too. `entry` says how the kind draws it.
    """

    entry: RiskEntryOf
    models: tuple[TaskPredictions, ...]
    title: str
    level: float
    in_panels: bool
    behind: tuple[TaskPredictions, ...] = ()


def plan_tasks(
    entry: RiskEntryOf,
    selection: Selection,
    title: str,
    caption: Callable[[Sequence[TaskPredictions]], str],
    *,
    overlaid: int = 0,
    shows_others: bool = False,
) -> Iterator[Draft[RiskFigure[RiskEntryOf]] | Skip]:
    """A figure for each task (more pages where the models are many), of the models that can be shown.

    As many as `overlaid` lie over each other; more have a panel each, with the others behind it where the
    kind `shows_others` and they are not too many. Files are named by the real task, headings by what tables
    call it; `caption` is told the shown models.
    """
    if not selection.catalogue.has_risk_scorer and not selection.risk:
        yield Skip("no log has a risk scorer")
        return
    tasks = _by_task(selection.labelled)
    names = _task_names(tasks, selection)
    style_of = styles(selection)
    risks = {cell: found for cell, found in selection.risk.items() if isinstance(found, LogRisk)}
    for task, members in tasks.items():
        shown = [one for one in members if one.cell in risks]
        left_out = list(_left_out(selection, members))
        notes = (*by_reason(left_out), *code_notes(members))
        if not shown:
            reasons = {reason for _, reason in left_out}
            why = reasons.pop() if len(reasons) == 1 else "; ".join(notes)
            yield Skip(f"no model of '{names[task]}' can be shown: {why}")
            continue
        several = len({one.task for one in shown}) > 1
        known = {one.cell: _predictions(selection, one, risks[one.cell], style_of, several) for one in shown}
        best = _best_first(known.values())
        with_area = {model.label for model in known.values() if model.area is not None}
        by_area = [label for label in best if label in with_area]
        order = in_order([model.label for model in known.values()], entry.sort, by_area)
        kept = [one for one in shown if known[one.cell].label in best[: entry.top]]
        kept.sort(key=lambda one: order.index(known[one.cell].label))
        models = tuple(known[one.cell] for one in kept)
        heading = f"{title}: {names[task]}" if len(tasks) > 1 else title
        in_panels = len(models) > min(overlaid, entry.limit or overlaid)
        behind = models if in_panels and shows_others and len(models) <= MOST_BEHIND else ()
        text = with_epochs(entry.caption_or(caption(models)), kept)
        draft = Draft(
            RiskFigure(entry, models, heading, selection.estimates.level, in_panels, behind),
            heading,
            with_left_out(text, entry.top, best, "best", "models", "AUC"),
            notes=notes,
            parts=(("task", task),) if len(tasks) > 1 else (),
            facets=shared(facets_of(one.cell, selection.labels) for one in kept),
        )
        drawn = even(models, entry.limit or PAGE_LIMIT) if in_panels else [models]
        yield from on_pages(draft, [replace(draft.content, models=tuple(part)) for part in drawn])


def _best_first(models: Iterable[TaskPredictions]) -> list[str]:
    """The labels of the models, that of the greatest area first; those without one come last."""
    ordered = sorted(models, key=lambda one: (one.area is None, -(one.area or 0), natural_key(one.label)))
    return [one.label for one in ordered]


def chart_of(figure: RiskFigure[Any], shapes: Shapes) -> Any:
    """The figure's shapes as a chart, each model of which can be filtered."""
    from vizspec.draw.charts.from_shapes import component_of

    return component_of(shapes, [model.facets for model in figure.models])


def _by_task(labelled: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    """The cells by their real task: a `vis_label` may name a condition rather than a task."""
    on = benchmarks(one.cell for one in labelled)
    groups: dict[str, list[Labelled]] = {}
    for one in labelled:
        groups.setdefault(on[one.cell].name, []).append(one)
    return groups


def _task_names(tasks: Mapping[str, Sequence[Labelled]], selection: Selection) -> dict[str, str]:
    """What a reader sees of each task: the label of its cells, where they have only one.

    A task of several conditions has its name, as `labels` renames it; tasks that would be called alike have
    their real names.
    """
    names = {task: _task_name(members, selection) for task, members in tasks.items()}
    times = Counter(names.values())
    return {task: name if times[name] == 1 else task for task, name in names.items()}


def _task_name(members: Sequence[Labelled], selection: Selection) -> str:
    first = members[0]
    if len({one.task for one in members}) == 1:
        return first.task
    return column_text(first.cell, "task", selection.labels) or first.cell.task


def _left_out(selection: Selection, members: Sequence[Labelled]) -> Iterator[tuple[str, str]]:
    """Each model that cannot be shown, or of which samples are missing, with the reason."""
    for one in members:
        name = f"{one.model} · {one.task}"
        risk = selection.risk.get(one.cell)
        if isinstance(risk, LogRisk):
            if risk.n_valid < risk.n_total:
                yield name, risk.coverage
        else:
            yield name, (risk.reason if isinstance(risk, NoRisk) else NOT_READ).removeprefix("has ")


def _predictions(
    selection: Selection, one: Labelled, risk: LogRisk, style_of: Mapping[Cell, Style], several: bool
) -> TaskPredictions:
    """A model of a figure; its label tells the task's label too where the figure has `several`."""
    name = f"{one.model} · {one.task}" if several else one.model
    others = [option for option in risk.options if option != risk.positive]
    area = _area(selection, one, risk)
    return TaskPredictions(
        name,
        style_of[one.cell],
        risk.y_true,
        risk.y_score,
        risk.positive,
        " or ".join(others) or f"not {risk.positive}",
        area.value if area is not None else None,
        area.lower if area is not None else None,
        area.upper if area is not None else None,
        area.method if area is not None else Method.NONE,
        facets_of(one.cell, selection.labels),
    )


def _area(selection: Selection, one: Labelled, risk: LogRisk) -> Estimate | None:
    """The area's row; None where the spec leaves the metric out."""
    found = (m for m in selection.catalogue.metrics if m.scorer == risk.scorer and m.name == AUC)
    metric = next(found, None)
    return selection.estimates.row(one.cell, metric) if metric is not None else None
