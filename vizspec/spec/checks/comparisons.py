"""The section `comparisons` against the experiment: columns, levels, metrics, and names that come twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vizspec.errors import Loc, Problem
from vizspec.spec.checks.known_names import KnownNames
from vizspec.spec.checks.known_values import KnownValues, unheard_of, values_of
from vizspec.spec.checks.text import where

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.comparison_entry import ComparisonEntry
    from vizspec.spec.model import Spec
    from vizspec.views.sample_matching import Levels

OF_TASKS = frozenset({"task", "task_name", "vis_label"})
"""Columns by which a task is named."""


def check(spec: Spec, known: KnownNames, experiment: Experiment | None) -> Iterator[Problem]:
    """Problems of each entry, before any log exists."""
    values = values_of(experiment, spec.data.columns)
    yield from same_ids("comparisons", [entry.id for entry in spec.comparisons])
    for place, entry in enumerate(spec.comparisons):
        yield from _entry(("comparisons", place), entry, known, values)


def same_ids(section: str, ids: list[str]) -> Iterator[Problem]:
    """Entries of a section that have one id."""
    times = Counter(ids)
    for place, name in enumerate(ids):
        if times[name] > 1:
            message = f"{times[name]} entries have the id '{name}'"
            yield Problem((section, place, "id"), message, "give each its own id")


def _entry(loc: Loc, entry: ComparisonEntry, known: KnownNames, values: KnownValues) -> Iterator[Problem]:
    for key, names in (("among", entry.among), ("for_each", entry.for_each or ())):
        for place, name in enumerate(names):
            yield from known.column((*loc, key, place), name)
    yield from levels((*loc, "to"), entry.to, known, values)
    for name in entry.to:
        if name not in entry.among:
            message = f"the baseline names '{name}', which is not among what is compared"
            yield Problem((*loc, "to", name), message, f"compared are: {', '.join(entry.among)}")
    for place, name in enumerate(entry.for_each or ()):
        if name in entry.among:
            message = f"'{name}' cannot be both compared and held equal"
            yield Problem((*loc, "for_each", place), message, "leave it out of one of them")
    for place, pattern in enumerate(entry.metric):
        yield from known.metric((*loc, "metric", place), pattern)
    yield from where((*loc, "where"), entry.where, known, values)


def levels(loc: Loc, wanted: Levels, known: KnownNames, values: KnownValues) -> Iterator[Problem]:
    """Columns that no cell has, and values that the design does not have."""
    for name, value in wanted.items():
        yield from known.column((*loc, name), name)
        held = {**values, name: _levels(name, values)}
        for one in value if isinstance(value, tuple) else (value,):
            yield from unheard_of((*loc, name), name, one, held)


def _levels(name: str, values: KnownValues) -> Sequence[Any]:
    """The values of a column; a task is meant by its name or by its label."""
    if name in OF_TASKS:
        return (*values.get("task", ()), *values.get("vis_label", ()))
    return values.get(name, ())
