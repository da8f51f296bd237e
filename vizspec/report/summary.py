"""The executive summary: the best result with its uncertainty, and how much there is behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vizspec.metrics import Metric
from vizspec.outcomes import Status
from vizspec.report.ledger import not_shown
from vizspec.report.material import Material, Scored
from vizspec.report.model import Count, Headline, Summary
from vizspec.report.numbers import counted, estimate_text, listed, value_text
from vizspec.report.ranking import Ranking, rank


def summary(material: Material) -> tuple[Summary, ...]:
    """The section; it is there without any metric, and without any evaluation."""
    headline, remarks = _result(material)
    warnings = len(material.facts.warnings) + len(material.inputs.warnings)
    if warnings:
        remarks = (*remarks, f"{counted(warnings, 'warning')} on the inputs: see Warnings.")
    return (Summary(headline, remarks, tuple(_counts(material))),)


def _result(material: Material) -> tuple[Headline | None, tuple[str, ...]]:
    metric = material.primary
    if not material.facts.cells:
        return None, ("There are no evaluations to report on; the coverage section says why.",)
    if metric is None:
        return None, ("The logs hold no metric, so there is nothing to rank.",)
    scored = material.scored(metric)
    if not scored:
        return None, (f"No evaluation has a value of {metric.label}.",)
    if metric.better is None:
        return None, (_range(metric, scored),)
    ranking = rank(scored, metric.better)
    assert ranking is not None
    return _headline(material, metric, ranking), tuple(_remarks(material, metric, ranking, scored))


def _range(metric: Metric, scored: Sequence[Scored]) -> str:
    values = [one.value for one in scored]
    ends = f"from {value_text(min(values))} to {value_text(max(values))}"
    return f"{metric.label} lies {ends}; neither direction is better, so there is no best."


def _headline(material: Material, metric: Metric, ranking: Ranking) -> Headline:
    tasks = len(material.tasks) > 1
    names = tuple(_name(one, tasks) for one in ranking.best)
    lead = f"Best {metric.label}" + (" (tie)" if ranking.is_tie else "")
    details = dict.fromkeys(estimate_text(one.row) for one in ranking.best)
    return Headline(lead, names, "; ".join(details))


def _remarks(material: Material, metric: Metric, ranking: Ranking, scored: Sequence[Scored]) -> Iterator[str]:
    """How certain the best is, among the models that were evaluated on its task."""
    if len(scored) == 1:
        yield f"It is the only evaluation with a value of {metric.label}."
        return
    tasks = {one.labelled.task for one in ranking.best}
    near = [one.labelled.model for one in ranking.overlapping if one.labelled.task in tasks]
    unknown = [one.labelled.model for one in ranking.unknown if one.labelled.task in tasks]
    rivals = [one for one in scored if one.labelled.task in tasks and one not in ranking.best]
    where = " on the same task" if len(material.tasks) > 1 else ""
    if near:
        yield f"Its interval overlaps that of {listed(near)}{where}: that order is not certain."
    elif rivals and not unknown:
        yield f"Its interval overlaps that of no other model{where}."
    if unknown:
        yield f"No interval tells how sure its lead over {listed(unknown)}{where} is."
    if len(material.tasks) > 1:
        table = (
            "; the best model of each task is listed below" if "per_task" in material.report.sections else ""
        )
        yield f"Scores on different tasks are not comparable{table}."


def _name(one: Scored, with_task: bool) -> str:
    return f"{one.labelled.model} on {one.labelled.task}" if with_task else one.labelled.model


def _counts(material: Material) -> Iterator[Count]:
    facts = material.facts
    runs = len({cell.run for cell in facts.cells if cell.run is not None})
    models = len(material.models)
    yield Count(
        "Models", f"{models:,}" + (f" (of {counted(runs, 'run')})" if runs not in (0, models) else "")
    )
    yield Count("Tasks", f"{len(material.tasks):,}")
    yield Count("Evaluations", _evaluations(material))
    yield Count("Metrics", f"{len(facts.catalogue.metrics):,}")
    yield Count("Figures", _figures(material))


def _evaluations(material: Material) -> str:
    ledger = material.facts.ledger
    shown = f"{len(material.facts.cells):,}"
    if not ledger.planned:
        return shown
    missing, _ = not_shown(material)
    told = f"; {counted(len(missing), 'is', 'are')} missing" if missing else ""
    return f"{shown} ({ledger.planned_and_shown:,} of the {ledger.planned:,} planned{told})"


def _figures(material: Material) -> str:
    """`11 made (2 of them in part), 1 skipped, 1 failed`."""
    made = [outcome for outcome in material.outcomes if outcome.written]
    in_part = sum(outcome.status is Status.FAILED for outcome in made)
    none_made = Counter(outcome.status for outcome in material.outcomes if not outcome.written)
    told = f"{len(made):,} made" + (f" ({in_part:,} of them in part)" if in_part else "")
    rest = [f"{n:,} {status.value}" for status in (Status.SKIPPED, Status.FAILED) if (n := none_made[status])]
    return ", ".join((told, *rest))
