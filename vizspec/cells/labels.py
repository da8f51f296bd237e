"""Display labels: what a figure calls the model and the task of each cell, so that no two are alike.

Cells that would look alike are told apart by the least that differs, never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from vizspec.cells.cell import Cell
from vizspec.cells.columns import renamed, text_of
from vizspec.errors import UserError

Labels = Mapping[str, Mapping[str, str]]
"""Column -> old value -> what people read instead (`labels:` of the spec)."""

TELL_BY = ("run", "task", "epoch")
"""The columns that tell cells apart, the preferred first."""

TELL_BY_AT_LAST = ("vis_label", "model")
"""Columns that tell cells apart where the spec's labels, or logs that lack something, made them alike."""

LAST_RESORT = "log"
"""The column that tells any cells apart, and nothing of how they differ."""

PLAIN = frozenset({"run", "task", "task_name", "vis_label", "model"})
"""Columns whose values speak for themselves; others stand with their names, as in `epoch 1`."""

MOST_COMBINED = 3
"""Columns that are tried in all combinations; where more are needed, all that differ are told."""

UNKNOWN = "-"

TASK_SIDE = frozenset({"task", "vis_label"})
"""Differences that are told in the task's label; all others stand in the model's."""


@dataclass(frozen=True)
class Labelled:
    """A cell with the labels it has in one figure or table."""

    cell: Cell
    model: str
    task: str


def label(
    cells: Iterable[Cell], labels: Labels | None = None, tell_by: Sequence[str] = TELL_BY
) -> tuple[Labelled, ...]:
    """Label the cells of one figure, in their order: `model (run, epoch 1)`, `task (task's name)`.

    Cells with equal model and task labels are told apart by the fewest of `tell_by` (in this order
    among equals), then of what else makes them cells of their own; a model carries the same addition
    wherever it stands in the figure. Where a cell has no value of what is added, the run is told too.

    Raises:
        UserError: two cells differ in none of these; names both logs.
    """
    cells, names = tuple(cells), labels or {}
    tasks = [_shown(cell, "task_name", names) for cell in cells]
    return _told_apart(cells, tasks, names, tell_by, TASK_SIDE)


def label_models(
    cells: Sequence[Cell],
    beside: Sequence[object],
    labels: Labels | None = None,
    tell_by: Sequence[str] = TELL_BY,
) -> tuple[str, ...]:
    """A label for the model of each cell, so that no two cells with equal `beside` are called alike.

    `beside` has what the figure shows of each cell on its other axis (a factor's level).

    Raises:
        UserError: two cells differ in nothing that could tell them apart; names both logs.
    """
    others = [repr(shown) for shown in beside]
    return tuple(one.model for one in _told_apart(cells, others, labels or {}, tell_by, frozenset()))


def column_text(cell: Cell, column: str, labels: Labels | None = None) -> str | None:
    """A column of the cell as people read it: the spec's label for the value, else the value."""
    value = cell.columns.get(column)
    if value is None:
        return None
    aliases = ("task_name", "vis_label", "task") if column == "task_name" else (column,)
    for name in aliases:
        new = renamed(value, (labels or {}).get(name, {}))
        if new is not None:
            return new
    return text_of(value)


def _shown(cell: Cell, column: str, labels: Labels) -> str:
    return column_text(cell, column, labels) or "-"


def _told_apart(
    cells: Sequence[Cell],
    tasks: Sequence[str],
    labels: Labels,
    tell_by: Sequence[str],
    task_side: frozenset[str],
) -> tuple[Labelled, ...]:
    plain = [
        Labelled(cell, _shown(cell, "model", labels), task) for cell, task in zip(cells, tasks, strict=True)
    ]
    further = (name for cell in cells for name in cell.identity)
    columns = tuple(dict.fromkeys((*tell_by, *TELL_BY_AT_LAST, *further)))
    of_model: defaultdict[str, set[str]] = defaultdict(set)
    of_task: defaultdict[str, set[str]] = defaultdict(set)
    for group in _alike(plain):
        needed = frozenset(_least([one.cell for one in group], columns, labels))
        of_model[group[0].model] |= needed - task_side
        of_task[group[0].task] |= needed & task_side
    _tell_gaps_by_run(of_model, plain, labels)
    made = [
        Labelled(
            one.cell,
            _with(one.model, one.cell, [name for name in columns if name in of_model[one.model]], labels),
            _with(one.task, one.cell, [name for name in columns if name in of_task[one.task]], labels),
        )
        for one in plain
    ]
    return _spelled_out(plain, made, columns)


