"""What decides which views an experiment wants, as the design and the logs tell it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.cell import IDENTITY
from vizspec.cells.labels import label
from vizspec.experiment.model import RunType
from vizspec.experiment.variables import ScaleType, Variable, make_variable
from vizspec.logs.record import ENDING_LIMITS
from vizspec.metrics.known_metrics import RISK_METRICS, RISK_SCORERS
from vizspec.text.values import as_number, same_value

if TYPE_CHECKING:
    from vizspec.cells.cell import Cell
    from vizspec.experiment.model import Experiment, Run
    from vizspec.gather.facts import Facts
    from vizspec.metrics.catalogue import Metric

REGRESSION_SCORERS = ("continuous_scorer",)
WIDE = 50
"""How many times the largest of a sweep is the smallest, where a linear axis would crowd the small ones."""
OF_AGENTS = ("use_tools", "react")
"""Inspect's solvers that let a model call tools, beside those whose names tell of an agent."""


@dataclass(frozen=True)
class Shape:
    """What decides which views an experiment wants.

    `models` counts what charts call a model: each fine-tuned run, and each model that runs evaluate as it is.
    `tasks` counts the tasks as views call them; with `has_conditions` some are one task under conditions.
    `switches` are those of the factors whose levels are true and false.
    """

    models: int
    tasks: int
    factors: tuple[str, ...] = ()
    has_accuracy: bool = True
    has_supplementary: bool = False
    has_risk: bool = False
    has_compute: bool = False
    switches: tuple[str, ...] = ()
    has_conditions: bool = False
    has_whole_model: bool = True
    """Whether some model is evaluated on every task."""
    has_checkpoints: bool = False
    """Whether some run is evaluated at several checkpoints."""
    base_models: int = 0
    """The models as the report counts them, however they were trained; 0 where nothing tells."""
    has_agents: bool = False
    """Whether samples may call tools, or are ended by a limit: agents that work until they are stopped."""
    release_dates: int = 0
    """On how many days models were released, as far as Inspect's tables tell."""
    sweeps: tuple[str, ...] = ()
    """The columns in which evaluations differ by size: ordinal and continuous variables, and settings."""
    wide_sweeps: frozenset[str] = frozenset()
    """Those of them whose sizes span orders of magnitude."""


def shape_of_design(experiment: Experiment, has_compute: bool) -> Shape:
    """What the design tells."""
    cells = experiment.expected_cells()
    scorers = set(experiment.scorers)
    special = scorers & {*RISK_SCORERS, *REGRESSION_SCORERS}
    tasks = {cell.task for cell in cells} or set(experiment.tasks)
    shown_tasks = experiment.shown_tasks or tuple(tasks)
    factors = tuple(
        v for v in experiment.variables if v.kind is ScaleType.BINARY and _is_planned_in_pairs(v, experiment)
    )
    return Shape(
        models=len({_model(run) for run in experiment.runs}),
        tasks=len(shown_tasks),
        factors=tuple(v.name for v in factors),
        has_accuracy=not scorers or bool(scorers - set(REGRESSION_SCORERS)),
        has_supplementary=bool(special),
        has_risk=bool(scorers & set(RISK_SCORERS)),
        has_compute=has_compute,
        switches=tuple(v.name for v in factors if _is_switch(v)),
        has_conditions=len(shown_tasks) > len(tasks),
        has_whole_model=_has_whole_model(_planned_tasks(experiment)),
        has_checkpoints=any(len(row.epochs or ()) > 1 for row in experiment.matrix),
        base_models=len({run.model or run.name for run in experiment.runs}),
        sweeps=tuple(v.name for v in experiment.variables if _is_sweep(v)),
        wide_sweeps=frozenset(v.name for v in experiment.variables if _is_wide(v)),
    )


def shape_of_facts(facts: Facts, has_compute: bool, release_dates: int = 0) -> Shape:
    """What the logs tell, with the factors of the design; logs that are still to come count as planned."""
    experiment = facts.experiment
    planned = shape_of_design(experiment, has_compute) if experiment is not None else Shape(0, 0)
    variables = _factors_of_logs(facts) if experiment is None else ()
    settings = tuple(_settings(facts.cells))
    labelled = label(facts.cells, {})
    tasks = {one.task for one in labelled}
    return Shape(
        models=max(planned.models, len({one.model for one in labelled})),
        tasks=max(planned.tasks, len(tasks)),
        factors=planned.factors if experiment is not None else tuple(v.name for v in variables),
        has_accuracy=bool(facts.catalogue.accuracy),
        has_supplementary=bool(facts.catalogue.supplementary),
        has_risk=any(metric.name in RISK_METRICS for metric in facts.catalogue.metrics)
        and any(cell.log.place.row is None for cell in facts.cells),
        has_compute=has_compute,
        switches=planned.switches
        if experiment is not None
        else tuple(v.name for v in variables if _is_switch(v)),
        has_conditions=planned.has_conditions or len(tasks) > len({cell.task for cell in facts.cells}),
        has_whole_model=(planned.has_whole_model and experiment is not None)
        or _has_whole_model((one.model, one.task) for one in labelled),
        has_agents=any(_is_of_agents(cell) for cell in facts.cells),
        release_dates=release_dates,
        has_checkpoints=planned.has_checkpoints or _has_checkpoints(facts.selected.every_checkpoint),
        base_models=max(planned.base_models, len({cell.model for cell in facts.cells})),
        sweeps=planned.sweeps or tuple(v.name for v in settings if _is_sweep(v)),
        wide_sweeps=planned.wide_sweeps or frozenset(v.name for v in settings if _is_wide(v)),
    )


