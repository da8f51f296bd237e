"""The entries of `views` against the experiment and the installed inspect-viz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vizspec.checks.data import placeholders, where
from vizspec.checks.known import Known, unknown
from vizspec.conditions import CONDITIONS, known_names
from vizspec.draw.signatures import known_options
from vizspec.errors import Loc, Problem
from vizspec.expressions import ExpressionError, unknown_names
from vizspec.names import nearest
from vizspec.plan import view_of
from vizspec.selection import FACTS
from vizspec.spec import PLACEHOLDERS, Spec
from vizspec.views import KINDS
from vizspec.views.base import ChartEntry, Entry, Kind

if TYPE_CHECKING:
    from vizspec.experiment import Experiment


def check(spec: Spec, known: Known, experiment: Experiment | None) -> Iterator[Problem]:
    """Problems of each entry, and entries with one id."""
    counts = Counter(entry.id for entry in spec.views if entry.id is not None)
    for place, entry in enumerate(spec.views):
        loc: Loc = ("views", place)
        kind = KINDS[view_of(entry)]
        if entry.id is not None and counts[entry.id] > 1:
            yield Problem(
                (*loc, "id"), f"{counts[entry.id]} entries have the id '{entry.id}'", "name them apart"
            )
        yield from _common(loc, entry, known)
        if isinstance(entry, ChartEntry):
            yield from _chart(loc, entry, kind, known)
        if experiment is not None:
            for reason in kind.outlook(entry, experiment):
                yield Problem(loc, f"{view_of(entry)} will be skipped: {reason}", severity="warning")


def _common(loc: Loc, entry: Entry, known: Known) -> Iterator[Problem]:
    for key in ("name", "title"):
        pattern = getattr(entry, key)
        if pattern is not None:
            yield from placeholders((*loc, key), pattern, PLACEHOLDERS)
    yield from where((*loc, "where"), entry.where, known)
    for place, condition in enumerate(entry.skip_if):
        yield from _condition((*loc, "skip_if", place), condition)
    factor = getattr(entry, "factor", None)
    if factor is not None:
        yield from known.column((*loc, "factor"), factor)


def _condition(loc: Loc, condition: str) -> Iterator[Problem]:
    if condition in CONDITIONS:
        return
    try:
        names = unknown_names(condition, tuple(FACTS))
    except ExpressionError as error:
        yield Problem(loc, str(error), f"named conditions: {', '.join(CONDITIONS)}")
        return
    for name in names:
        yield from unknown(loc, name, known_names(), "condition or fact")


def _chart(loc: Loc, entry: ChartEntry, kind: Kind, known: Known) -> Iterator[Problem]:
    for place, pattern in enumerate(entry.metrics):
        yield from known.metric((*loc, "metrics", place), pattern)
    if not entry.options or kind.function is None:
        return
    options = known_options(kind.function)
    for name in entry.options:
        yield from _option((*loc, "options", name), name, options, kind)


def _option(loc: Loc, name: str, options: tuple[str, ...], kind: Kind) -> Iterator[Problem]:
    if name in kind.reserved:
        yield Problem(loc, f"vizspec gives inspect-viz the argument '{name}' itself", "leave it out")
    elif name in kind.entry.model_fields:
        yield Problem(loc, f"'{name}' is a key of the entry itself", f"write it beside `view`: {name}: …")
    elif options and name not in options:
        free = [option for option in options if option not in kind.reserved]
        near = nearest(name, free)
        hint = f"did you mean '{near}'? " if near else ""
        message = f"the installed inspect-viz's {kind.function} has no argument '{name}'"
        yield Problem(loc, message, f"{hint}known: {', '.join(free)}")
