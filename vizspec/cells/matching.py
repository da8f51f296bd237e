"""Which planned evaluation each log is of, by all that the log tells of itself. Pure.

The recipe names a log's task after the task and its label (`breast_cancer_Breast cancer`), several tasks of a
design may share one function, and a label may be composed of a label and a task. So each clue is tried in
turn, the surest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from vizspec.cells.columns import text_of
from vizspec.text.registry_names import without_package
from vizspec.text.values import same_value

if TYPE_CHECKING:
    from vizspec.experiment.model import ExpectedCell, Experiment, TaskSource


@dataclass(frozen=True)
class Clues:
    """What a log tells of the evaluation that it is of.

    `names` are what its task is called, `folders` the task that the folder of its cell is named after, or the
    settings beside it name. `function` and `file` are those of the task, `arguments` the texts of its
    arguments by name, `datasets` the names of the data that it was run on.
    """

    run: str | None
    epoch: int | None = None
    vis_label: str | None = None
    names: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    function: str | None = None
    file: str | None = None
    arguments: frozenset[tuple[str, str]] = frozenset()
    datasets: frozenset[str] = frozenset()


class Match(NamedTuple):
    """The planned evaluation that a log is of; where several may be meant, none, and those that may."""

    planned: ExpectedCell | None = None
    candidates: tuple[ExpectedCell, ...] = ()


NO_MATCH = Match()


class _PlannedEvaluation(NamedTuple):
    """A planned evaluation, its task's name without the package, and where that task comes from."""

    cell: ExpectedCell
    task: str
    source: TaskSource


_Clue = Callable[[Clues, _PlannedEvaluation], bool]


def match(logs: Sequence[Clues], experiment: Experiment | None) -> tuple[Match, ...]:
    """The match of each log, in their order.

    Logs that tell the same have the same match. A clue that is not exact counts only for evaluations that no
    exact one has found a log for, and only where it points logs of one name to them.
    """
    plans: defaultdict[str, list[_PlannedEvaluation]] = defaultdict(list)
    for cell in experiment.expected_cells() if experiment is not None else ():
        assert experiment is not None
        plans[cell.run].append(
            _PlannedEvaluation(cell, without_package(cell.task), experiment.source_of(cell.task))
        )
    by_run: defaultdict[str, list[Clues]] = defaultdict(list)
    for clues in dict.fromkeys(logs):
        if clues.run is not None:
            by_run[clues.run].append(clues)
    found: dict[Clues, Match] = {}
    for run, of_run in by_run.items():
        found |= _match_run(of_run, plans.get(run, ()))
    return tuple(found.get(clues, NO_MATCH) for clues in logs)


def label_fits(clues: Clues, planned: ExpectedCell) -> bool:
    """Whether the log's label may be the planned one; a label that either lacks counts against nothing."""
    return clues.vis_label is None or planned.vis_label is None or _is_the_label(clues, planned)


def base_name(path: str) -> str:
    """The last part of a path, without its ending: `words` for `/data/words.json`."""
    return PurePosixPath(path.replace("\\", "/").rstrip("/")).stem


def _match_run(logs: Sequence[Clues], planned: Sequence[_PlannedEvaluation]) -> Mapping[Clues, Match]:
    found: dict[Clues, Match] = {}
    candidates: dict[Clues, tuple[ExpectedCell, ...]] = {}
    tasks = {one.task for one in planned}
    for tell in (lambda clues, one: _by_folder(clues, one, tasks), _by_name):
        for clues in logs:
            if clues not in found:
                _take(clues, _meant(clues, planned, tell), found, candidates)
    for tell in (_by_like_name, _by_argument, _by_settings, _by_dataset, _by_function, _by_label):
        taken = {one.planned for one in found.values()}
        free = [one for one in planned if one.cell not in taken]
        meant = {clues: _meant(clues, free, tell) for clues in logs if clues not in found}
        for clues, cells in _of_one_name(meant).items():
            _take(clues, cells, found, candidates)
    return {clues: found.get(clues, Match(None, candidates.get(clues, ()))) for clues in logs}


def _take(
    clues: Clues,
    meant: Sequence[ExpectedCell],
    found: dict[Clues, Match],
    candidates: dict[Clues, tuple[ExpectedCell, ...]],
) -> None:
    if len(meant) == 1:
        found[clues] = Match(meant[0])
    elif meant:
        candidates.setdefault(clues, tuple(meant))


def _of_one_name(
    meant: Mapping[Clues, Sequence[ExpectedCell]],
) -> Mapping[Clues, Sequence[ExpectedCell]]:
    """Without the matches by which logs of several names would be one evaluation."""
    names: defaultdict[ExpectedCell, set[tuple[str, ...]]] = defaultdict(set)
    for clues, cells in meant.items():
        for cell in cells:
            names[cell].add(clues.names)
    return {
        clues: [cell for cell in cells if len(names[cell]) == 1 or len(cells) > 1]
        for clues, cells in meant.items()
    }


