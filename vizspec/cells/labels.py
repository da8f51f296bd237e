"""Display labels: what a figure calls the model and the task of each cell, so that no two are alike.

Cells that would look alike are told apart by the least that differs, never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, NamedTuple, Protocol

from vizspec.cells.cell import Cell
from vizspec.cells.columns import renamed, text_of
from vizspec.cells.settings import OTHER_LIMITS, SAMPLE_LIMITS
from vizspec.cells.short_values import code_of, short_column, short_values
from vizspec.errors import UserError
from vizspec.text.messages import listed

Labels = Mapping[str, Mapping[str, str]]
"""Column -> old value -> what people read instead (`labels:` of the spec)."""

TELL_BY = ("run", "task", "epoch")
"""The columns that tell cells apart, the preferred first."""

TELL_BY_AT_LAST = ("vis_label", "model")
"""Columns that tell cells apart where the spec's labels, or logs that lack something, made them alike."""

LAST_RESORT = "log"
"""The column that tells any cells apart, and nothing of how they differ."""

PLAIN = frozenset({"run", "task", "task_name", "vis_label", "model", "task_package"})
"""Columns whose values speak for themselves; others stand with their names, as in `epoch 1`."""

MOST_COMBINED = 3
"""Columns that are tried in all combinations; where more are needed, all that differ are told."""

UNKNOWN = "-"

_JOINTS = "_-. /:"
"""Between the name of a model and what a run's name adds to it."""

_OF_TASKS = frozenset(
    {
        *("task", "vis_label", "task_package", "task_version", "dataset", "dataset_name", "dataset_location"),
        *("sample_ids", "epochs_reducer", *SAMPLE_LIMITS, *OTHER_LIMITS),
    }
)
_OF_TASKS_PREFIXES = ("task_args.", "task_arg_", "model_roles.")


def is_of_task(column: str) -> bool:
    """Whether a difference in this column is told in the task's label; all others stand in the model's."""
    return column in _OF_TASKS or column.startswith(_OF_TASKS_PREFIXES)


@dataclass(frozen=True)
class Labelled:
    """A cell with the labels it has in one figure or table."""

    cell: Cell
    model: str
    task: str
    codes: tuple[tuple[str, str], ...] = ()
    """The codes in its labels, with the texts that they stand for."""


def code_notes(labelled: Iterable[Labelled]) -> tuple[str, ...]:
    """A sentence for each code in the labels, in the codes' order."""
    codes = dict(code for one in labelled for code in one.codes)
    return tuple(f"{code} stands for {_one_line(text)}" for code, text in sorted(codes.items()))


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


class HasColumns(Protocol):
    """What has columns: a cell, or an evaluation that is planned."""

    @property
    def columns(self) -> Mapping[str, Any]:
        """Its columns."""


def column_text(cell: HasColumns, column: str, labels: Labels | None = None) -> str | None:
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
    is_task_side: Callable[[str], bool],
) -> tuple[Labelled, ...]:
    plain, made, columns, of_model = _without_epochs(cells, tasks, labels, tell_by, is_task_side)
    marked = _with_epochs(plain, _spelled_out(plain, made, columns), of_model)
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
        key=lambda name: any(_is_long(cell.columns.get(name)) for cell in cells),
    )
    columns = tuple(dict.fromkeys((*tell_by, *TELL_BY_AT_LAST, *further)))
    of_model: defaultdict[str, set[str]] = defaultdict(set)
    of_task: defaultdict[str, set[str]] = defaultdict(set)
    for group in _alike(plain):
        needed = frozenset(_least([one.cell for one in group], columns, labels))
        of_model[group[0].model] |= {name for name in needed if not is_task_side(name)}
        of_task[group[0].task] |= {name for name in needed if is_task_side(name)}
    _tell_gaps_by_run(of_model, plain, labels)
    used = {name for names in (*of_model.values(), *of_task.values()) for name in names}
    additions = _Additions.of(cells, [name for name in columns if name in used], labels)
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


def _with_epochs(
    plain: Sequence[Labelled], made: Sequence[Labelled], of_model: defaultdict[str, set[str]]
) -> tuple[Labelled, ...]:
    """The labels with their checkpoints, where those of one figure are of several epochs and a label does not
    tell.

    Models that are trained for one epoch and for two are not told apart by it, but nobody may take them for
    equally trained.
    """
    if len(_epochs(made)) < 2:
        return tuple(made)
    of_label: defaultdict[str, list[Labelled]] = defaultdict(list)
    for one in made:
        of_label[one.model].append(one)
    marks = {model: _epochs_text(_epochs(members)) for model, members in of_label.items()}
    return tuple(
        one
        if "epoch" in of_model[before.model]
        else replace(one, model=_marked(one.model, marks[one.model], is_bare=one.model == before.model))
        for before, one in zip(plain, made, strict=True)
    )


