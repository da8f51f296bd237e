"""The scores of the samples of some cells, read in parallel and kept for the next time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING

from vizspec.cells.cell import Cell
from vizspec.gather.log_readers import cache_of, contents_of, logs_of, readers
from vizspec.samples.read_scores import read_scores
from vizspec.samples.scored import NoScores, SampleScores

if TYPE_CHECKING:
    from vizspec.gather.options import Reading


def gather_scores(
    cells: Sequence[Cell], metadata: Iterable[str], base: Path, reading: Reading
) -> dict[Cell, SampleScores | NoScores]:
    """For each cell of a log its samples' scores, or why there are none; rows of data frames have none.

    Raises:
        UserError: the processes or the cluster that should read the logs failed.
    """
    logs = logs_of(cells, base)
    if not logs:
        return {}
    paths = [path for _, path in logs]
    with readers(paths, reading) as running:
        found = read_scores(
            paths,
            sorted(metadata),
            executor=running,
            cache=cache_of("samples", reading),
            progress=lambda done, total: reading.progress("reading scores", done, total),
            contents=contents_of(logs),
        )
    return {cell: _sharing(one) for (cell, _), one in zip(logs, found, strict=True)}


def _sharing(found: SampleScores | NoScores) -> SampleScores | NoScores:
    """The same, with ids and hashes that many logs have in memory once."""
    if isinstance(found, NoScores):
        return found
    return replace(
        found,
        sample=tuple(map(intern, found.sample)),
        question=tuple(map(intern, found.question)),
        answer=tuple(map(intern, found.answer)),
    )
