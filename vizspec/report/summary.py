"""The executive summary: the best result with its uncertainty, and how much there is behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vizspec.metrics.catalogue import Metric
from vizspec.plan.outcomes import Outcome, Status
from vizspec.report.figures import is_data
from vizspec.report.ledger import not_shown
from vizspec.report.material import Material, Scored, Task
from vizspec.report.model import Count, Headline, Summary
from vizspec.report.numbers import estimate_text, those_of
from vizspec.report.ranking import Ranking, rank, trials_text, why_unranked
from vizspec.text.decimals import value_text
from vizspec.text.messages import counted, listed

MOST_TASKS = 5
"""Tasks whose best the summary names; the breakdown has them all."""


def summary(material: Material) -> tuple[Summary, ...]:
    """The section; it is there without any metric, and without any evaluation."""
    headlines, remarks = _result(material)
    warnings = len(material.facts.warnings) + len(material.inputs.warnings)
    if warnings:
        remarks = (*remarks, f"{counted(warnings, 'warning')} on the inputs: see Warnings.")
    return (Summary(headlines, remarks, tuple(_counts(material))),)


def _result(material: Material) -> tuple[tuple[Headline, ...], tuple[str, ...]]:
    metric = material.primary
    if not material.facts.cells:
        return (), ("There are no evaluations to report on; the coverage section says why.",)
    if metric is None:
        return (), (_no_metric(material),)
    scored = material.scored(metric)
    if not scored:
        return (), (f"No evaluation has a value of {metric.label}.",)
    if metric.better is None:
        return (), (_range(metric, scored),)
    inside = [one for one in scored if not one.row.is_outside]
    by_task = {task: material.of_task(task, inside) for task in material.tasks}
    ranked = [task for task in material.tasks if by_task[task]]
    if not ranked:
        return (), (f"Every value of {metric.label} lies outside its range, so none is best: see Warnings.",)
    headlines = tuple(_headline(material, metric, task, by_task[task]) for task in ranked[:MOST_TASKS])
    return headlines, tuple(_on_tasks(material, metric, ranked))


def _no_metric(material: Material) -> str:
    names = [metric.id for metric in material.facts.catalogue.metrics]
    if not names:
        return "The logs hold no metric, so there is nothing to rank."
    wanted = material.spec.metrics.primary
    return (
        f"No metric matches metrics.primary ('{wanted}'), so nothing is ranked; "
        f"the logs hold {listed(names)}."
    )


def _range(metric: Metric, scored: Sequence[Scored]) -> str:
    if len(scored) == 1 and not metric.is_doubtful:
        return f"{metric.label}: {estimate_text(scored[0].row)}."
    values = [one.value for one in scored]
    ends = f"from {value_text(min(values))} to {value_text(max(values))}"
    return f"{metric.label} lies {ends}; {why_unranked(metric)}."


def _headline(material: Material, metric: Metric, task: Task, scored: Sequence[Scored]) -> Headline:
    """The best of one task, among those that were evaluated on it."""
    assert metric.better is not None
    ranking = rank(scored, metric.better)
    assert ranking is not None
    where = f" on {task.name}" if len(material.tasks) > 1 else ""
    details = dict.fromkeys(estimate_text(one.row) for one in ranking.best)
    return Headline(
        f"Best {metric.label}{where}" + (" (tie)" if ranking.is_tie else ""),
        _names(material, ranking.best),
        "; ".join(details),
        tuple(_certainty(material, metric, task, ranking)),
    )


def _certainty(material: Material, metric: Metric, task: Task, ranking: Ranking) -> Iterator[str]:
    """How sure the best is of its place: its rivals are the others on its task."""
    near, unknown = _names(material, ranking.overlapping), _names(material, ranking.unknown)
    its, overlaps = ("Their intervals", "overlap") if ranking.is_tie else ("Its interval", "overlaps")
    if not (near or unknown or ranking.clear or ranking.is_tie or ranking.trials):
        where = f" on {task.name}" if len(material.tasks) > 1 else ""
        yield f"It is the only evaluation{where} with a value of {metric.label}."
    if near:
        yield f"{its} {overlaps} {those_of(near)}: that order is not certain."
    elif ranking.clear and not unknown:
        rival = "evaluation" if len(task.conditions) > 1 else "model"
        yield f"{its} {overlaps} that of no other {rival}."
    if ranking.trials:
        yield f"Not ranked: {trials_text(material, ranking)}."
    if unknown:
        yield f"No interval tells how sure {its.split()[0].lower()} lead over {listed(unknown)} is."


def _on_tasks(material: Material, metric: Metric, ranked: Sequence[Task]) -> Iterator[str]:
    """What a reader of several tasks has to know."""
    without = [task.name for task in material.tasks if task not in ranked]
    if without:
        yield f"No evaluation on {listed(without)} has a value of {metric.label}."
    if len(material.tasks) < 2:
        return
    rest = len(ranked) - MOST_TASKS
    more = f"; {counted(rest, 'more task follows', 'more tasks follow')} in the breakdown below"
    is_below = rest > 0 and "per_task" in material.report.sections
    yield f"Scores on different tasks are not comparable{more if is_below else ''}."


def _names(material: Material, scored: Sequence[Scored]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(material.name(one.labelled) for one in scored))


def _counts(material: Material) -> Iterator[Count]:
    facts = material.facts
    runs = len({cell.run for cell in facts.cells if cell.run is not None})
    models = len({cell.model for cell in facts.cells})
    yield Count(
        "Models", f"{models:,}" + (f" (of {counted(runs, 'run')})" if runs not in (0, models) else "")
    )
    conditions = sum(len(task.conditions) for task in material.tasks)
    told = f" ({counted(conditions, 'condition')})" if conditions > len(material.tasks) else ""
    yield Count("Tasks", f"{len(material.tasks):,}{told}")
    yield Count("Evaluations", _evaluations(material))
    yield Count("Metrics", f"{len(facts.catalogue.metrics):,}")
    yield Count("Figures", _made([outcome for outcome in material.outcomes if not is_data(outcome)]))
    data = [outcome for outcome in material.outcomes if is_data(outcome)]
    if data:
        yield Count("Files", _made(data))


def _evaluations(material: Material) -> str:
    ledger = material.facts.ledger
    shown = f"{len(material.facts.cells):,}"
    if not ledger.planned:
        return shown
    missing, _ = not_shown(material)
    told = f"; {counted(len(missing), 'is', 'are')} missing" if missing else ""
    return f"{shown} ({ledger.planned_and_shown:,} of the {ledger.planned:,} planned{told})"


def _made(outcomes: Sequence[Outcome]) -> str:
    """`11 made (2 of them in part), 1 skipped, 1 failed`."""
    made = [outcome for outcome in outcomes if outcome.written]
    in_part = sum(outcome.status is Status.FAILED for outcome in made)
    none_made = Counter(outcome.status for outcome in outcomes if not outcome.written)
    told = f"{len(made):,} made" + (f" ({in_part:,} of them in part)" if in_part else "")
    rest = [f"{n:,} {status.value}" for status in (Status.SKIPPED, Status.FAILED) if (n := none_made[status])]
    return ", ".join((told, *rest))
