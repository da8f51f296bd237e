"""The sections `data` and `metrics` against the experiment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from vizspec.cells.columns import STANDARD
from vizspec.errors import Loc, Problem
from vizspec.spec.checks.known_names import KnownNames
from vizspec.spec.checks.known_values import KnownValues, unheard_of, values_of
from vizspec.spec.checks.text import placeholders, where
from vizspec.text.messages import shown, suggestion
from vizspec.views.entry import check_range

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec


def check(spec: Spec, known: KnownNames, experiment: Experiment | None) -> Iterator[Problem]:
    """Problems of where the results are, what makes a cell of them, and which metrics count."""
    for place, pattern in enumerate(spec.data.logs):
        yield from placeholders(("data", "logs", place), pattern, ("run",))
    for place, name in enumerate(spec.data.identity):
        yield from known.column(("data", "identity", place), name)
    yield from _columns(spec, known)
    values = values_of(experiment, spec.data.columns)
    yield from where(("data", "where"), spec.data.where, known, values)
    yield from _labels(spec, known, values)
    yield from _epochs(spec, experiment)
    yield from _log_viewer(spec)
    yield from _metrics(spec, known, experiment)


def _columns(spec: Spec, known: KnownNames) -> Iterator[Problem]:
    """Derived columns are made in their order, so that one may start from an earlier one."""
    names = list(spec.data.columns)
    for place, (name, column) in enumerate(spec.data.columns.items()):
        loc: Loc = ("data", "columns", name)
        if name in STANDARD:
            yield Problem(loc, f"every evaluation has a column '{name}' already", "give it another name")
        if column.source in names[place:] and column.source not in STANDARD:
            message = f"the column '{column.source}' is not made yet: columns are made in their order"
            yield Problem((*loc, "from"), message, "put it after the column that it starts from")
        else:
            yield from known.column((*loc, "from"), column.source)


def _labels(spec: Spec, known: KnownNames, values: KnownValues) -> Iterator[Problem]:
    for column, texts in spec.data.labels.items():
        loc: Loc = ("data", "labels", column)
        yield from known.column(loc, column)
        for value in texts:
            for problem in unheard_of((*loc, value), column, value, values):
                yield replace(problem, severity="warning")


def _epochs(spec: Spec, experiment: Experiment | None) -> Iterator[Problem]:
    planned = experiment.epochs if experiment is not None else ()
    if spec.data.epochs == ():
        yield Problem(("data", "epochs"), "the list is empty", "list epochs, or write: latest")
    if isinstance(spec.data.epochs, str) or not planned:
        return
    listed = ", ".join(str(number) for number in planned)
    for place, epoch in enumerate(spec.data.epochs):
        if epoch not in planned:
            loc: Loc = ("data", "epochs", place)
            yield Problem(loc, f"the evaluation matrix has no epoch {epoch}", f"it has: {listed}")


def _log_viewer(spec: Spec) -> Iterator[Problem]:
    address = spec.data.log_viewer
    if address is not None and not address.startswith(("http://", "https://")):
        message = f"{shown(address)} is not a web address"
        yield Problem(("data", "log_viewer"), message, "as in: http://localhost:7575")


def _metrics(spec: Spec, known: KnownNames, experiment: Experiment | None) -> Iterator[Problem]:
    if spec.metrics.primary is not None:
        yield from known.metric(("metrics", "primary"), spec.metrics.primary)
    for place, pattern in enumerate(spec.metrics.include):
        yield from known.metric(("metrics", "include", place), pattern)
    for name in spec.metrics.define:
        yield from _definition(spec, name, experiment)


def _definition(spec: Spec, name: str, experiment: Experiment | None) -> Iterator[Problem]:
    loc: Loc = ("metrics", "define", name)
    scorer, slash, _ = name.partition("/")
    scorers = experiment.scorers if experiment is not None else ()
    if not slash:
        yield Problem(
            loc, f"{shown(name)} names no metric", f"write scorer/metric, as in: {name or 'match'}/accuracy"
        )
    elif scorers and not any(scorer == known or scorer.startswith(f"{known}_") for known in scorers):
        message = f"the experiment names no scorer {shown(scorer)}"
        yield Problem(loc, message, suggestion(scorer, scorers), "warning")
    yield from check_range((*loc, "range"), spec.metrics.define[name].range)
