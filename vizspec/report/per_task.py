"""The leading model of each real task, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizspec.cells.facets import Facets, facets_of, shared
from vizspec.metrics.catalogue import Metric
from vizspec.report.material import Material, Scored, Task
from vizspec.report.methods import RowName, method_notes
from vizspec.report.model import Tables
from vizspec.report.number_texts import interval_text, lead_text, n_text
from vizspec.report.ranking import Ranking, Rival, bases, rank, trials_text, why_unranked
from vizspec.report.summary import MOST_TASKS
from vizspec.report.table import TableColumn, TextTable, table_of
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import DASH, value_text
from vizspec.text.messages import counted, listed

TITLE = "Per-Task Breakdown"


@dataclass(frozen=True)
class _Ranked:
    """A task with the metric that its models are ranked by; both are None where none has a value.

    `best_names` has who is best, `standing` how the others stand to it.
    """

    name: str
    metric: Metric | None = None
    ranking: Ranking | None = None
    best_names: str = DASH
    standing: str = "no evaluation has a value"
    has_leads: bool = False
    """Whether the standing tells the leads: where the summary does not."""

    @property
    def best(self) -> tuple[Scored, ...]:
        return self.ranking.best if self.ranking is not None else ()


def per_task(material: Material) -> tuple[Tables, ...]:
    """The section, where there are several real tasks and a metric that has a better direction."""
    is_ranked = any(metric.better is not None for metric in material.task_metrics.values())
    if not is_ranked or len(material.tasks) < 2:
        return ()
    is_summed_up = "summary" in material.report.sections
    tasks = [
        _ranked(material, task, place < MOST_TASKS if is_summed_up else False)
        for place, task in enumerate(material.tasks)
    ]
    used = {task.metric for task in tasks if task.metric is not None}
    common = used.pop() if len(used) == 1 else None
    return (Tables("per_task", TITLE, (_table(material, tasks, common),), (_intro(common),)),)


def _ranked(material: Material, task: Task, is_in_summary: bool) -> _Ranked:
    metric = material.task_metrics.get(task.benchmark)
    if metric is None:
        return _Ranked(task.name)
    if metric.better is None:
        return _Ranked(task.name, metric, standing=f"not ranked: {why_unranked(metric)}")
    ranking = rank(material.of_task(task, material.scored(metric)), metric.better, material.lead)
    if ranking is None:
        return _Ranked(task.name, metric, standing="every value lies outside the metric's range")
    names = ", ".join(_names(material, ranking.best))
    standing = _standing(material, task, ranking, not is_in_summary)
    return _Ranked(task.name, metric, ranking, names, standing, not is_in_summary)


def _intro(common: Metric | None) -> str:
    if common is None:
        return "The leading model of each task, by the metric that stands for it."
    return f"The leading model of each task by {common.label} ({common.better} is better)."


def _table(material: Material, tasks: Sequence[_Ranked], common: Metric | None) -> TextTable:
    columns = [
        TableColumn("Task", tuple(task.name for task in tasks)),
        TableColumn("Leading model", tuple(task.best_names for task in tasks)),
    ]
    if common is None:
        columns.append(TableColumn("Metric", tuple(t.metric.label if t.metric else DASH for t in tasks)))
    columns += [
        TableColumn(common.label if common else "Value", tuple(_value(task) for task in tasks), "right"),
        TableColumn(level_text(material.facts.level), tuple(_interval(task) for task in tasks), "right"),
        TableColumn("n", tuple(_n(task) for task in tasks), "right"),
        TableColumn("Against the others", tuple(task.standing for task in tasks)),
    ]
    facets = [_facets(material, task) for task in material.tasks]
    return table_of(columns, tuple(_notes(tasks)), facets)


def _facets(material: Material, task: Task) -> Facets:
    """What the evaluations on a task have in common."""
    cells = (cell for cell, on in material.benchmarks.items() if on == task.benchmark)
    return shared(facets_of(cell, material.spec.data.labels) for cell in cells)


def _notes(tasks: Sequence[_Ranked]) -> Iterator[str]:
    best = [(task, one) for task in tasks for one in task.best]
    names = {one.row.cell: RowName(one.labelled.model, task.name) for task, one in best}
    yield from method_notes((one.row for _, one in best), names)
    with_leads = [task.ranking for task in tasks if task.ranking is not None and task.has_leads]
    found = dict.fromkeys(basis for ranking in with_leads for basis in bases(ranking))
    if found:
        level = level_text(best[0][1].row.level)
        yield f"Against the others: the lead and its {level}, {' or '.join(b.value for b in found)}."


def _value(task: _Ranked) -> str:
    return value_text(task.best[0].value) if task.best else DASH


def _interval(task: _Ranked) -> str:
    return _of_all([interval_text(one.row) for one in task.best])


def _n(task: _Ranked) -> str:
    return _of_all([n_text(one.row) for one in task.best])


def _of_all(texts: Sequence[str]) -> str:
    """One text for the tied models where they agree, else each one's."""
    return "; ".join(dict.fromkeys(texts)) or DASH


def _standing(material: Material, task: Task, ranking: Ranking, has_leads: bool) -> str:
    if ranking.is_tie:
        return "tie"
    if ranking.is_alone:
        return "the only evaluation" if len(task.conditions) > 1 else "the only model"
    parts = []
    if ranking.level:
        parts.append(f"no clear lead over {_nearest(material, ranking.level, has_leads)}")
    if ranking.beaten:
        parts.append(f"better than {_nearest(material, ranking.beaten, has_leads)}")
    if ranking.unknown:
        names = tuple(material.name(rival.scored.labelled) for rival in ranking.unknown)
        parts.append(f"no interval to compare with {listed(names)}")
    if ranking.trials:
        parts.append(f"left out: {trials_text(material, ranking)}")
    return "; ".join(parts)


def _nearest(material: Material, rivals: Sequence[Rival], has_leads: bool) -> str:
    """The nearest rival and the lead over it, `r4: 0.050 (-0.079 to 0.177)`, and how many more there are."""
    name, nearest = material.name(rivals[0].scored.labelled), rivals[0].lead if has_leads else None
    rival = name if nearest is None else f"{name}: {lead_text(nearest)}"
    if len(rivals) == 1:
        return rival
    return f"{rival}{'' if nearest is None else ','} and {counted(len(rivals) - 1, 'other')}"


def _names(material: Material, scored: Sequence[Scored]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(material.name(one.labelled) for one in scored))
