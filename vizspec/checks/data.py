"""The sections `data`, `metrics` and `output` against the experiment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vizspec.checks.known import Known, unknown
from vizspec.errors import Loc, Problem
from vizspec.expressions import ExpressionError, unknown_names
from vizspec.spec import PLACEHOLDERS, Spec

if TYPE_CHECKING:
    from vizspec.experiment import Experiment


def check(spec: Spec, known: Known, experiment: Experiment | None) -> Iterator[Problem]:
    """Problems of where the results are, which metrics count, and where outputs go."""
    for place, pattern in enumerate(spec.data.logs):
        yield from placeholders(("data", "logs", place), pattern, ("run",))
    for place, name in enumerate(spec.data.identity):
        yield from known.column(("data", "identity", place), name)
    for name, column in spec.data.columns.items():
        yield from known.column(("data", "columns", name, "from"), column.source)
    yield from where(("data", "where"), spec.data.where, known)
    yield from _labels(spec, known, experiment)
    if experiment is not None:
        yield from _epochs(spec, experiment)
    yield from _metrics(spec, known)
    yield from placeholders(("output", "name"), spec.output.name, PLACEHOLDERS)


def placeholders(loc: Loc, pattern: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    """Braces that hold no placeholder."""
    for name in re.findall(r"\{([^{}]*)\}", pattern):
        yield from unknown(loc, name, allowed, "placeholder")


def where(loc: Loc, expression: str | None, known: Known) -> Iterator[Problem]:
    """A filter that cannot be read, or that speaks of columns no cell has."""
    if expression is None:
        return
    try:
        names = unknown_names(expression, ())
    except ExpressionError as error:
        yield Problem(loc, str(error), "compare columns, as in: n_samples >= 50 and run != 'r4'")
        return
    for name in names:
        if name not in ("run", "metadata", "task_args"):
            yield from known.column(loc, name)


def inside(loc: Loc, path: str, what: str) -> Iterator[Problem]:
    """A path that leads out of the output folder."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts:
        yield Problem(loc, f"{what} '{path}' leads out of the output folder", "give a path inside it")


def _labels(spec: Spec, known: Known, experiment: Experiment | None) -> Iterator[Problem]:
    values = _values(experiment) if experiment is not None else {}
    for column, texts in spec.data.labels.items():
        loc: Loc = ("data", "labels", column)
        yield from known.column(loc, column)
        for value in texts:
            if values.get(column):
                for problem in unknown((*loc, value), value, values[column], column):
                    yield Problem(problem.loc, problem.message, problem.hint, "warning")


def _values(experiment: Experiment) -> dict[str, tuple[str, ...]]:
    """The values that a column can have, where the design names them all."""
    cells = experiment.expected_cells()
    names = tuple(cell.task.rpartition("/")[2] for cell in cells)
    labels = tuple(cell.vis_label for cell in cells if cell.vis_label)
    return {
        "run": tuple(run.name for run in experiment.runs),
        "task": tuple(dict.fromkeys(names)),
        "vis_label": tuple(dict.fromkeys(labels)),
        "task_name": tuple(dict.fromkeys((*labels, *names))),
    }


def _epochs(spec: Spec, experiment: Experiment) -> Iterator[Problem]:
    planned = sorted({cell.epoch for cell in experiment.expected_cells() if cell.epoch is not None})
    if isinstance(spec.data.epochs, str) or not planned:
        return
    for place, epoch in enumerate(spec.data.epochs):
        if epoch not in planned:
            listed = ", ".join(str(number) for number in planned)
            loc: Loc = ("data", "epochs", place)
            yield Problem(loc, f"the evaluation matrix has no epoch {epoch}", f"it has: {listed}")


def _metrics(spec: Spec, known: Known) -> Iterator[Problem]:
    if spec.metrics.primary is not None:
        yield from known.metric(("metrics", "primary"), spec.metrics.primary)
    for place, pattern in enumerate(spec.metrics.include):
        yield from known.metric(("metrics", "include", place), pattern)
    for name, definition in spec.metrics.define.items():
        loc: Loc = ("metrics", "define", name)
        if "/" not in name:
            yield Problem(loc, f"'{name}' names no metric", f"write scorer/metric, as in: {name}/accuracy")
        lowest, highest = definition.range or (None, None)
        if lowest is not None and highest is not None and lowest >= highest:
            yield Problem((*loc, "range"), f"the range ends at {highest:g}, before it begins at {lowest:g}")
