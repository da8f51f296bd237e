"""The best model of each task, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizspec.metrics import Metric
from vizspec.report.material import Material, Scored
from vizspec.report.methods import method_notes
from vizspec.report.model import PerTask
from vizspec.report.numbers import DASH, count_text, interval_text, level_text, listed, value_text
from vizspec.report.ranking import OVERLAP_NOTE, Ranking, rank
from vizspec.report.table import Column, Table, table_of


@dataclass(frozen=True)
class _Task:
    """A task with the metric that its models are ranked by; both are None where none has a value."""

    name: str
    metric: Metric | None = None
    ranking: Ranking | None = None

    @property
    def best(self) -> tuple[Scored, ...]:
        return self.ranking.best if self.ranking is not None else ()


def per_task(material: Material) -> tuple[PerTask, ...]:
    """The section, where there are several tasks and a metric that has a better direction."""
    metrics = _metrics(material)
    if not metrics or len(material.tasks) < 2:
        return ()
    tasks = [_ranked(material, name, metrics) for name in material.tasks]
    used = {task.metric for task in tasks if task.metric is not None}
    common = used.pop() if len(used) == 1 else None
    return (PerTask(_table(material, tasks, common), (_intro(common),)),)


def _metrics(material: Material) -> Sequence[Metric]:
    """The primary metric, then the accuracies: tasks may have scorers of their own."""
    first = material.primary
    wanted = dict.fromkeys((*((first,) if first else ()), *material.facts.catalogue.accuracy))
    return [metric for metric in wanted if metric.better is not None]


def _ranked(material: Material, name: str, metrics: Sequence[Metric]) -> _Task:
    for metric in metrics:
        scored = [one for one in material.scored(metric) if one.labelled.task == name]
        ranking = rank(scored, metric.better) if metric.better else None
        if ranking is not None:
            return _Task(name, metric, ranking)
    return _Task(name)


def _intro(common: Metric | None) -> str:
    if common is None:
        return "The best model of each task, by the first accuracy metric that its evaluations have."
    return f"The best model of each task by {common.label} ({common.better} is better)."


def _table(material: Material, tasks: Sequence[_Task], common: Metric | None) -> Table:
    columns = [
        Column("Task", tuple(task.name for task in tasks)),
        Column("Best model", tuple(", ".join(o.labelled.model for o in t.best) or DASH for t in tasks)),
    ]
    if common is None:
        columns.append(Column("Metric", tuple(t.metric.label if t.metric else DASH for t in tasks)))
    columns += [
        Column(common.label if common else "Value", tuple(_value(task) for task in tasks), "right"),
        Column(level_text(material.facts.level), tuple(_interval(task) for task in tasks), "right"),
        Column("n", tuple(_n(task) for task in tasks), "right"),
        Column("Against the others", tuple(_standing(task) for task in tasks)),
    ]
    return table_of(columns, tuple(_notes(tasks)))


def _notes(tasks: Sequence[_Task]) -> Iterator[str]:
    yield from method_notes(one.row for task in tasks for one in task.best)
    if any(task.ranking is not None and task.ranking.overlapping for task in tasks):
        yield OVERLAP_NOTE


def _value(task: _Task) -> str:
    return value_text(task.best[0].value) if task.best else DASH


def _interval(task: _Task) -> str:
    return _of_all([interval_text(one.row) for one in task.best])


def _n(task: _Task) -> str:
    return _of_all([count_text(one.row.n) for one in task.best])


def _of_all(texts: Sequence[str]) -> str:
    """One text for the tied models where they agree, else each one's."""
    return "; ".join(dict.fromkeys(texts)) or DASH


def _standing(task: _Task) -> str:
    ranking = task.ranking
    if ranking is None:
        return "no evaluation has a value"
    if ranking.is_tie:
        return "tie"
    if not (ranking.overlapping or ranking.clear or ranking.unknown):
        return "the only model"
    parts = []
    if ranking.overlapping:
        parts.append(f"interval overlaps that of {_models(ranking.overlapping)}")
    if ranking.unknown:
        parts.append(f"no interval to compare with {_models(ranking.unknown)}")
    return "; ".join(parts) or "interval overlaps no other"


def _models(scored: Sequence[Scored]) -> str:
    return listed([one.labelled.model for one in scored])
