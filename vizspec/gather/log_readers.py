"""Where the logs of cells are, and what reads them: how many processes, which cluster, which cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cache import Cache, LogCache, default_folder

if TYPE_CHECKING:
    from vizspec.cells.cell import Cell
    from vizspec.gather.options import Reading

WORTH_PROCESSES_BYTES = 32 * 1024 * 1024
"""Logs smaller than this, all together, are read before other processes would have started."""


def logs_of(cells: Iterable[Cell], base: Path) -> list[tuple[Cell, str]]:
    """Each cell with the path or the URL of its log; rows of data frames, which have no samples, left out."""
    return [(cell, path) for cell in cells if (path := path_of(cell, base)) is not None]


def path_of(cell: Cell, base: Path) -> str | None:
    """Where the log itself is; None for a row of a data frame, which has no samples."""
    place = cell.log.place
    if place.row is not None:
        return None
    return place.file if place.is_url else str(base / place.file)


def contents_of(logs: Iterable[tuple[Cell, str]]) -> dict[str, str]:
    """The hashes of the logs' contents as they were when the headers were read, by path."""
    return {path: cell.log.sha256 for cell, path in logs if cell.log.sha256 is not None}


def readers(paths: Sequence[str], reading: Reading) -> AbstractContextManager[Executor]:
    """What reads the files at these paths.

    Raises:
        UserError: the cluster cannot be used.
    """
    from vizspec.samples.parallel import executor

    return executor(jobs_of(reading, _size_of(paths) > WORTH_PROCESSES_BYTES), reading.scheduler, paths)


def jobs_of(reading: Reading, is_large: bool) -> int | None:
    """The processes that were asked for; without a word, one for small work and all cores for large."""
    return reading.jobs if reading.jobs is not None or is_large else 1


def cache_of(name: LogCache, reading: Reading) -> Cache | None:
    """The user's cache of this name; None where none is to be used."""
    return Cache(default_folder() / name) if reading.use_cache else None


def _size_of(paths: Iterable[str]) -> int:
    """The bytes of all the files that are on this machine's disks."""
    return sum(Path(path).stat().st_size for path in paths if "://" not in path and Path(path).is_file())
