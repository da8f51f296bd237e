"""Display labels: what a figure calls the model and the task of each cell, so that no two are alike.

Cells that would look alike are told apart by the least that differs, never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from vizspec.cells.additions import Additions, is_long, least
from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels, column_text
from vizspec.cells.epoch_marks import with_epochs
from vizspec.cells.labelled import Labelled
from vizspec.errors import UserError
from vizspec.logs.record import ENDING_LIMITS, SAMPLE_LIMITS
from vizspec.text.decimals import DASH

TELL_BY = ("run", "task", "epoch")
"""The columns that tell cells apart, the preferred first."""

TELL_BY_AT_LAST = ("vis_label", "model")
"""Columns that tell cells apart where the spec's labels, or logs that lack something, made them alike."""

_OF_TASKS = frozenset(
    {
        *("task", "vis_label", "task_package", "task_version", "dataset", "dataset_name", "dataset_location"),
        *("sample_ids", "epochs_reducer", *SAMPLE_LIMITS, *ENDING_LIMITS),
    }
)
_OF_TASKS_PREFIXES = ("task_args.", "task_arg_", "model_roles.", "scorer_args.")


def is_of_task(column: str) -> bool:
    """Whether a difference in this column is told in the task's label; all others stand in the model's."""
    return column in _OF_TASKS or column.startswith(_OF_TASKS_PREFIXES)


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
    return _told_apart(cells, tasks, names, tell_by, is_of_task)


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
    return tuple(one.model for one in _told_apart(cells, others, labels or {}, tell_by, lambda _: False))


def label_series(
    cells: Sequence[Cell],
    beside: Sequence[object],
    column: str = "model",
    labels: Labels | None = None,
    tell_by: Sequence[str] = TELL_BY,
) -> tuple[str, ...]:
    """A label for the series of each cell, by its value in `column`: no two cells of one have equal `beside`.

    `beside` has the place that the figure gives a cell. Series of several checkpoints have no mark of it.

    Raises:
        UserError: two cells differ in nothing that could tell them apart; names both logs.
    """
    others = [repr(shown) for shown in beside]
    plain, made, columns, _ = _without_epochs(cells, others, labels or {}, tell_by, lambda _: False, column)
    return tuple(one.model for one in _spelled_out(plain, made, columns))


def _shown(cell: Cell, column: str, labels: Labels) -> str:
    return column_text(cell, column, labels) or DASH


def _told_apart(
    cells: Sequence[Cell],
    tasks: Sequence[str],
    labels: Labels,
    tell_by: Sequence[str],
    is_task_side: Callable[[str], bool],
) -> tuple[Labelled, ...]:
    plain, made, columns, of_model = _without_epochs(cells, tasks, labels, tell_by, is_task_side)
    marked = with_epochs(plain, _spelled_out(plain, made, columns), of_model)
    return _spelled_out(plain, marked, columns)  # a run may be called `epoch 1`


class _Made(NamedTuple):
    """Labels before and after what tells them apart, all columns that may, and those used of each model."""

    plain: Sequence[Labelled]
    made: Sequence[Labelled]
    columns: tuple[str, ...]
    of_model: defaultdict[str, set[str]]


def _without_epochs(
    cells: Sequence[Cell],
    tasks: Sequence[str],
    labels: Labels,
    tell_by: Sequence[str],
    is_task_side: Callable[[str], bool],
    column: str = "model",
) -> _Made:
    plain = [
        Labelled(cell, _shown(cell, column, labels), task) for cell, task in zip(cells, tasks, strict=True)
    ]
    further = sorted(
        dict.fromkeys(name for cell in cells for name in cell.identity),
        key=lambda name: any(is_long(cell.columns.get(name)) for cell in cells),
    )
    columns = tuple(dict.fromkeys((*tell_by, *TELL_BY_AT_LAST, *further)))
    of_model: defaultdict[str, set[str]] = defaultdict(set)
    of_task: defaultdict[str, set[str]] = defaultdict(set)
    for group in _alike(plain):
        needed = frozenset(least([one.cell for one in group], columns, labels))
        of_model[group[0].model] |= {name for name in needed if not is_task_side(name)}
        of_task[group[0].task] |= {name for name in needed if is_task_side(name)}
    _tell_gaps_by_run(of_model, plain, labels)
    used = {name for names in (*of_model.values(), *of_task.values()) for name in names}
    additions = Additions.of(cells, [name for name in columns if name in used], labels)
    made = [
        Labelled(
            one.cell,
            additions.to(one.model, one.cell, of_model[one.model]),
            additions.to(one.task, one.cell, of_task[one.task]),
            additions.codes(one.cell, of_model[one.model] | of_task[one.task]),
        )
        for one in plain
    ]
    return _Made(plain, made, columns, of_model)


def _tell_gaps_by_run(of_model: Mapping[str, set[str]], plain: Sequence[Labelled], labels: Labels) -> None:
    """Adds the run where a cell has no value of what tells its model apart: it would be called `1B` beside
    `1B (epoch 1)`, as if it were all of that model's cells. Where runs are enough, they stand alone.
    """
    for one in plain:
        needed = of_model.get(one.model, set())
        if any(column_text(one.cell, name, labels) is None for name in needed):
            needed.add("run")
    alike = _alike(plain)
    for model, needed in of_model.items():
        if "run" in needed and all(_runs_differ(group) for group in alike if group[0].model == model):
            needed.intersection_update({"run"})


def _runs_differ(group: Sequence[Labelled]) -> bool:
    runs = {column_text(one.cell, "run") for one in group}
    return len(runs) == len(group) and None not in runs


def _alike(labelled: Iterable[Labelled]) -> list[list[Labelled]]:
    groups: defaultdict[tuple[str, str], list[Labelled]] = defaultdict(list)
    for one in labelled:
        groups[one.model, one.task].append(one)
    return [group for group in groups.values() if len(group) > 1]


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
    return f"{model} ({', '.join(f'{name}: {column_text(cell, name) or DASH}' for name in columns)})"


def _nothing_differs(first: Cell, second: Cell, columns: Sequence[str]) -> UserError:
    return UserError(
        f"two logs would be shown as one: '{first.log.location}' and '{second.log.location}' "
        f"have the same {', '.join(('model', *(name for name in columns if name != 'model')))}",
        "name a column in which they differ in data.identity, or leave one out with data.where",
    )
