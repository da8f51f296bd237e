"""What is to be compared with what: evaluations that differ in one thing, all else held equal. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, NamedTuple, Protocol

from vizspec.cells.additions import PLAIN
from vizspec.cells.benchmarks import OF_BENCHMARKS, benchmarks
from vizspec.cells.cell import Cell, key_of
from vizspec.cells.column_texts import Labels, column_text
from vizspec.cells.columns import text_of
from vizspec.cells.labels import label
from vizspec.expressions import is_true_of
from vizspec.text.values import same_value

MOST_PAIRS = 190
"""All pairs of twenty evaluations: more are not compared without a baseline."""

OF_RUNS = ("run.type", "run.model", "run.parameters.")
"""Columns that tell of a run and not of an evaluation of it."""

OF_TASKS = frozenset({"task", "task_name"})
"""Scores on different tasks are compared only where tasks are what is compared."""

EPOCH = "epoch"

Pairing = Literal["id_and_input", "id", "input"]
"""How samples are matched: by id, where their questions are alike too; by id alone; by what they ask."""


class Evaluated(Protocol):
    """What may be meant by values of columns: a cell of a log, or one that the design plans."""

    @property
    def columns(self) -> Mapping[str, Any]:
        """Its columns."""

    @property
    def task(self) -> str:
        """The task's name."""

    @property
    def vis_label(self) -> str | None:
        """The task's label, where it has one."""


@dataclass(frozen=True)
class Asked:
    """A question in one metric (its id): evaluations that differ in `among`, with what is held equal.

    `among`: the columns of which two evaluations that are compared differ in some; none: any two are. `to`:
    the levels of the baseline, in these columns; none: all pairs. `within`: the columns held equal; None:
    everything else. `pair`: how samples are matched, `cluster`: the metadata key of their clusters.
    """

    metric: str
    among: tuple[str, ...] = ()
    to: tuple[tuple[str, Any], ...] = ()
    within: tuple[str, ...] | None = None
    where: str | None = None
    level: float = 0.95
    margin: float | None = None
    adjust: Literal["holm", "none"] = "holm"
    pair: Pairing = "id_and_input"
    cluster: str | None = None
    id: str = ""

    @property
    def speaks_of_epochs(self) -> bool:
        """Whether evaluations of all checkpoints are meant, not only of the latest."""
        return EPOCH in self.among or EPOCH in dict(self.to)


class Group(NamedTuple):
    """Evaluations alike in what is held equal, and the pairs of them to compare."""

    name: str
    pairs: tuple[tuple[Cell, Cell], ...]
    names: Mapping[Cell, str]


class Pairs(NamedTuple):
    """The groups of a question, and sentences on what is not compared."""

    groups: tuple[Group, ...]
    left_out: tuple[str, ...] = ()


def groups_of(asked: Asked, cells: Sequence[Cell], labels: Labels | None = None) -> Pairs:
    """The pairs that a question asks for, in the order of the cells.

    Whatever is held equal, evaluations on different tasks or data sets are compared only where these are what
    is compared.

    Raises:
        ExpressionError: its `where` cannot be worked out over a cell.
    """
    names = labels or {}
    if asked.where is not None:
        cells = [cell for cell in cells if is_true_of(asked.where, cell.columns)]
    within = asked.within if asked.within is not None else held_equal(cells, asked.among)
    on = benchmarks(cells) if OF_BENCHMARKS.isdisjoint(asked.among) else {}
    found: defaultdict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        found[on.get(cell), *key_of(cell, within)].append(cell)
    made = [(members, *_pairs(asked, members)) for members in found.values()]
    told_of = [one for one in made if one[1] or one[2]]
    titles = _titles([members for members, _, _ in told_of], within, names)
    groups = [
        Group(title, tuple(pairs), _names(asked, members, names))
        for title, (members, pairs, _) in zip(titles, told_of, strict=True)
        if pairs
    ]
    left_out = [
        f"{title}: {reason}" if title else reason
        for title, (_, _, reason) in zip(titles, told_of, strict=True)
        if reason
    ]
    if not groups and not left_out:
        what = " and ".join(asked.among) or "anything"
        left_out.append(
            f"no two evaluations differ in {what} and are alike in {', '.join(within) or 'the rest'}"
        )
    return Pairs(tuple(groups), tuple(left_out))


def _names_run(cells: Sequence[Cell]) -> bool:
    """Whether the labels of tasks are those of runs: each run has its own for the same task."""
    of_task = _determined(cells, ("task",), "vis_label")
    return not of_task and _determined(cells, ("run", "task"), "vis_label")


def held_equal(cells: Sequence[Cell], among: Sequence[str]) -> tuple[str, ...]:
    """Everything else: the columns in which evaluations must be alike to differ in `among` alone.

    What `among` determines (a model's size, where models are compared) is no thing of its own; neither is a
    label that only names the run. A run is held where its own evaluations differ in `among`; the checkpoint
    where a run has several on one task.
    """
    names = dict.fromkeys(name for cell in cells for name in (*cell.identity, *_of_runs(cell)))
    candidates = [name for name in ("vis_label", *names) if name not in among]
    own = {"run", "model", EPOCH, *OF_TASKS}
    held = ["task"] if OF_TASKS.isdisjoint(among) else []
    held += [name for name in candidates if name not in own and not _determined(cells, among, name)]
    if "run" not in among and among and not _determined(cells, ("run",), *among):
        held.append("run")
    if "model" not in among and not _determined(cells, among, "model"):
        held.append("model")
    if EPOCH not in among and not _determined(cells, among, EPOCH) and _has_checkpoints(cells):
        held.append(EPOCH)
    if "run" not in held and among and _names_run(cells):
        held = [name for name in held if name != "vis_label"]
    return tuple(dict.fromkeys(held))


