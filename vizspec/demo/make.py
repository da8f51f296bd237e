"""Makes one example experiment: designs it, evaluates it, and lays its files out."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.demo.data import DemoTable, answers, examples, load
from vizspec.demo.design import DemoCell, DemoDesign
from vizspec.demo.evaluate import evaluate, identity, scratch_folder
from vizspec.demo.example_files import write_experiment_files
from vizspec.demo.kinds import KINDS
from vizspec.demo.layout import FolderLayout, layout_named
from vizspec.errors import UserError

if TYPE_CHECKING:
    from vizspec.demo.task import DemoEvaluation

FEWEST_SAMPLES = 4
MOST_SAMPLES = 100
"""More would leave too few rows of the smallest data set to train on."""

BATCH = 8
"""Evaluations that Inspect runs in one go; progress is told between them."""

DemoProgress = Callable[[int, int, str], None]
"""Told of (evaluations done, evaluations in all, what is being done)."""


def make_experiment(
    directory: Path,
    kind: str = "demo",
    samples: int | None = None,
    progress: DemoProgress | None = None,
    layout: str = "current",
) -> Path:
    """Make the experiment of that `kind` (see `kinds.KINDS`) in `directory`, and return the directory.

    `samples` rows are asked in each evaluation (None: as designed). `layout`: "current", or "older" for the
    folders, keys and model names that earlier experiments have. The same arguments give the same answers,
    scores and files; only the times and ids within the logs differ.

    Raises:
        UserError: the kind is unknown, the number of samples out of range, or the directory holds something
            or cannot be written.
    """
    if kind not in KINDS:
        raise UserError(f"there is no kind of example {kind!r}", f"the kinds are: {', '.join(KINDS)}")
    if samples is not None and not FEWEST_SAMPLES <= samples <= MOST_SAMPLES:
        raise UserError(
            f"an example of {samples} samples cannot be made", f"ask for {FEWEST_SAMPLES} to {MOST_SAMPLES}"
        )
    design = KINDS[kind]() if samples is None else replace(KINDS[kind](), samples=samples)
    arrangement = layout_named(layout)
    table = load(design.dataset)
    directory = Path(directory).resolve()
    _prepare(directory)
    with _all_or_nothing(directory) as unfinished:
        _evaluate_all(design, table, arrangement, unfinished, progress or _silent)
        write_experiment_files(unfinished, design, table, arrangement)
    return directory


def _prepare(directory: Path) -> None:
    """Make the folder, and see that it is empty and can be written."""
    try:
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise UserError(
                f"{directory} is there already and not an empty folder", "name a folder that is new or empty"
            )
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise UserError(
            f"'{directory}' cannot be written: {error.strerror or error}",
            "name a folder where you may write, as in: vizspec demo ~/vizspec-demo",
        ) from error


@contextmanager
def _all_or_nothing(directory: Path) -> Iterator[Path]:
    """A folder whose contents come to stand in `directory` if all goes well, and are removed if not."""
    with tempfile.TemporaryDirectory(dir=directory, prefix=".unfinished-") as folder:
        yield Path(folder)
        for made in Path(folder).iterdir():
            made.rename(directory / made.name)


def _evaluate_all(
    design: DemoDesign, table: DemoTable, layout: FolderLayout, directory: Path, progress: DemoProgress
) -> None:
    """Evaluate in the order in which it happened: superseded cells first, broken ones last.

    Logs tell their time in whole seconds: what happens later waits for a later one.
    """
    stages = [list(stage) for stage in _stages(design, table, layout)]
    total, done = sum(map(len, stages)), 0
    for stage in stages:
        if done:
            time.sleep(1 - time.time() % 1)
        for batch in _batches(stage):
            runs = dict.fromkeys(evaluation.cell.run for evaluation in batch)
            progress(done, total, f"evaluating {', '.join(runs)}")
            with scratch_folder() as scratch:
                for evaluation, log in zip(batch, evaluate(batch, scratch), strict=True):
                    _put(log, directory / layout.logs(evaluation.cell))
            done += len(batch)
    progress(done, total, "writing the experiment's files")


def _stages(design: DemoDesign, table: DemoTable, layout: FolderLayout) -> Iterator[Iterator[DemoEvaluation]]:
    def of(cells: Iterable[DemoCell], samples: int) -> Iterator[DemoEvaluation]:
        return (_evaluation(design, table, layout, cell, samples) for cell in cells)

    if design.superseded:
        yield of(design.cells(design.superseded), design.samples // 2)
    yield of(design.evaluated(), design.samples)
    if design.broken:
        again = of(design.cells(design.broken), design.samples)
        yield (replace(evaluation, breaks=True) for evaluation in again)


def _batches(stage: Sequence[DemoEvaluation]) -> Iterator[list[DemoEvaluation]]:
    """The stage in parts of a bearable size, in none of which two logs would look alike."""
    batch: list[DemoEvaluation] = []
    for evaluation in stage:
        if len(batch) == BATCH or identity(evaluation) in map(identity, batch):
            yield batch
            batch = []
        batch.append(evaluation)
    yield batch


def _evaluation(
    design: DemoDesign, table: DemoTable, layout: FolderLayout, cell: DemoCell, samples: int
) -> DemoEvaluation:
    from vizspec.demo.task import DemoEvaluation

    task = design.task(cell.task)
    return DemoEvaluation(
        cell=cell,
        model=layout.model(cell),
        dataset=design.dataset,
        metadata=layout.metadata(design, cell),
        scorers=design.scorers,
        examples=examples(table, task, samples),
        answers=answers(design, table, cell, samples),
    )


def _put(log: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.move(log, folder / log.name)


def _silent(done: int, total: int, what: str) -> None:
    """Tells nobody."""