def _tell_gaps_by_run(of_model: Mapping[str, set[str]], plain: Iterable[Labelled], labels: Labels) -> None:
    """Adds the run where a cell has no value of what tells its model apart: it would be called `1B` beside
    `1B (epoch 1)`, as if it were all of that model's cells.
    """
    for one in plain:
        needed = of_model.get(one.model, set())
        if any(column_text(one.cell, name, labels) is None for name in needed):
            needed.add("run")


def _alike(labelled: Iterable[Labelled]) -> list[list[Labelled]]:
    groups: defaultdict[tuple[str, str], list[Labelled]] = defaultdict(list)
    for one in labelled:
        groups[one.model, one.task].append(one)
    return [group for group in groups.values() if len(group) > 1]


def _least(cells: Sequence[Cell], columns: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """The fewest columns whose texts tell all these cells apart; none where all together do not.

    The log is one of them only where the others do not do.
    """
    texts = {name: tuple(column_text(cell, name, labels) for cell in cells) for name in columns}
    varying = [name for name in columns if len(set(texts[name])) > 1]
    telling = [name for name in varying if name != LAST_RESORT]
    chosen: tuple[str, ...]
    for names in (telling, varying):
        for size in (*range(1, min(len(names), MOST_COMBINED) + 1), len(names)):
            for chosen in combinations(names, size):
                if len(set(zip(*(texts[name] for name in chosen), strict=True))) == len(cells):
                    return chosen
    return ()


def _with(text: str, cell: Cell, columns: Sequence[str], labels: Labels) -> str:
    additions = [_addition(cell, column, labels) for column in columns]
    told = [addition for addition in additions if addition is not None and addition != text]
    return f"{text} ({', '.join(told)})" if told else text


def _addition(cell: Cell, column: str, labels: Labels) -> str | None:
    text = column_text(cell, column, labels)
    if text is None or column in PLAIN:
        return text
    return f"{column} {text}"


def _spelled_out(
    plain: Sequence[Labelled], made: Sequence[Labelled], columns: Sequence[str]
) -> tuple[Labelled, ...]:
    """The labels that are still alike, as `model (run: r4, epoch: -)`: a gap or a text may look like another.

    Every cell of such a model is spelled out, so that it is called the same in each task.
    """
    alike = {group[0].model for group in _alike(made)}
    if not alike:
        return tuple(made)
    cells = [one.cell for one in made if one.model in alike]
    varying = [name for name in columns if len({column_text(cell, name) for cell in cells}) > 1]
    spelled = tuple(
        Labelled(one.cell, _in_full(before.model, one.cell, varying), one.task) if one.model in alike else one
        for before, one in zip(plain, made, strict=True)
    )
    for first, second, *_ in _alike(spelled):
        raise _nothing_differs(first.cell, second.cell, columns)
    return spelled


def _in_full(model: str, cell: Cell, columns: Sequence[str]) -> str:
    return f"{model} ({', '.join(f'{name}: {column_text(cell, name) or UNKNOWN}' for name in columns)})"


def _nothing_differs(first: Cell, second: Cell, columns: Sequence[str]) -> UserError:
    return UserError(
        f"two logs would be shown as one: '{first.log.location}' and '{second.log.location}' "
        f"have the same {', '.join(('model', *(name for name in columns if name != 'model')))}",
        "name a column in which they differ in data.identity, or leave one out with data.where",
    )
