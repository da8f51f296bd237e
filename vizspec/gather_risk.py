"""The risk scores of the shown cells' samples, read in parallel and kept for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cache import Cache, default_folder
from vizspec.cells import Cell
from vizspec.errors import Problem, Problems
from vizspec.recompute import may_have_risk
from vizspec.risk.read import read_risk
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.samples.parallel import executor

if TYPE_CHECKING:
    from vizspec.gather import Reading

POSITIVE = ("metrics", "positive")


def gather_risk(
    cells: Sequence[Cell], base: Path, positive: object, reading: Reading
) -> dict[Cell, LogRisk | NoRisk]:
    """For each cell with a risk scorer its samples' risk, or why it has none.

    Raises:
        Problems: the positive class is none of the options, or the logs disagree on it.
        UserError: the processes or the cluster that should read the logs failed.
    """
    wanted = [cell for cell in cells if may_have_risk(cell)]
    logs = [(cell, path) for cell in wanted if (path := _path(cell, base)) is not None]
    if not logs:
        return {}
    cache = Cache(default_folder() / "samples") if reading.use_cache else None
    with executor(reading.jobs if len(logs) > 1 else 1, reading.scheduler) as pool:
        try:
            return read_risk(
                logs,
                positive=None if positive is None else str(positive),
                executor=pool,
                cache=cache,
                progress=lambda done, total: reading.progress("reading samples", done, total),
            )
        except Problems as found:
            raise Problems([_at_positive(problem) for problem in found.problems]) from None


def _path(cell: Cell, base: Path) -> str | None:
    """Where the log itself is; None for a row of a data frame, which has no samples."""
    location = cell.log.location
    if "#" in location and location.partition("#")[0].endswith((".parquet", ".csv")):
        return None
    return location if "://" in location else str(base / location)


def _at_positive(problem: Problem) -> Problem:
    return problem if problem.loc else replace(problem, loc=POSITIVE)
