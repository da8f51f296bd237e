"""Which style a model has: one in every figure of an experiment, whatever a figure leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vizspec.cells.cell import Cell, key_of
from vizspec.cells.labels import is_of_task
from vizspec.draw.palette import Style, categorical, distinct, ordinal
from vizspec.experiment.variables import Scale
from vizspec.text.values import same_value
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.experiment.variables import Variable

Training = tuple[str | None, ...]


def styles(selection: Selection) -> Mapping[Cell, Style]:
    """A style for each cell of the whole experiment, along an ordinal variable where there is one.

    Cells of one run and checkpoint look alike, unless they are of several conditions of one task.
    """
    everyone = _everyone(selection)
    conditions = _conditions(everyone)
    keys = {cell: (_training(cell), conditions[cell]) for cell in everyone}
    firsts = {key[0]: key for key in reversed(keys.values())}
    order = list(dict.fromkeys((*(firsts[key[0]] for key in keys.values()), *keys.values())))
    variable = _ordinal_variable(selection)
    if variable is None:
        found = categorical(order)
    else:
        levels = list(variable.ordered)
        ranks = {keys[cell]: _rank(levels, cell.columns.get(variable.name)) for cell in reversed(everyone)}
        found = ordinal({key: ranks[key] for key in order})
    return {cell: found[key] for cell, key in keys.items()}


def colours(selection: Selection) -> Mapping[str, str]:
    """A colour for each model's label of a chart, where bars and areas cannot be told apart by a dash.

    It is that of the model's first cell in the experiment, and no two labels share one.
    """
    given = styles(selection)
    plain: dict[Training, str] = {}
    for cell in given:
        plain.setdefault(_training(cell), given[cell].colour)
    of_training = dict(zip(plain, distinct(list(plain.values())), strict=True))
    of_label: dict[str, str] = {}
    for one in selection.labelled:
        of_label.setdefault(one.model, of_training[_training(one.cell)])
    return dict(zip(of_label, distinct(list(of_label.values())), strict=True))


def _everyone(selection: Selection) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys((*selection.everyone, *selection.cells)))


def _training(cell: Cell) -> Training:
    """What a figure of models and tasks calls a model: its run and checkpoint, and what else tells it."""
    further = [name for name in cell.identity if not is_of_task(name)]
    return (cell.run, cell.model, str(cell.epoch), *key_of(cell, further))


def _conditions(cells: Sequence[Cell]) -> dict[Cell, str]:
    """The `vis_label` of each cell where it names a condition rather than a task; else an empty text."""
    tasks: dict[str | None, set[str]] = {}
    for cell in cells:
        tasks.setdefault(cell.vis_label, set()).add(cell.task)
    is_one_task = len({cell.task for cell in cells}) == 1
    return {
        cell: cell.vis_label or "" if is_one_task or len(tasks[cell.vis_label]) > 1 else "" for cell in cells
    }


def _ordinal_variable(selection: Selection) -> Variable | None:
    variables = selection.experiment.variables if selection.experiment is not None else ()
    return next((v for v in variables if v.kind == Scale.ORDINAL and len(v.levels) > 1), None)


def _rank(order: Sequence[object], value: object) -> int:
    return next((place for place, level in enumerate(order) if same_value(level, value)), -1)
