"""What cells were evaluated on: scores can be compared on one task and data set alone.

A label names a condition of a task, or a run; it makes no task of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from vizspec.cells.cell import Cell
from vizspec.text.messages import listed

OF_BENCHMARKS = frozenset(
    {"task", "task_name", "task_package", "dataset", "dataset_name", "dataset_location"}
)
"""The columns that name what cells were evaluated on."""


class Benchmark(NamedTuple):
    """A task on a data set. `package` and `dataset` are None where no cells of the task differ in them."""

    task: str
    package: str | None = None
    dataset: str | None = None

    @property
    def name(self) -> str:
        """The task's name, with the package and the data set where these tell it from others."""
        task = f"{self.package}/{self.task}" if self.package else self.task
        return f"{task} ({self.dataset})" if self.dataset else task


def benchmarks(cells: Iterable[Cell]) -> Mapping[Cell, Benchmark]:
    """The benchmark of each cell.

    What a log does not tell of package or data set counts as that of the task's other logs, where these
    agree.
    """
    of_task: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        of_task[cell.task].append(cell)
    found: dict[Cell, Benchmark] = {}
    for task, members in of_task.items():
        packages = _where_they_differ([cell.log.setup.package for cell in members])
        datasets = _where_they_differ([_dataset(cell) for cell in members])
        for cell, package, dataset in zip(members, packages, datasets, strict=True):
            found[cell] = Benchmark(task, package, dataset)
    return found


def sample_notices(cells: Sequence[Cell]) -> Iterator[str]:
    """Of each benchmark whose cells were evaluated on different samples: how many each has."""
    on = benchmarks(cells)
    groups: defaultdict[Benchmark, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[on[cell]].append(cell)
    for benchmark, members in groups.items():
        difference = _different_samples(members)
        if difference is not None:
            yield f"the evaluations on '{benchmark.name}' are not of the same samples: {difference}"


def trial_note(trial: Cell, others: Iterable[Cell]) -> str:
    """`2 of 44 samples`: how much of what the largest of the others has."""
    most = max((cell.log.scored or 0 for cell in others), default=0)
    return f"{trial.log.scored or 0:,} of {most:,} samples"


def _different_samples(cells: Sequence[Cell]) -> str | None:
    """How the samples differ, by their numbers, else by their ids; None where nothing tells that they do."""
    counts: defaultdict[int, list[str]] = defaultdict(list)
    for cell in cells:
        if cell.log.samples is not None:
            counts[cell.log.samples].append(cell.run or cell.model)
    if len(counts) > 1:
        return listed([f"{n:,} of {listed(_distinct(names), 3)}" for n, names in sorted(counts.items())])
    ids = {cell.log.setup.dataset.sample_ids for cell in cells} - {None}
    return f"their ids make {len(ids)} different sets" if len(ids) > 1 else None


def _dataset(cell: Cell) -> str | None:
    """The name of a data set; of one that comes from a hub, its place there."""
    dataset = cell.log.setup.dataset
    place = dataset.location
    is_file = (
        place is None or place.startswith(("/", "~", ".")) or PurePosixPath(place).suffix or "\\" in place
    )
    return dataset.name or (place and PurePosixPath(place).stem) if is_file else place


def _where_they_differ(values: Sequence[str | None]) -> Sequence[str | None]:
    """The values where they are of several kinds; None for all of them where they are of one."""
    return values if len({value for value in values if value is not None}) > 1 else [None] * len(values)


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
