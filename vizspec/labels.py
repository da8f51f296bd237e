"""Display labels: what a figure calls the model and the task of each cell, so that no two are alike.

Cells that would look alike are told apart by the least that differs, never averaged.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from vizspec.cells import Cell
from vizspec.errors import UserError

Labels = Mapping[str, Mapping[str, str]]
"""Column -> old value -> what people read instead (`labels:` of the spec)."""

TASK_SIDE = frozenset({"task"})
"""Differences that are told in the task's label; all others stand in the model's."""


Look = TypeVar("Look", bound=Hashable)


@dataclass(frozen=True)
class Labelled:
    """A cell with the labels it has in one figure or table."""

    cell: Cell
    model: str
    task: str


def label(
    cells: Iterable[Cell], labels: Labels | None = None, tell_by: Sequence[str] = ("run", "task", "epoch")
) -> tuple[Labelled, ...]:
    """Label the cells of one figure: `model (run, epoch 1)` and `task (task name)` where it needs more.

    Cells with equal model and task labels are told apart by the fewest of `tell_by` (in this order
    among equals); a model then carries the same addition wherever it stands in the figure.

    Raises:
        UserError: two cells differ in none of these; names both logs.
    """
    overrides = labels or {}
    plain = [Labelled(c, _shown(c, "model", overrides), _shown(c, "task_name", overrides)) for c in cells]
    by_model, by_task = _differences(plain, tell_by, overrides)
    return tuple(
        Labelled(
            one.cell,
            _with(one.model, one.cell, by_model.get(one.model, ()), overrides),
            _with(one.task, one.cell, by_task.get(one.task, ()), overrides),
        )
        for one in plain
    )


def label_models(
    cells: Sequence[Cell], beside: Sequence[object], labels: Labels | None = None, tell_by: Sequence[str] = ()
) -> tuple[str, ...]:
    """A label for the model of each cell, so that no two cells with equal `beside` are called alike.

    `beside` has what the figure shows of each cell on its other axis (a factor's level).

    Raises:
        UserError: two cells differ in none of `tell_by`; names both logs.
    """
    overrides = labels or {}
    plain = [_shown(cell, "model", overrides) for cell in cells]
    groups = _alike(cells, list(zip(plain, beside, strict=True)))
    by_model: dict[str, set[str]] = {}
    for (name, _), group in groups:
        by_model.setdefault(name, set()).update(_least(group, tell_by, overrides))
    return tuple(
        _with(name, cell, [c for c in tell_by if c in by_model.get(name, ())], overrides)
        for name, cell in zip(plain, cells, strict=True)
    )


def column_text(cell: Cell, column: str, labels: Labels | None = None) -> str | None:
    """A column of the cell as people read it: the spec's label for the value, else the value."""
    value = cell.columns.get(column)
    if value is None:
        return None
    aliases = ("task_name", "vis_label", "task") if column == "task_name" else (column,)
    for name in aliases:
        renamed = (labels or {}).get(name, {}).get(str(value))
        if renamed is not None:
            return renamed
    return str(value)


def _shown(cell: Cell, column: str, labels: Labels) -> str:
    return column_text(cell, column, labels) or "-"


def _differences(
    plain: Sequence[Labelled], tell_by: Sequence[str], labels: Labels
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    by_model: dict[str, tuple[str, ...]] = {}
    by_task: dict[str, tuple[str, ...]] = {}
    for (model, task), group in _alike([one.cell for one in plain], [(one.model, one.task) for one in plain]):
        needed = _least(group, tell_by, labels)
        for by, name, columns in (
            (by_model, model, [c for c in needed if c not in TASK_SIDE]),
            (by_task, task, [c for c in needed if c in TASK_SIDE]),
        ):
            wanted = {*by.get(name, ()), *columns}
            by[name] = tuple(column for column in tell_by if column in wanted)
    return by_model, by_task


def _alike(cells: Sequence[Cell], looks: Sequence[Look]) -> list[tuple[Look, list[Cell]]]:
    groups: dict[Look, list[Cell]] = {}
    for cell, look in zip(cells, looks, strict=True):
        groups.setdefault(look, []).append(cell)
    return [(look, group) for look, group in groups.items() if len(group) > 1]


def _least(group: Sequence[Cell], tell_by: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """The fewest columns in which all cells of the group differ from each other."""
    for size in range(1, len(tell_by) + 1):
        for columns in combinations(tell_by, size):
            told = {tuple(column_text(cell, c, labels) for c in columns) for cell in group}
            if len(told) == len(group):
                return columns
    raise _nothing_differs(group, tell_by, labels)


def _nothing_differs(group: Sequence[Cell], tell_by: Sequence[str], labels: Labels) -> UserError:
    seen: dict[tuple[str | None, ...], Cell] = {}
    first, second = group[0], group[1]
    for cell in group:
        key = tuple(column_text(cell, c, labels) for c in tell_by)
        first, second = (seen[key], cell) if key in seen else (first, second)
        seen.setdefault(key, cell)
    return UserError(
        f"two logs would be shown as one: '{first.log.location}' and '{second.log.location}' "
        f"have the same {', '.join(('model', *tell_by))}",
        "take a column in which they differ into data.identity, or leave one out with data.where",
    )


def _with(text: str, cell: Cell, columns: Sequence[str], labels: Labels) -> str:
    told = [_addition(cell, column, labels) for column in columns]
    additions = [addition for addition in told if addition is not None and addition != text]
    return f"{text} ({', '.join(additions)})" if additions else text


def _addition(cell: Cell, column: str, labels: Labels) -> str | None:
    text = column_text(cell, column, labels)
    if text is None:
        return None
    return f"epoch {text}" if column == "epoch" else text if column in ("run", "task") else f"{column} {text}"
