"""The tools that were called in the samples of some cells, read in parallel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cells.cell import Cell
from vizspec.gather.risk import WORTH_PROCESSES_BYTES, jobs_of, path_of, size_of
from vizspec.samples.calls import read_calls
from vizspec.samples.parallel import executor
from vizspec.samples.scored import NoScores, ToolCalls

if TYPE_CHECKING:
    from vizspec.gather.options import Reading


def gather_calls(cells: Sequence[Cell], base: Path, reading: Reading) -> dict[Cell, ToolCalls | NoScores]:
    """For each cell of a log its samples' calls, or why there are none; rows of data frames have none."""
    places = [(cell, path) for cell in cells if (path := path_of(cell, base)) is not None]
    paths = [path for _, path in places]
    if not paths:
        return {}
    jobs = jobs_of(reading, size_of(paths) > WORTH_PROCESSES_BYTES)
    with executor(jobs, reading.scheduler, paths) as running:
        found = read_calls(
            paths,
            executor=running,
            progress=lambda done, total: reading.progress("reading messages", done, total),
        )
    return {cell: one for (cell, _), one in zip(places, found, strict=True)}