def epochs_note(labelled: Sequence[Labelled]) -> tuple[str, ...]:
    """A sentence on the checkpoints, where those of one figure are of several epochs."""
    epochs = _epochs(labelled)
    if len(epochs) < 2:
        return ()
    models = {n: dict.fromkeys(one.model for one in labelled if one.cell.epoch == n) for n in epochs}
    by_epoch = "; ".join(listed([_at_epoch(name, n) for name in names], 3) for n, names in models.items())
    return (f"checkpoints of different epochs: {by_epoch}",)


def _at_epoch(name: str, epoch: int) -> str:
    return name if f"epoch {epoch}" in name else f"{name} (epoch {epoch})"


def _epochs(labelled: Iterable[Labelled]) -> list[int]:
    return sorted({one.cell.epoch for one in labelled if one.cell.epoch is not None})


def _epochs_text(epochs: Sequence[int]) -> str:
    return f"epoch{'s' if len(epochs) > 1 else ''} {', '.join(map(str, epochs))}" if epochs else ""


def _marked(label: str, mark: str, *, is_bare: bool) -> str:
    if not mark:
        return label
    return f"{label} ({mark})" if is_bare or not label.endswith(")") else f"{label[:-1]}, {mark})"


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

    A column that labels show as a code alone is one of them only where the others do not do, and so the log.
    """
    texts = {name: tuple(column_text(cell, name, labels) for cell in cells) for name in columns}
    varying = [name for name in columns if len(set(texts[name])) > 1]
    telling = [name for name in varying if name != LAST_RESORT]
    in_words = [name for name in telling if not any(_is_long(cell.columns.get(name)) for cell in cells)]
    chosen: tuple[str, ...]
    for names in (in_words, telling, varying):
        for size in (*range(1, min(len(names), MOST_COMBINED) + 1), len(names)):
            for chosen in combinations(names, size):
                if len(set(zip(*(texts[name] for name in chosen), strict=True))) == len(cells):
                    return chosen
    return ()


@dataclass(frozen=True)
class _Additions:
    """What is added to labels: the names of the columns, and the short forms of their values."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    labels: Labels

    @staticmethod
    def of(cells: Sequence[Cell], columns: Sequence[str], labels: Labels) -> _Additions:
        texts = {
            name: [text for cell in cells if (text := column_text(cell, name, labels)) is not None]
            for name in columns
        }
        values = {name: short_values(of_column) for name, of_column in texts.items()}
        return _Additions({name: short_column(name, columns) for name in columns}, values, labels)

    def to(self, text: str, cell: Cell, columns: Iterable[str]) -> str:
        """The label with what is added to it, in the order of all columns."""
        additions = [self._addition(name, value, text) for name, value in self._texts(cell, columns)]
        added = [addition for addition in additions if addition != text]
        return f"{text} ({', '.join(added)})" if added else text

    def codes(self, cell: Cell, columns: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The codes among the values, with what they stand for."""
        forms = ((self.values[name][text], text) for name, text in self._texts(cell, columns))
        return tuple((form, text) for form, text in forms if form == code_of(text))

    def _texts(self, cell: Cell, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
        wanted = set(columns)
        for name in self.columns:
            text = column_text(cell, name, self.labels) if name in wanted else None
            if text is not None:
                yield name, text

    def _addition(self, column: str, text: str, label: str) -> str:
        if column in PLAIN:
            return _without_start(text, label)
        return f"{self.columns[column]} {self.values[column][text]}"


def _without_start(text: str, label: str) -> str:
    """The text without the label that it begins with: the run `1B_base` of the model `1B` is its `base`."""
    rest = text[len(label) :].lstrip(_JOINTS) if text.casefold().startswith(label.casefold()) else ""
    return rest if rest and text[len(label)] in _JOINTS else text


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


def _is_long(value: object) -> bool:
    """Whether a label has no room for the value: others tell cells apart in words."""
    text = "" if value is None else text_of(value)
    return bool(text) and short_values([text])[text] == code_of(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _in_full(model: str, cell: Cell, columns: Sequence[str]) -> str:
    return f"{model} ({', '.join(f'{name}: {column_text(cell, name) or UNKNOWN}' for name in columns)})"


def _nothing_differs(first: Cell, second: Cell, columns: Sequence[str]) -> UserError:
    return UserError(
        f"two logs would be shown as one: '{first.log.location}' and '{second.log.location}' "
        f"have the same {', '.join(('model', *(name for name in columns if name != 'model')))}",
        "name a column in which they differ in data.identity, or leave one out with data.where",
    )
