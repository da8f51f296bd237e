"""The risk values of many logs: read, checked against each other, reduced to one entry a sample."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from vizspec.cache import Cache
from vizspec.errors import Problems
from vizspec.risk.positive import positive_problems
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.risk.reduce import log_risk
from vizspec.samples.checked_score import option_text
from vizspec.samples.kept import NO_CONTENTS
from vizspec.samples.parallel import Progress
from vizspec.samples.read import read_samples
from vizspec.samples.record import LogSamples

K = TypeVar("K", bound=Hashable)

logger = logging.getLogger(__name__)


def read_risk(
    logs: Sequence[tuple[K, str]],
    *,
    positive: str | None = None,
    executor: Executor | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    contents: Mapping[str, str] = NO_CONTENTS,
) -> dict[K, LogRisk | NoRisk]:
    """For each (key, path or URL) its risk values, or why it has none; in the order given.

    `positive` is the spec's `metrics.positive`; without it each log's last option is the positive class.
    Without an executor the logs are read one after the other in this process. What no figure can show is
    logged at INFO. `contents`: as `read_samples` takes them. Problems: the positive class is none of a log's
    options, or the logs disagree on it.
    """
    paths = dict(logs)
    wanted = None if positive is None else option_text(positive)
    found = read_samples(
        list(paths.values()), executor=executor, cache=cache, progress=progress, contents=contents
    )
    read = {path: one for path, one in zip(paths.values(), found, strict=True) if isinstance(one, LogSamples)}
    problems = positive_problems(read, wanted)
    if problems:
        raise Problems(problems)
    risks = {key: log_risk(one, wanted) for key, one in zip(paths, found, strict=True)}
    for key, risk in risks.items():
        if isinstance(risk, NoRisk):
            logger.info("%s %s: no risk figure shows it", paths[key], risk.reason)
    return risks
