"""All estimates as `results.csv` and `results.json`: the same rows, the same order, the same numbers."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from vizspec.estimates.table import Estimate, Estimates
from vizspec.text.natural_order import natural_key


@dataclass(frozen=True)
class ResultRow:
    """One row; what is not known is None (an empty field, or null). `log` is relative to the experiment."""

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
    method: str
    log: str


_CRLF = "\r\n"
COLUMNS = tuple(column.name for column in fields(ResultRow))


def result_rows(estimates: Estimates) -> tuple[ResultRow, ...]:
    """The rows by run, model, task, label, epoch, metric and log; numbers in names in order of size."""
    return tuple(sorted((_row(estimate) for estimate in estimates.rows), key=_place))


def results_csv(estimates: Estimates) -> str:
    """The rows as CSV with a header, a line feed after each; floats in full (`repr`)."""
    rows = (asdict(row).values() for row in result_rows(estimates))
    return _encodable("".join(_csv_line(row) for row in (COLUMNS, *rows)))


def results_json(estimates: Estimates) -> str:
    """The rows as a JSON list of objects; what is not known is null, and NaN never occurs."""
    rows = [asdict(row) for row in result_rows(estimates)]
    return _encodable(json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def _csv_line(values: Iterable[object]) -> str:
    """One record. The writer quotes a carriage return only where its line ending has one."""
    line = io.StringIO()
    csv.writer(line, lineterminator=_CRLF).writerow("" if value is None else value for value in values)
    return line.getvalue().removesuffix(_CRLF) + "\n"


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
        _finite(estimate.value),
        _finite(estimate.lower),
        _finite(estimate.upper),
        _finite(estimate.stderr),
        estimate.n,
        estimate.method.value,
        cell.log.location,
    )


def _finite(value: float | None) -> float | None:
    """The value as a Python float, or None where it is no number; -0.0 is 0.0."""
    return float(value) + 0.0 if value is not None and math.isfinite(value) else None


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


def _encodable(text: str) -> str:
    """The text without halves of characters, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()