def _of_runs(cell: Cell) -> Iterator[str]:
    return (name for name in cell.columns if name.startswith(OF_RUNS))


def _determined(cells: Sequence[Cell], by: Sequence[str], *names: str) -> bool:
    """Whether the levels of `by` leave no choice in `names`."""
    found: defaultdict[tuple[str | None, ...], set[tuple[str | None, ...]]] = defaultdict(set)
    for cell in cells:
        found[key_of(cell, by)].add(key_of(cell, names))
    return all(len(values) == 1 for values in found.values())


def _has_checkpoints(cells: Sequence[Cell]) -> bool:
    """Whether some run has several checkpoints on one task."""
    found: defaultdict[tuple[str | None, ...], set[int | None]] = defaultdict(set)
    for cell in cells:
        found[key_of(cell, ("run", "task", "vis_label"))].add(cell.epoch)
    return any(len(epochs) > 1 for epochs in found.values())


def _pairs(asked: Asked, members: Sequence[Cell]) -> tuple[list[tuple[Cell, Cell]], str | None]:
    """The pairs of one group, or why there are none."""
    if asked.to:
        return _with_baseline(asked, members)
    ordered = members[::-1] if asked.among == (EPOCH,) else members  # a later checkpoint less an earlier one
    pairs = [(a, b) for a, b in combinations(ordered, 2) if _differ(a, b, asked.among)]
    if len(pairs) > MOST_PAIRS:
        return [], f"{len(members)} evaluations make {len(pairs):,} pairs: name a baseline"
    return pairs, None


def _with_baseline(asked: Asked, members: Sequence[Cell]) -> tuple[list[tuple[Cell, Cell]], str | None]:
    bases = [cell for cell in members if is_level(cell, dict(asked.to))]
    others = [
        cell for cell in members if cell not in bases and (not bases or _differ(cell, bases[0], asked.among))
    ]
    if not bases:
        return [], f"no evaluation is the baseline ({levels_text(dict(asked.to))})"
    if len(bases) > 1:
        logs = ", ".join(cell.log.location for cell in bases[:3])
        return [], f"{len(bases)} evaluations are the baseline ({logs}): hold more equal with `within`"
    return [(other, bases[0]) for other in others], None


def is_level(cell: Evaluated, wanted: Mapping[str, Any]) -> bool:
    """Whether a cell has these values in these columns, however they are spelled.

    A task is meant by its name or by its label.
    """
    return all(_has(cell, name, value) for name, value in wanted.items())


def _has(cell: Evaluated, name: str, value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_has(cell, name, one) for one in value)
    held = [cell.columns.get(name)]
    if name in ("task", "task_name", "vis_label"):
        held += [cell.task, cell.vis_label]
    return any(one is not None and same_value(one, value) for one in held)


def levels_text(wanted: Mapping[str, Any]) -> str:
    """`model forest, task Size`."""
    return ", ".join(f"{name} {text_of(value)}" for name, value in wanted.items())


def _differ(a: Cell, b: Cell, among: Sequence[str]) -> bool:
    return not among or key_of(a, among) != key_of(b, among)


def _names(asked: Asked, members: Sequence[Cell], labels: Labels) -> Mapping[Cell, str]:
    """What each evaluation of a group is called: its level where that tells it, else its label."""
    texts = [", ".join(column_text(cell, name, labels) or "-" for name in asked.among) for cell in members]
    if asked.among and len(set(texts)) == len(members):
        with_name = asked.among == (EPOCH,)
        return {
            cell: f"{EPOCH} {text}" if with_name else text for cell, text in zip(members, texts, strict=True)
        }
    labelled = label(members, labels)
    several = len({one.task for one in labelled}) > 1
    return {one.cell: f"{one.model} on {one.task}" if several else one.model for one in labelled}


def _titles(groups: Sequence[Sequence[Cell]], within: Sequence[str], labels: Labels) -> list[str]:
    """What each group is called: the fewest of what is held equal that tells the groups apart."""
    firsts = [members[0] for members in groups]
    shown = [name for name in within if len({column_text(cell, name, labels) for cell in firsts}) > 1]
    has_labels = all(cell.vis_label for cell in firsts)
    of_runs = [name for name in shown if name.startswith(OF_RUNS)]
    for name in (*of_runs, *(["task"] if has_labels else []), "model", "run"):
        fewer = [other for other in shown if other != name]
        if len(set(_joined(firsts, fewer, labels))) == len(firsts):
            shown = fewer
    return _with_benchmarks(_joined(firsts, shown, labels), firsts)


def _with_benchmarks(titles: list[str], firsts: Sequence[Cell]) -> list[str]:
    """The titles, with the benchmark where they do not tell the groups apart."""
    if len(set(titles)) == len(titles):
        return titles
    on = benchmarks(firsts)
    pairs = zip(titles, firsts, strict=True)
    return [f"{title}, {on[cell].name}" if title else on[cell].name for title, cell in pairs]


def _joined(cells: Sequence[Cell], columns: Sequence[str], labels: Labels) -> list[str]:
    return [", ".join(_texts(cell, columns, labels)) for cell in cells]


def _texts(cell: Cell, columns: Sequence[str], labels: Labels) -> Iterator[str]:
    for name in columns:
        text = column_text(cell, name, labels)
        if text is not None:
            yield text if name in PLAIN else f"{name.rpartition('.')[2]} {text}"
