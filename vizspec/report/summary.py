"""The executive summary: the best result with its uncertainty, and how much there is behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from vizspec.comparisons.audits import several
from vizspec.comparisons.record import Effect, NoEffect
from vizspec.metrics.catalogue import Metric
from vizspec.plan.outcomes import Outcome, OutputStatus
from vizspec.report.claims import counts_text
from vizspec.report.coverage import not_shown
from vizspec.report.material import Material, Scored, Task
from vizspec.report.model import Count, Headline, Summary
from vizspec.report.number_texts import estimate_text, lead_text
from vizspec.report.ranking import Ranking, Rival, bases, rank, trials_text, why_unranked
from vizspec.report.visualizations import is_data
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import ends_text, value_text
from vizspec.text.messages import capitalized, counted, joined, listed

MOST_RIVALS = 2
"""Rivals that a sentence names, the nearest first."""
MOST_LEADERS = 5
"""Evaluations that a headline names where they cannot be told apart."""
MOST_WITHOUT = 3
"""Evaluations without a value that a headline names."""
MOST_EFFECTS = 4
"""Factors that the summary tells of."""
MOST_NOTABLE = 5
MOST_TASKS = 5
"""Tasks whose best the summary names; the breakdown has them all."""


def summary(material: Material) -> tuple[Summary, ...]:
    """The section; it is there without any metric, and without any evaluation."""
    headlines, remarks = _result(material)
    remarks = (*_answers(material), *remarks)
    warnings = len(material.facts.warnings) + len(material.attachments.warnings)
    if warnings:
        remarks = (*remarks, f"{counted(warnings, 'warning')} about the inputs: see Warnings.")
    notable = several(material.facts.comparisons.notable, MOST_NOTABLE)
    return (Summary(headlines, remarks, tuple(_counts(material)), notable),)


def _answers(material: Material) -> Iterator[str]:
    """What each factor does, what the checkpoints do, and what became of the claims."""
    known = material.facts.comparisons
    effects = [effect_text(effect, material.facts.level) for effect in known.effects]
    effects += map(no_effect_text, known.no_effects)
    yield from effects[:MOST_EFFECTS]
    rest = len(effects) - MOST_EFFECTS
    if rest > 0:
        yield f"{counted(rest, 'more factor was', 'more factors were')} looked at."
    if material.facts.verdicts:
        yield f"{counts_text(material.facts.verdicts)}: see Claims."


def effect_text(effect: Effect, level: float) -> str:
    """What a factor does, in a sentence: all else equal, on the same samples."""
    gain = f"{level_text(level)} {ends_text(effect.lower, effect.upper)}"
    high, low = (_level_name(effect.column, name) for name in (effect.high, effect.low))
    metric = effect.metric.label
    if effect.is_shown:
        better = "better" if effect.value > 0 else "worse"
        verdict = f"{high} is {better} than {low} in {metric} by {value_text(abs(effect.value))}"
        gain = f"gain: {gain}"
    else:
        verdict = f"{high} is not shown to differ from {low} in {metric}"
        gain = f"gain {value_text(effect.value)}, {gain}"
    over = f"mean of {effect.tasks} tasks, " if effect.tasks > 1 else ""
    how = "on the same samples" if effect.unpaired is None else "by the intervals of both"
    basis = f"{over}{counted(effect.pairs, 'pair')} of evaluations alike in all else, {how}"
    n = f", n = {effect.n:,}" if effect.n else ""
    why = f" It is made of what the logs store: {effect.unpaired}." if effect.unpaired else ""
    return f"By {effect.column}, {verdict} ({gain}; {basis}{n}).{why}"


def no_effect_text(found: NoEffect) -> str:
    """Why nothing is told of what a factor does, in a sentence."""
    return f"What {found.column} does cannot be told: {found.reason}."


def _level_name(column: str, name: str) -> str:
    """A level as a sentence names it: a bare number or truth value with its column, as in `epoch 1`."""
    is_bare = name.lower() in {"true", "false"} or name.replace(".", "", 1).lstrip("-").isdecimal()
    return f"{column} {name}" if is_bare else name


def _result(material: Material) -> tuple[tuple[Headline, ...], tuple[str, ...]]:
    metric = material.primary
    if not material.facts.cells:
        return (), ("There are no evaluations to report on; the coverage section says why.",)
    if metric is None:
        return (), (_no_metric(material),)
    metrics = material.task_metrics
    if not metrics:
        return (), (f"No evaluation has a value of {metric.label}.",)
    ranked = [task for task in material.tasks if task.benchmark in metrics]
    headlines: list[Headline] = []
    unranked: defaultdict[Metric, list[Task]] = defaultdict(list)
    for task in ranked[:MOST_TASKS]:
        found = _headline(material, metrics[task.benchmark], task)
        if found is None:
            unranked[metrics[task.benchmark]].append(task)
        else:
            headlines.append(found)
    ranges = [_unranked(material, of, tasks) for of, tasks in unranked.items()]
    return tuple(headlines), (*ranges, *_on_tasks(material, metric, ranked))


def _no_metric(material: Material) -> str:
    names = [metric.id for metric in material.facts.catalogue.metrics]
    if not names:
        return "The logs hold no metric, so there is nothing to rank."
    wanted = material.spec.metrics.primary
    return (
        f"No metric matches metrics.primary ('{wanted}'), so nothing is ranked; "
        f"the logs hold {listed(names)}."
    )


def _unranked(material: Material, metric: Metric, tasks: Sequence[Task]) -> str:
    """What there is to say of a metric by which nothing is ranked on these tasks."""
    every = [one for one in material.tasks if material.task_metrics.get(one.benchmark) == metric]
    names = listed([task.name for task in tasks], MOST_TASKS)
    where = f" on {names}" if len(every) < len(material.tasks) or len(tasks) < len(every) else ""
    if metric.better is not None:
        return f"Every value of {metric.label}{where} lies outside its range, so none is best: see Warnings."
    scored = [one for task in tasks for one in material.of_task(task, material.scored(metric))]
    if len(scored) == 1 and not metric.is_doubtful:
        return f"{metric.label}{where}: {estimate_text(scored[0].row)}."
    values = [one.value for one in scored]
    low, high = value_text(min(values)), value_text(max(values))
    found = f"ranges from {low} to {high}" if low != high else f"is {low} in all {len(values)} evaluations"
    return f"{metric.label}{where} {found}; {why_unranked(metric)}."


def _headline(material: Material, metric: Metric, task: Task) -> Headline | None:
    """The best of one task, among those that were evaluated on it; None where nothing is ranked."""
    scored = material.of_task(task, material.scored(metric))
    ranking = rank(scored, metric.better, material.lead) if metric.better is not None else None
    if metric.better is None or ranking is None:
        return None
    where = f" on {task.name}" if len(material.tasks) > 1 else ""
    details = dict.fromkeys(estimate_text(one.row) for one in ranking.best)
    extreme = "highest" if metric.better == "higher" else "lowest"
    return Headline(
        _lead(ranking, extreme, f"{metric.label}{where}"),
        _shortened(_names(material, ranking.leaders)),
        f"the {extreme} {'; '.join(details)}" if ranking.level else "; ".join(details),
        (*_certainty(material, ranking), *_without_value(material, metric, task)),
    )


def _lead(ranking: Ranking, extreme: str, what: str) -> str:
    """What the headline begins with: one is named the best where it is known to be above each other."""
    if ranking.is_alone:
        return what
    if ranking.is_sure:
        return f"Best {what}"
    if ranking.is_tie and not ranking.level:
        return f"Best {what} (tie)"
    return f"Best {what}, too close to call" if ranking.level else f"{capitalized(extreme)} {what}"


def _certainty(material: Material, ranking: Ranking) -> Iterator[str]:
    """How sure the highest is of its place: its rivals are the others on its task."""
    first = _names(material, ranking.best)[0]
    for basis in bases(ranking):
        level = [rival for rival in ranking.level if rival.lead and rival.lead.basis is basis]
        open_to = [rival for rival in level if rival.lead and rival.lead.no_verdict is None]
        if open_to:
            leads = f"{first} leads {_leads(material, open_to)}"
            yield f"{capitalized(basis.value)}, {leads}: too little to tell."
        for rival in level:
            if rival.lead and rival.lead.no_verdict is not None:
                yield f"{first} and {_name(material, rival)} are not judged: {rival.lead.no_verdict}."
        beaten = [rival for rival in ranking.beaten if rival.lead and rival.lead.basis is basis]
        if beaten:
            yield f"{capitalized(basis.value)}, {first} is better than {_leads(material, beaten)}."
    if ranking.trials:
        yield f"Not ranked: {trials_text(material, ranking)}."
    if ranking.unknown:
        names = tuple(_name(material, rival) for rival in ranking.unknown)
        yield f"No interval tells how sure the lead over {listed(names)} is."


def _without_value(material: Material, metric: Metric, task: Task) -> Iterator[str]:
    """Which evaluations on the task have no value of the metric."""
    here = [one for one in material.labelled if material.benchmarks[one.cell] == task.benchmark]
    rows = {one: material.facts.table.row(one.cell, metric) for one in here}
    names = dict.fromkeys(material.name(one) for one, row in rows.items() if row is None or row.value is None)
    if names:
        yield f"Without a value: {listed(list(names), MOST_WITHOUT)}."


def _leads(material: Material, rivals: Sequence[Rival]) -> str:
    """`r4 by 0.100 (0.020 to 0.180) and 3 others by more`, the nearest first."""
    leads = [
        f"{_name(material, rival)} by {lead_text(rival.lead)}"
        for rival in rivals[:MOST_RIVALS]
        if rival.lead is not None
    ]
    rest = len(rivals) - MOST_RIVALS
    if rest > 0:
        leads.append(f"{counted(rest, 'other', 'others')} by more")
    return joined(leads)


def _name(material: Material, rival: Rival) -> str:
    return material.name(rival.scored.labelled)


def _shortened(names: tuple[str, ...]) -> tuple[str, ...]:
    """The first names, and how many more there are."""
    rest = len(names) - MOST_LEADERS
    return names if rest <= 0 else (*names[:MOST_LEADERS], f"{rest} more")


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
    under = f" ({counted(conditions, 'condition')})" if conditions > len(material.tasks) else ""
    yield Count("Tasks", f"{len(material.tasks):,}{under}")
    yield Count("Evaluations", _evaluations(material))
    yield Count("Metrics", f"{len(facts.catalogue.metrics):,}")
    figures = [outcome for outcome in material.outcomes if not is_data(outcome)]
    yield Count("Figures", _fates(figures, "drawn"))
    data = [outcome for outcome in material.outcomes if is_data(outcome)]
    if data:
        yield Count("Data files", _fates(data, "written"))


def _evaluations(material: Material) -> str:
    """`12 of 21 planned (8 left out by the spec, 1 missing)`."""
    ledger, shown = material.facts.ledger, len(material.facts.cells)
    if not ledger.planned:
        return f"{shown:,}"
    missing, left_out = not_shown(material)
    planned = ledger.planned_and_shown
    of_planned = f"all {planned:,}" if planned == ledger.planned else f"{planned:,} of {ledger.planned:,}"
    beyond = f", and {shown - planned:,} not planned" if shown > planned else ""
    fates = ((left_out, "left out by the spec"), (missing, "missing"))
    absent = ", ".join(f"{len(rows):,} {fate}" for rows, fate in fates if rows)
    return f"{of_planned} planned{beyond}" + (f" ({absent})" if absent else "")


def _fates(outcomes: Sequence[Outcome], done: str) -> str:
    """`11 drawn (2 of them in part), 1 skipped, 1 failed`."""
    made = [outcome for outcome in outcomes if outcome.written]
    in_part = sum(outcome.status is OutputStatus.FAILED for outcome in made)
    none_made = Counter(outcome.status for outcome in outcomes if not outcome.written)
    whole = f"{len(made):,} {done}" + (f" ({in_part:,} of them in part)" if in_part else "")
    rest = [
        f"{n:,} {status.value}"
        for status in (OutputStatus.SKIPPED, OutputStatus.FAILED)
        if (n := none_made[status])
    ]
    return ", ".join((whole, *rest))
