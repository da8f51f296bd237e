"""The risk of the shown cells: samples read in parallel, metrics estimated, both kept for the next time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vizspec.cache import Cache
from vizspec.cells.cell import Cell
from vizspec.errors import Problem, Problems
from vizspec.estimates.from_samples import FromSamples, Risks, may_have_risk, with_samples
from vizspec.gather.log_readers import cache_of, contents_of, jobs_of, logs_of, readers
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
WORTH_PROCESSES_SAMPLES = 20_000
"""So many samples take a few seconds of resampling; fewer are done before other processes would start."""


def gather_risk(cells: Sequence[Cell], base: Path, positive: object, reading: Reading) -> Risks:
    """For each cell with a risk scorer its samples' risk, or why it has none.

    Raises:
        Problems: the positive class is none of the options, or the logs disagree on it.
        UserError: the processes or the cluster that should read the logs failed.
    """
    logs = logs_of((cell for cell in cells if may_have_risk(cell)), base)
    if not logs:
        return {}
    with readers([path for _, path in logs], reading) as pool:
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


def _at_positive(problem: Problem) -> Problem:
    return problem if problem.loc else replace(problem, loc=POSITIVE)
