"""Builders of values for tests: valid by default, so that a test states only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.cells.coverage import ledger
from vizspec.cells.select_logs import select_logs
from vizspec.estimates.table import Estimate, Estimates, estimate
from vizspec.experiment.model import Experiment, MatrixRow, Run
from vizspec.experiment.variables import Variable, make_variable
from vizspec.gather.facts import Facts
from vizspec.logs.location import Location
from vizspec.logs.record import Log, Setup, Status
from vizspec.metrics.catalogue import Catalogue, Metric, catalogue
from vizspec.metrics.score import Score
from vizspec.statistics.method import Method
from vizspec.views.selection import Selection

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)

RISK = {
    "auc_score": 0.9,
    "brier_score": 0.1,
    "expected_calibration_error": 0.05,
    "risk_calibration_error": 0.04,
    "mean_risk_score": 0.4,
}
"""What a risk scorer logs."""


def a_score(
    scorer: str = "match",
    accuracy: float | None = 0.8,
    *,
    metrics: Mapping[str, float | None] | None = None,
    stderr: float | None = None,
    scored: int | None = 100,
    reducer: str | None = None,
    clustered: bool = False,
) -> Score:
    """A scorer's accuracy over 100 samples, or the given metrics instead of it."""
    values = {"accuracy": accuracy} if metrics is None else dict(metrics)
    return Score(scorer, values, reducer, stderr, "school" if clustered else None, scored)


def a_log(
    run: str | None = None,
    model: str | None = None,
    task: str | None = "capitals",
    vis_label: object = None,
    epoch: object = None,
    *,
    location: str | Location | None = None,
    status: Status = Status.SUCCESS,
    reason: str | None = None,
    created: datetime | str | None = NOON,
    scores: Iterable[Score] | None = None,
    accuracy: float | None = 0.8,
    stderr: float | None = None,
    samples: int | None = 100,
    epochs: int = 1,
    task_args: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    columns: Mapping[str, Any] | None = None,
    **setup: Any,
) -> Log:
    """A successful log of 100 samples, located by its run, task, label, epoch; more arguments set it up."""
    label = {} if vis_label is None else {"vis_label": vis_label}
    checkpoint = {} if epoch is None else {"epoch": epoch}
    given = (a_score(accuracy=accuracy, stderr=stderr, scored=samples),) if scores is None else tuple(scores)
    parts = [str(part) for part in (task, vis_label, epoch) if part is not None]
    return Log(
        place=_place(location or f"{run or 'logs'}/eval/{'_'.join(parts)}/logs/a.eval"),
        status=status,
        reason=reason,
        created=datetime.fromisoformat(created) if isinstance(created, str) else created,
        task=task,
        task_args={**label, **(task_args or {})},
        model=f"hf/{run}" if model is None and run is not None else model or "hf/1B",
        metadata={**checkpoint, **(metadata or {})},
        samples=samples,
        completed=None if samples is None else samples * epochs,
        epochs=epochs,
        scores=given if status is Status.SUCCESS else (),
        run=run,
        setup=Setup(**setup),
        columns=columns or {},
    )


def _place(location: str | Location) -> Location:
    return location if isinstance(location, Location) else Location(location)


def a_cell(run: str | None = None, model: str | None = None, *arguments: Any, **named: Any) -> Cell:
    """The cell of one log, its model `1B` unless another is given; the arguments are those of `a_log`."""
    log = a_log(run, model or "hf/1B", *arguments, **named)
    return select_logs([log], epochs="all").cells[0]


def an_experiment(
    runs: Sequence[str | Run] = ("r4", "r8"),
    tasks: Sequence[str] = ("capitals",),
    *,
    epochs: Sequence[int] | None = None,
    matrix: Iterable[MatrixRow] | None = None,
    variables: Mapping[str, Sequence[Any]] | None = None,
    scorers: Sequence[str] = ("match",),
    **named: Any,
) -> Experiment:
    """An experiment whose matrix has every run at every task and epoch; every run trains the model `1B`."""
    made = tuple(run if isinstance(run, Run) else a_run(run) for run in runs)
    row = tuple(tasks)
    whole = tuple(MatrixRow(run.name, row, None, None if epochs is None else tuple(epochs)) for run in made)
    return Experiment(
        name=named.pop("name", "ranks"),
        variables=some_variables(variables or {}),
        runs=made,
        scorers=tuple(scorers),
        tasks=row,
        matrix=whole if matrix is None else tuple(matrix),
        **named,
    )


def a_run(
    name: str = "r4", model: str | None = "1B", kind: str | None = "fine-tuned", **parameters: Any
) -> Run:
    """A fine-tuned run with these parameters."""
    return Run(name, type=kind, model=model, parameters=parameters)


def some_variables(levels: Mapping[str, Sequence[Any]]) -> tuple[Variable, ...]:
    """Variables by name, with their levels."""
    return tuple(make_variable(name, values) for name, values in levels.items())


def a_metric(identity: str = "match/accuracy") -> Metric:
    """What vizspec knows of a metric of this name."""
    scorer, _, name = identity.partition("/")
    return catalogue([a_score(scorer, metrics={name: 0.5})]).metrics[0]


def a_catalogue(cells: Iterable[Cell]) -> Catalogue:
    """The metrics that the cells' logs hold."""
    return catalogue(score for cell in cells for score in cell.log.scores)


def an_estimate(
    cell: Cell | None = None,
    metric: Metric | None = None,
    value: float | None = 0.8,
    lower: float | None = 0.7,
    upper: float | None = 0.9,
    **named: Any,
) -> Estimate:
    """A Wilson estimate at 95 % of 100 samples."""
    given = {"level": 0.95, "n": 100, "method": Method.WILSON, **named}
    return Estimate(
        cell or a_cell("r4"), metric or a_metric(), value=value, lower=lower, upper=upper, **given
    )


def some_estimates(cells: Sequence[Cell], level: float = 0.95) -> Estimates:
    """All that the cells' logs hold, estimated."""
    return estimate(cells, a_catalogue(cells), level)


def a_selection(cells: Sequence[Cell], level: float = 0.95, **named: Any) -> Selection:
    """What a view of these cells sees."""
    return Selection(tuple(cells), some_estimates(cells, level), a_catalogue(cells), **named)


def some_facts(
    logs: Iterable[Log],
    experiment: Experiment | None = None,
    levels: Sequence[float] = (0.95,),
    **named: Any,
) -> Facts:
    """The facts of an experiment with these logs, all epochs shown; the first level is the tables'."""
    selected = select_logs(logs, experiment, epochs=named.pop("epochs", "all"))
    return Facts(
        name=named.pop("name", experiment.name if experiment else "ranks"),
        level=levels[0],
        selected=selected,
        catalogue=a_catalogue(selected.cells),
        estimates={level: some_estimates(selected.cells, level) for level in levels},
        ledger=ledger(selected, experiment),
        experiment=experiment,
        **named,
    )
