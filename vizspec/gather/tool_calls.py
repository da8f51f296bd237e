"""The tools that were called in the samples of some cells, read in parallel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cells.cell import Cell
from vizspec.gather.log_readers import logs_of, readers
from vizspec.samples.scored import NoScores, ToolCalls
from vizspec.samples.tool_calls import read_calls

if TYPE_CHECKING:
    from vizspec.gather.options import Reading


def gather_calls(cells: Sequence[Cell], base: Path, reading: Reading) -> dict[Cell, ToolCalls | NoScores]:
    """For each cell of a log its samples' calls, or why there are none; rows of data frames have none."""
    logs = logs_of(cells, base)
    if not logs:
        return {}
    paths = [path for _, path in logs]
    with readers(paths, reading) as running:
        found = read_calls(
            paths,
            executor=running,
            progress=lambda done, total: reading.progress("reading messages", done, total),
        )
    return {cell: one for (cell, _), one in zip(logs, found, strict=True)}
