"""The best model of each task, with how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.metrics import Metric
from vizspec.report.material import Material, Scored
from vizspec.report.methods import method_notes
from vizspec.report.model import PerTask
from vizspec.report.numbers import DASH, count_text, interval_text, level_text, listed, value_text
from vizspec.report.ranking import OVERLAP_NOTE, Ranking, rank
from vizspec.report.table import Column, table_of


def per_task(material: Material) -> tuple[PerTask, ...]:
    """The section, where there are several tasks and a metric that has a better direction."""
    metric = material.primary
    if metric is None or metric.better is None or len(material.tasks) < 2:
        return ()
    scored = material.scored(metric)
    by_task = {task: [one for one in scored if one.labelled.task == task] for task in material.tasks}
    rankings = {task: rank(cells, metric.better) for task, cells in by_task.items()}
    columns = (
        Column("Task", tuple(rankings)),
        Column("Best model", tuple(_names(each) for each in rankings.values())),
        Column(metric.label, tuple(_value(each) for each in rankings.values()), "right"),
        Column(level_text(material.facts.level), tuple(_interval(e) for e in rankings.values()), "right"),
        Column("n", tuple(_n(each) for each in rankings.values()), "right"),
        Column("Against the others", tuple(_standing(each, metric) for each in rankings.values())),
    )
    overlap = any(each.overlapping for each in rankings.values() if each)
    notes = (*method_notes(one.row for one in scored), *((OVERLAP_NOTE,) if overlap else ()))
    return (PerTask(table_of(columns, notes), (_intro(metric),)),)


def _intro(metric: Metric) -> str:
    return f"The best model of each task by {metric.label} ({metric.better} is better)."


def _names(ranking: Ranking | None) -> str:
    return DASH if ranking is None else ", ".join(one.labelled.model for one in ranking.best)


def _value(ranking: Ranking | None) -> str:
    return DASH if ranking is None else value_text(ranking.best[0].value)


def _interval(ranking: Ranking | None) -> str:
    return DASH if ranking is None else _of_all([interval_text(one.row) for one in ranking.best])


def _n(ranking: Ranking | None) -> str:
    return DASH if ranking is None else _of_all([count_text(one.row.n) for one in ranking.best])


def _of_all(texts: Sequence[str]) -> str:
    """One text for the tied models where they agree, else each one's."""
    return "; ".join(dict.fromkeys(texts))


def _standing(ranking: Ranking | None, metric: Metric) -> str:
    if ranking is None:
        return f"no evaluation has a value of {metric.label}"
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
