"""The risk of the shown cells: samples read in parallel, metrics estimated, both kept for the next time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vizspec.cache import Cache, default_folder
from vizspec.cells.cell import Cell
from vizspec.errors import Problem, Problems
from vizspec.estimates.from_samples import FromSamples, Risks, may_have_risk, with_samples
from vizspec.risk.read import read_risk
from vizspec.risk.record import LogRisk, RiskEstimate
from vizspec.risk.statistics import risk_estimates
from vizspec.samples.parallel import executor, run_all
from vizspec.versions import own_version

if TYPE_CHECKING:
    from vizspec.gather.options import Reading

FORMAT = "estimates-3"
"""Part of every cache key. Another number whenever something else is estimated of the same predictions."""
POSITIVE = ("metrics", "positive")
WORTH_PROCESSES_BYTES = 32 * 1024 * 1024
"""Logs smaller than this, all together, are read before other processes would have started."""
WORTH_PROCESSES_SAMPLES = 20_000
"""The same for estimates: so many samples take a few seconds of resampling."""


def gather_risk(cells: Sequence[Cell], base: Path, positive: object, reading: Reading) -> Risks:
    """For each cell with a risk scorer its samples' risk, or why it has none.

    Raises:
        Problems: the positive class is none of the options, or the logs disagree on it.
        UserError: the processes or the cluster that should read the logs failed.
    """
    wanted = [cell for cell in cells if may_have_risk(cell)]
    logs = [(cell, path) for cell in wanted if (path := path_of(cell, base)) is not None]
    if not logs:
        return {}
    paths = [path for _, path in logs]
    with executor(jobs_of(reading, size_of(paths) > WORTH_PROCESSES_BYTES), reading.scheduler, paths) as pool:
        try:
            return read_risk(
                logs,
                positive=None if positive is None else str(positive),
                executor=pool,
                cache=cache_of("samples", reading),
                progress=lambda done, total: reading.progress("reading samples", done, total),
                contents=contents_of(logs),
            )
        except Problems as found:
            raise Problems([_at_positive(problem) for problem in found.problems]) from None


def estimate_risk(risks: Risks, levels: Sequence[float], reading: Reading) -> dict[float, FromSamples]:
    """The risk metrics that the samples give, at each confidence level, by cell."""
    known = with_samples(risks)
    cache = cache_of("estimates", reading)
    is_large = sum(risk.n_valid for risk in known.values()) > WORTH_PROCESSES_SAMPLES
    with executor(jobs_of(reading, is_large), reading.scheduler) as pool:
        return {level: _estimated(known, level, pool, cache, reading) for level in levels}


def _estimated(
    known: dict[Cell, LogRisk], level: float, pool: Executor, cache: Cache | None, reading: Reading
) -> FromSamples:
    keys = {cell: _key(risk, level) for cell, risk in known.items()} if cache is not None else {}
    found = {cell: kept for cell, key in keys.items() if (kept := _kept(key, cache)) is not None}
    missing = {cell: risk for cell, risk in known.items() if cell not in found}
    made = run_all(
        pool,
        partial(risk_estimates, level=level),
        list(missing.values()),
        lambda done, total: reading.progress("estimating risk", done, total),
    )
    for cell, estimates in zip(missing, made, strict=True):
        found[cell] = estimates
        if cache is not None:
            cache.put(keys[cell], msgspec.msgpack.encode(estimates))
    return found


_DECODER = msgspec.msgpack.Decoder(tuple[RiskEstimate, ...])


def _kept(key: str, cache: Cache | None) -> tuple[RiskEstimate, ...] | None:
    data = cache.get(key) if cache is not None else None
    try:
        return _DECODER.decode(data) if data is not None else None
    except msgspec.MsgspecError:
        return None


def _key(risk: LogRisk, level: float) -> str:
    """What the estimates are made of: the predictions, the level, and the versions of what computes them."""
    parts = (own_version(), FORMAT, *_computed_by(), level, risk)
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


@cache
def _computed_by() -> tuple[str, str]:
    return version("scipy"), version("numpy")


def cache_of(name: str, reading: Reading) -> Cache | None:
    """The user's cache of this name; None where none is to be used."""
    return Cache(default_folder() / name) if reading.use_cache else None


def jobs_of(reading: Reading, is_large: bool) -> int | None:
    """The processes that were asked for; without a word, one for small work and all cores for large."""
    return reading.jobs if reading.jobs is not None or is_large else 1


def size_of(paths: Sequence[str]) -> int:
    """The bytes of all the files that are on this machine's disks."""
    return sum(Path(path).stat().st_size for path in paths if "://" not in path and Path(path).is_file())


def contents_of(places: Iterable[tuple[Cell, str]]) -> dict[str, str]:
    """The hashes of the logs' contents as they were when the headers were read, by path."""
    return {path: cell.log.sha256 for cell, path in places if cell.log.sha256 is not None}


def path_of(cell: Cell, base: Path) -> str | None:
    """Where the log itself is; None for a row of a data frame, which has no samples."""
    place = cell.log.place
    if place.row is not None:
        return None
    return place.file if place.is_url else str(base / place.file)


def _at_positive(problem: Problem) -> Problem:
    return problem if problem.loc else replace(problem, loc=POSITIVE)