def _meant(clues: Clues, planned: Iterable[_PlannedEvaluation], tell: _Clue) -> Sequence[ExpectedCell]:
    """The planned evaluations that the clue points to, those whose label and epoch are closest."""
    fitting = [
        (_closeness(clues, one.cell), one.cell)
        for one in planned
        if label_fits(clues, one.cell) and _epoch_fits(clues, one.cell) and tell(clues, one)
    ]
    closest = max((closeness for closeness, _ in fitting), default=0)
    return [cell for closeness, cell in fitting if closeness == closest]


def _closeness(clues: Clues, planned: ExpectedCell) -> int:
    is_same = clues.vis_label == planned.vis_label
    is_like = clues.vis_label is not None and planned.vis_label is not None
    return 2 * is_same + is_like + 2 * (clues.epoch == planned.epoch)


def _epoch_fits(clues: Clues, planned: ExpectedCell) -> bool:
    return clues.epoch == planned.epoch or clues.epoch is None or planned.epoch is None


def _is_the_label(clues: Clues, planned: ExpectedCell) -> bool:
    """Whether it is the planned label, or that with the task: `rank4 (bits)` for `rank4`."""
    given, label = clues.vis_label or "", planned.vis_label or ""
    if _plain(given) == _plain(label) or same_value(given, label):
        return True
    rest = given.removeprefix(label) if given.startswith(label) else given.removesuffix(label)
    return rest != given and rest.strip(" -_:/()[]").casefold() == without_package(planned.task).casefold()


def _by_folder(clues: Clues, planned: _PlannedEvaluation, tasks: set[str]) -> bool:
    """The cell's folder says so; the log names no other planned task, or one function serves both."""
    if planned.task not in clues.folders:
        return False
    others = [name for name in clues.names if name in tasks and name != planned.task]
    return not others or _by_function(clues, planned) or any(name in planned.task for name in others)


def _by_name(clues: Clues, planned: _PlannedEvaluation) -> bool:
    """The log's name is the task's, or that with the planned label, by default the run's name."""
    labels = (planned.cell.vis_label, planned.cell.run)
    own = {planned.task, *(f"{planned.task}_{label}" for label in labels if label)}
    return not own.isdisjoint(clues.names)


def _by_like_name(clues: Clues, planned: _PlannedEvaluation) -> bool:
    """`breast-cancer` in the design, `breast_cancer` in Python, where a function cannot be called so."""
    return _plain(planned.task) in map(_plain, clues.names)


def _by_argument(clues: Clues, planned: _PlannedEvaluation) -> bool:
    """A task argument that holds the planned task's name, as in `task_name=acs_income`."""
    return any(text == planned.task for name, text in clues.arguments if name != "vis_label")


def _by_settings(clues: Clues, planned: _PlannedEvaluation) -> bool:
    """The arguments that the design gives to the task, all of them."""
    given = {(name, text_of(value)) for name, value in planned.source.arguments.items()}
    return bool(given) and given <= clues.arguments and _may_be_its_function(clues, planned)


def _by_dataset(clues: Clues, planned: _PlannedEvaluation) -> bool:
    """The data set that the design gives to the task: its name, or a task argument that holds its path."""
    dataset = planned.source.dataset
    if dataset is None or not _may_be_its_function(clues, planned):
        return False
    return base_name(dataset) in clues.datasets | {base_name(text) for _, text in clues.arguments if text}


def _may_be_its_function(clues: Clues, planned: _PlannedEvaluation) -> bool:
    source = planned.source
    return (source.function is None and source.file is None) or _by_function(clues, planned)


def _by_function(clues: Clues, planned: _PlannedEvaluation) -> bool:
    source = planned.source
    if source.function is not None:
        return source.function in (clues.function, *clues.names)
    return source.file is not None and clues.file is not None and _same_file(source.file, clues.file)


def _same_file(planned: str, found: str) -> bool:
    """Whether two paths end alike, in their file and its folder: one file may lie in two places."""
    ours, theirs = (PurePosixPath(path.replace("\\", "/")).parts for path in (planned, found))
    shared = min(len(ours), len(theirs), 2)
    return ours[-shared:] == theirs[-shared:]


def _by_label(clues: Clues, planned: _PlannedEvaluation) -> bool:
    """The label stands in the task's place, where `parse_eval_metadata` puts it in a frame."""
    return clues.vis_label is not None and clues.names == (clues.vis_label,)


def _plain(name: str) -> str:
    """The letters and digits of a name, in lower case; all of it where it has none."""
    return "".join(filter(str.isalnum, name.casefold())) or name
