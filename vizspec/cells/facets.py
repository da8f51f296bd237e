"""What evaluations can be filtered by: model, task, epoch and run, as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels, column_text, text_in
from vizspec.text.natural_order import natural_key


@dataclass(frozen=True)
class Facets:
    """Of which evaluations something tells; None: of all, or it is not known."""

    model: str | None = None
    task: str | None = None
    epoch: str | None = None
    run: str | None = None


NO_FACETS = Facets()
FACETS = tuple(field.name for field in fields(Facets))
"""The names of all facets."""


def facets_of(cell: Cell, labels: Labels | None = None) -> Facets:
    """The facets of one evaluation, without what tells alike labels apart."""
    columns = ("model", "task_name", "epoch", "run")
    return Facets(*(column_text(cell, column, labels) for column in columns))


def facets_named(
    run: str | None, task: str | None, vis_label: str | None, epoch: int | None, labels: Labels
) -> Facets:
    """The facets of what is only planned, or could not be read: of it no model is known."""
    values = {"task_name": vis_label or task, "epoch": epoch, "run": run}
    return Facets(None, *(text_in(column, value, labels) for column, value in values.items()))


def shared(every: Iterable[Facets]) -> Facets:
    """What all of several have in common."""
    every = tuple(every)
    values = {name: {getattr(one, name) for one in every} for name in FACETS}
    return Facets(**{name: next(iter(found)) for name, found in values.items() if len(found) == 1})


def choices(every: Iterable[Facets]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each facet that has several values, with them: epochs by size, the others as they first come."""
    every = tuple(every)
    found = []
    for name in FACETS:
        values = [value for one in every if (value := getattr(one, name)) is not None]
        distinct = tuple(dict.fromkeys(values))
        if name == "epoch":
            distinct = tuple(sorted(distinct, key=natural_key))
        if len(distinct) > 1:
            found.append((name, distinct))
    return tuple(found)
