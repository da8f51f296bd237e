"""All estimates as the rows of `results.csv` and `results.json`: the same rows, order and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from vizspec.cells.cell import IDENTITY
from vizspec.cells.columns import text_of
from vizspec.estimates.table import Estimate, Estimates
from vizspec.text.natural_order import natural_key
from vizspec.text.records import columns_of, csv_text


@dataclass(frozen=True)
class ResultRow:
    """One row; what is not known is None (an empty field, or null). `log` is relative to the experiment.

    `n` counts the samples behind the value, `n_samples` those that were evaluated. `condition` tells in what
    else the evaluation differs from others of its run, model, task, label and epoch. Of calibration errors
    `noise` is the error that calibrated predictions hardly ever exceed, `unbiased` the error without that.
    """

    run: str | None
    model: str
    task: str
    vis_label: str | None
    epoch: int | None
    metric: str
    family: str
    value: float | None
    lower: float | None
    upper: float | None
    stderr: float | None
    n: int | None
    n_samples: int | None
    method: str
    log: str
    condition: str | None
    noise: float | None
    unbiased: float | None


COLUMNS = columns_of(ResultRow)


def result_rows(estimates: Estimates) -> tuple[ResultRow, ...]:
    """The rows by run, model, task, label, epoch, metric and log; numbers in names in order of size."""
    return tuple(sorted((_row(estimate) for estimate in estimates.rows), key=_place))


def results_csv(estimates: Estimates) -> str:
    """The rows as CSV."""
    return csv_text(ResultRow, result_rows(estimates))


def _row(estimate: Estimate) -> ResultRow:
    cell = estimate.cell
    return ResultRow(
        cell.run,
        cell.model,
        cell.task,
        cell.vis_label,
        cell.epoch,
        estimate.metric.id,
        estimate.metric.family,
        estimate.value,
        estimate.lower,
        estimate.upper,
        estimate.stderr,
        estimate.n,
        estimate.meant,
        estimate.method.value,
        cell.log.location,
        _condition(estimate),
        estimate.noise,
        estimate.unbiased,
    )


def _condition(estimate: Estimate) -> str | None:
    """In what of its setup the cell differs from others: `task_args.scale=1.2; solver=react`."""
    settings = (
        (name, estimate.cell.columns.get(name)) for name in estimate.cell.identity if name not in IDENTITY
    )
    return "; ".join(f"{name}={text_of(value)}" for name, value in settings if value is not None) or None


def _place(row: ResultRow) -> tuple[object, ...]:
    """Runs, labels and epochs that are not known come first."""
    return (
        natural_key(row.run or ""),
        natural_key(row.model),
        natural_key(row.task),
        natural_key(row.vis_label or ""),
        -1 if row.epoch is None else row.epoch,
        natural_key(row.metric),
        natural_key(row.log),
    )