def _is_of_agents(cell: Cell) -> bool:
    setup = cell.log.setup
    solvers = setup.solver.split(", ") if isinstance(setup.solver, str) else []
    takes_tools = any(name in OF_AGENTS or "agent" in name for name in solvers)
    has_samples = cell.log.place.row is None
    return has_samples and (takes_tools or not setup.limits.keys().isdisjoint(ENDING_LIMITS))


def _is_sweep(variable: Variable) -> bool:
    return variable.kind in (ScaleType.ORDINAL, ScaleType.CONTINUOUS) and len(variable.levels) > 1


def _is_wide(variable: Variable) -> bool:
    """Whether its levels are read more easily on a log scale."""
    numbers = [as_number(level) for level in variable.levels]
    sizes = [number for number in numbers if number is not None and number > 0]
    return len(sizes) == len(numbers) > 1 and max(sizes) / min(sizes) >= WIDE


def _has_checkpoints(cells: Iterable[Cell]) -> bool:
    """Whether some run has evaluations of several checkpoints."""
    epochs: defaultdict[str | None, set[int]] = defaultdict(set)
    for cell in cells:
        if cell.epoch is not None:
            epochs[cell.run].add(cell.epoch)
    return any(len(found) > 1 for found in epochs.values())


def _settings(cells: Sequence[Cell]) -> Iterator[Variable]:
    """The settings in which evaluations differ beside their run, model, task, label and checkpoint."""
    for name in dict.fromkeys(name for cell in cells for name in cell.identity if name not in IDENTITY):
        levels = [value for value in _values(name, cells) if isinstance(value, str | int | float | bool)]
        yield make_variable(name, levels)


def _is_planned_in_pairs(factor: Variable, experiment: Experiment) -> bool:
    """Whether some task is evaluated at both levels, as far as the matrix tells."""
    levels: defaultdict[str, set[bool]] = defaultdict(set)
    for cell in experiment.expected_cells():
        truth = factor.truth(experiment.setting(cell.run, factor.name))
        if truth is not None:
            levels[cell.task].add(truth)
    return not levels or any(len(found) == 2 for found in levels.values())


def _planned_tasks(experiment: Experiment) -> Iterator[tuple[Hashable, str]]:
    models = {run.name: _model(run) for run in experiment.runs}
    for cell, task in experiment.task_labels().items():
        yield models.get(cell.run, cell.run), task


def _has_whole_model(evaluations: Iterable[tuple[Hashable, str]]) -> bool:
    """Whether some model has every task, of pairs of a model and a task; true of none at all."""
    tasks: defaultdict[Hashable, set[str]] = defaultdict(set)
    for model, task in evaluations:
        tasks[model].add(task)
    every = set().union(*tasks.values())
    return not tasks or any(has == every for has in tasks.values())


def _model(run: Run) -> tuple[str, str]:
    """What makes two runs one model: a run that trains nothing evaluates its base model as it is."""
    is_as_it_is = run.type in (RunType.CONTROL, RunType.EVAL_ONLY) and run.model is not None
    return ("model", str(run.model)) if is_as_it_is else ("run", run.name)


def _is_switch(variable: Variable) -> bool:
    return all(same_value(level, True) or same_value(level, False) for level in variable.levels)


def _factors_of_logs(facts: Facts) -> tuple[Variable, ...]:
    """The task arguments that are true of some evaluations and false of others, where no design tells.

    Only those of which some model has both levels in one metric and task: others show no effect.
    """
    names = dict.fromkeys(
        name for cell in facts.cells for name in cell.columns if name.startswith("task_args.")
    )
    variables = (make_variable(name, _values(name, facts.cells)) for name in names)
    return tuple(v for v in variables if v.kind is ScaleType.BINARY and _has_both_levels(v.name, facts))


def _values(name: str, cells: Iterable[Cell]) -> list[Any]:
    return [cell.columns[name] for cell in cells if cell.columns.get(name) is not None]


def _has_both_levels(name: str, facts: Facts) -> bool:
    """Whether some model has both levels on one benchmark in a metric that a factor's view would show."""
    wanted = facts.catalogue.accuracy or facts.catalogue.metrics
    on = benchmarks(facts.cells)
    cells: defaultdict[tuple[Metric, str, Benchmark], list[Cell]] = defaultdict(list)
    for row in facts.table.rows:
        if row.value is not None and row.metric in wanted:
            cells[row.metric, row.cell.model, on[row.cell]].append(row.cell)
    return any(len(make_variable(name, _values(name, some)).levels) == 2 for some in cells.values())
