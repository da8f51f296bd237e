"""The entries of `views` against the experiment and the installed inspect-viz."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.draw.charts.signatures import expected_option, known_options
from vizspec.errors import Loc, Problem
from vizspec.parsing.schema_errors import described
from vizspec.spec.checks.known_names import KnownNames, Surroundings
from vizspec.spec.checks.known_values import KnownValues, values_of
from vizspec.spec.checks.output import file_pattern
from vizspec.spec.checks.text import condition, placeholders, where
from vizspec.spec.model import PLACEHOLDERS, Spec
from vizspec.text.messages import nearest, suggestion
from vizspec.views import KINDS
from vizspec.views.base import Kind
from vizspec.views.entry import ChartEntry, Entry

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment


@dataclass(frozen=True)
class _Lookups:
    """What the kinds' own checks may ask."""

    known: KnownNames
    around: Surroundings

    def column(self, loc: Loc, name: str) -> Iterator[Problem]:
        return self.known.column(loc, name)

    def metric(self, loc: Loc, pattern: str) -> Iterator[Problem]:
        return self.known.metric(loc, pattern)

    def file(self, loc: Loc, path: str) -> Iterator[Problem]:
        if not self.around.is_file(path):
            yield Problem(loc, f"there is no file '{path}'", f"correct the path, or leave `{loc[-1]}` out")

    def header(self, path: str) -> tuple[str, ...] | None:
        try:
            text = self.around.text_of(path)
        except (OSError, ValueError):
            return None
        return next((tuple(row) for row in csv.reader(text.splitlines()[:1])), ())


def check(
    spec: Spec, known: KnownNames, experiment: Experiment | None, around: Surroundings
) -> Iterator[Problem]:
    """Problems of each entry, entries with one id, and entries that may come once only."""
    ids = Counter(entry.id for entry in spec.views)
    views = Counter(entry.view for entry in spec.views)
    values = values_of(experiment, spec.data.columns)
    for place, entry in enumerate(spec.views):
        loc: Loc = ("views", place)
        kind = KINDS[entry.view]
        if entry.id is not None and ids[entry.id] > 1:
            yield Problem(
                (*loc, "id"), f"{ids[entry.id]} entries have the id '{entry.id}'", "give each its own id"
            )
        if kind.comes_once and views[entry.view] > 1:
            message = f"there may be one {entry.view}, and there are {views[entry.view]}"
            yield Problem((*loc, "view"), message, "keep one of them")
        yield from _common(loc, entry, known, values)
        yield from kind.check(entry, loc, _Lookups(known, around))
        if isinstance(entry, ChartEntry):
            yield from _chart(loc, entry, kind, known)
        if experiment is not None:
            for reason in kind.outlook(entry, experiment):
                yield Problem(loc, f"{entry.view} will be skipped: {reason}", severity="warning")


def _common(loc: Loc, entry: Entry, known: KnownNames, values: KnownValues) -> Iterator[Problem]:
    if entry.name is not None:
        yield from file_pattern((*loc, "name"), entry.name)
    if entry.title is not None:
        yield from placeholders((*loc, "title"), entry.title, PLACEHOLDERS)
    if not entry.filters_rows:
        yield from where((*loc, "where"), entry.where, known, values)
    for place, text in enumerate(entry.skip_if):
        yield from condition((*loc, "skip_if", place), text)


def _chart(loc: Loc, entry: ChartEntry, kind: Kind[Any, Any], known: KnownNames) -> Iterator[Problem]:
    for place, pattern in enumerate(entry.metrics):
        yield from known.metric((*loc, "metrics", place), pattern)
    if not entry.options or kind.function is None:
        return
    for name, value in entry.options.items():
        unknown = tuple(_option((*loc, "options", name), name, kind.function, kind))
        yield from unknown
        asked = None if unknown else expected_option(kind.function, name, value)
        if asked is not None:
            message = f"inspect-viz takes {asked.names} here, found {described(value)}"
            yield Problem((*loc, "options", name), message, asked.hint)


def _option(loc: Loc, name: str, function: str, kind: Kind[Any, Any]) -> Iterator[Problem]:
    """What is wrong with the name of an option."""
    known = known_options(function)
    if name in kind.reserved:
        yield Problem(loc, f"vizspec gives inspect-viz the argument '{name}' itself", "leave it out")
    elif name in kind.entry.model_fields:
        yield Problem(loc, f"'{name}' is a key of the entry itself", f"write it beside `view`: {name}: …")
    elif known is not None and name not in (*known.own, *known.attributes):
        free = [option for option in known.own if option not in kind.reserved]
        is_near = nearest(name, (*free, *known.attributes)) is not None
        hint = suggestion(name, (*free, *known.attributes) if is_near else free)
        attributes = "; and every attribute of a plot" if known.attributes and not is_near else ""
        message = f"the installed inspect-viz's {function} has no argument '{name}'"
        yield Problem(loc, message, hint + attributes)
