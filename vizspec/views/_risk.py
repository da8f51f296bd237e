"""What the risk views share: a figure a task, a series a model, and who is left out with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.draw.palette import Style, categorical, ordinal
from vizspec.estimates import Estimate, Method
from vizspec.labels import Labelled, column_text, label
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.risk.statistics import AUC
from vizspec.selection import Selection
from vizspec.variables import Kind as Scale
from vizspec.views.base import Draft, Entry, Skip

if TYPE_CHECKING:
    from vizspec.variables import Variable

NO_MODEL = "no log has a risk scorer, or no model of a task has two valid samples, of both classes"
"""The rule by which every risk view is skipped."""

NOT_READ = "has no risk scores"


@dataclass(frozen=True)
class Predictions:
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


@dataclass(frozen=True)
class RiskFigure:
    """One page of a risk figure; `page` counts from 0, `entry` says how the kind draws it."""

    entry: Any
    models: tuple[Predictions, ...]
    title: str
    level: float
    page: int


def plan_tasks(
    entry: Entry,
    selection: Selection,
    title: str,
    pages_of: Callable[[int], int],
    caption: Callable[[Sequence[Predictions]], str],
) -> Iterator[Draft | Skip]:
    """A figure for each task (more pages where the models are many), of the models that can be shown.

    Files are named by the real task, headings by what tables call it; `caption` is told the shown models.
    """
    if not selection.catalogue.has_risk_scorer and not selection.risk:
        yield Skip("no log has a risk scorer")
        return
    tasks = _by_task(selection.labelled)
    names = _task_names(tasks, selection)
    for task, members in tasks.items():
        shown = [one for one in members if isinstance(selection.risk.get(one.cell), LogRisk)]
        notes = tuple(_left_out(selection, members))
        if not shown:
            yield Skip(f"no model can be shown in '{names[task]}': {'; '.join(notes)}")
            continue
        models = tuple(_predictions(selection, shown))
        heading = f"{title}: {names[task]}" if len(tasks) > 1 else title
        count = pages_of(len(models))
        for page in range(count):
            parts = (("task", task if len(tasks) > 1 else ""), ("page", str(page + 1) if count > 1 else ""))
            yield Draft(
                RiskFigure(entry, models, heading, selection.estimates.level, page),
                heading if count == 1 else f"{heading} ({page + 1} of {count})",
                entry.caption if entry.caption is not None else caption(models),
                notes=notes if page == 0 else (),
                parts=tuple(part for part in parts if part[1]),
            )


def _by_task(labelled: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    """The cells by their real task: a `vis_label` may name a condition rather than a task."""
    groups: dict[str, list[Labelled]] = {}
    for one in labelled:
        groups.setdefault(one.cell.task, []).append(one)
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


def _left_out(selection: Selection, members: Sequence[Labelled]) -> Iterator[str]:
    """A sentence on each model that cannot be shown, or of which samples are missing."""
    for one in members:
        risk = selection.risk.get(one.cell)
        if isinstance(risk, LogRisk):
            if risk.n_valid < risk.n_total:
                yield f"{one.model} · {one.task}: {risk.coverage}"
        else:
            yield f"{one.model} · {one.task}: {risk.reason if isinstance(risk, NoRisk) else NOT_READ}"


def _predictions(selection: Selection, shown: Sequence[Labelled]) -> Iterator[Predictions]:
    """The models of one figure; the label tells the task's label too where the figure has several."""
    styles = _styles(selection)
    several = len({one.task for one in shown}) > 1
    for one in shown:
        risk = selection.risk[one.cell]
        name = f"{one.model} · {one.task}" if several else one.model
        others = [option for option in risk.options if option != risk.positive]
        area = _area(selection, one, risk)
        yield Predictions(
            name,
            styles[_key(one, selection)],
            risk.y_true,
            risk.y_score,
            risk.positive,
            " or ".join(others) or f"not {risk.positive}",
            area.value if area is not None else None,
            area.lower if area is not None else None,
            area.upper if area is not None else None,
            area.method if area is not None else Method.NONE,
        )


def _area(selection: Selection, one: Labelled, risk: LogRisk) -> Estimate | None:
    """The area's row; None where the spec leaves the metric out."""
    found = (m for m in selection.catalogue.metrics if m.scorer == risk.scorer and m.name == AUC)
    metric = next(found, None)
    return selection.estimates.row(one.cell, metric) if metric is not None else None


def _styles(selection: Selection) -> dict[str, Style]:
    """A style for each model of the whole experiment, along an ordinal variable where there is one."""
    everyone = label(selection.everyone or selection.cells, selection.labels)
    keys = list(dict.fromkeys(_key(one, selection) for one in everyone))
    variable = _ordinal_variable(selection)
    if variable is None:
        return categorical(keys)
    order = list(variable.ordered)
    ranks: dict[str, int] = {}
    for one in everyone:
        value = one.cell.columns.get(variable.name)
        ranks.setdefault(_key(one, selection), _rank(order, value))
    return ordinal(ranks)


def _key(one: Labelled, selection: Selection) -> str:
    """What keeps its style: the run and its checkpoint, with its label where that is a condition."""
    cell = one.cell
    tasks = {other.task for other in selection.cells if other.vis_label == cell.vis_label}
    condition = cell.vis_label or "" if len(tasks) > 1 or len({c.task for c in selection.cells}) == 1 else ""
    return "\0".join((cell.run or "", cell.model, str(cell.epoch), condition))


def _ordinal_variable(selection: Selection) -> Variable | None:
    variables = selection.experiment.variables if selection.experiment is not None else ()
    return next((v for v in variables if v.kind == Scale.ORDINAL and len(v.levels) > 1), None)


def _rank(order: Sequence[object], value: object) -> int:
    from vizspec.names import same_value

    return next((place for place, level in enumerate(order) if same_value(level, value)), -1)
