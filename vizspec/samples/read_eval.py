"""Predictions from an `.eval` file on disk: from the cheapest member that holds them all.

With one repeat a sample that is `reductions.json`. With more it keeps the metadata of the first repeat only,
and `summaries.json` is next; that drops a metadata value of over 1 kB, and then each sample is read, one at a
time, of which only the fields needed are kept. A log is never held whole.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

from vizspec.logs.header import HEADER
from vizspec.metrics.known_metrics import RISK_METRICS
from vizspec.samples.archive import (
    UNFINISHED,
    Damaged,
    decoded,
    not_successful,
    opened,
    sample_members,
)
from vizspec.samples.collector import Collector
from vizspec.samples.raw_risk import RawHeader, RawReduction, RawRiskSample, RawRiskScore
from vizspec.samples.record import LogSamples, Member, NoSamples, source_of
from vizspec.text.registry_names import without_package


def read_eval(path: Path | str | IO[bytes], member: Member | None = None) -> LogSamples | NoSamples:
    """The predictions of the log at `path` or in an open file, from `member` alone where one is named.

    What cannot be read is said, never raised: a file that is missing, cut off or damaged, a log that is
    unfinished or failed, a log without risk scores.
    """
    try:
        with opened(path) as archive:
            return _read(archive, member)
    except Damaged as damaged:
        return NoSamples(str(damaged), is_passing=damaged.is_passing)


def _read(archive: zipfile.ZipFile, member: Member | None) -> LogSamples | NoSamples:
    names = set(archive.namelist())
    if HEADER not in names:
        return NoSamples(UNFINISHED)
    header = decoded(archive, HEADER, RawHeader)
    evaluation = header.eval
    source = source_of(evaluation.model, evaluation.task, evaluation.task_args, evaluation.metadata)
    if header.status != "success":
        return NoSamples(not_successful(header.status), source)
    for way in (member,) if member else tuple(_WAYS):
        collector = _WAYS[way](archive, names, header)
        if collector and (member or _is_complete(way, collector, archive, names, header)):
            return collector.result(source, evaluation.config.epochs, way)
    return NoSamples(f"has no {member.value if member else 'samples'}", source)


def _from_reductions(archive: zipfile.ZipFile, names: set[str], header: RawHeader) -> Collector | None:
    """The reduced scores, where one repeat is all there is and each says whose it is; else None."""
    if Member.REDUCTIONS.value not in names or (header.eval.config.epochs or 1) > 1:
        return None
    scores: dict[int | str, dict[str, RawRiskScore]] = {}
    for reduction in decoded(archive, Member.REDUCTIONS.value, list[RawReduction]):
        for score in reduction.samples:
            if score.sample_id is None:
                return None
            # of several reducers of one scorer the first: with one repeat they say the same
            of_sample = scores.setdefault(score.sample_id, {})
            of_sample.setdefault(reduction.scorer, RawRiskScore(score.value, score.metadata))
    collector = Collector()
    for sample, by_scorer in scores.items():
        collector.add(sample, 1, by_scorer)
    return collector


def _from_summaries(archive: zipfile.ZipFile, names: set[str], header: RawHeader) -> Collector | None:
    """The summaries' scores; None where a metadata value was dropped from one of them."""
    del header
    if Member.SUMMARIES.value not in names:
        return None
    collector = Collector()
    for sample in decoded(archive, Member.SUMMARIES.value, list[RawRiskSample]):
        if any(map(_was_dropped, (sample.scores or {}).values())):
            return None
        collector.add(sample.id, sample.epoch, sample.scores)
    return collector


def _from_samples(archive: zipfile.ZipFile, names: set[str], header: RawHeader) -> Collector:
    """Every sample's own file, one at a time."""
    del header
    collector = Collector()
    for name in sample_members(names):
        sample = decoded(archive, name, RawRiskSample)
        collector.add(sample.id, sample.epoch, sample.scores)
    return collector


_WAYS = {
    Member.REDUCTIONS: _from_reductions,
    Member.SUMMARIES: _from_summaries,
    Member.SAMPLES: _from_samples,
}


def _is_complete(
    member: Member, collector: Collector, archive: zipfile.ZipFile, names: set[str], header: RawHeader
) -> bool:
    """Whether the member tells all that the samples would tell.

    Reductions leave out samples without a value. Summaries of old logs may lack all metadata: where they tell
    of no risk score although the stored metrics or the first sample do, they are not believed.
    """
    if member is Member.SAMPLES:
        return True
    if member is Member.REDUCTIONS:
        total = header.results.total_samples if header.results else None
        return bool(collector.risk_scorers) and len(collector.keys) == total
    return collector.speaks_of_risk or not _expects_risk(archive, names, header)


def _expects_risk(archive: zipfile.ZipFile, names: set[str], header: RawHeader) -> bool:
    scores = header.results.scores if header.results else []
    if any(without_package(metric) in RISK_METRICS for score in scores for metric in score.metrics):
        return True
    first = next(iter(sample_members(names)), None)
    found = decoded(archive, first, RawRiskSample).scores if first else None
    return any(score.speaks_of_risk for score in (found or {}).values())


def _was_dropped(score: RawRiskScore) -> bool:
    """A dropped metadata value leaves a text in its place, where the probabilities are a mapping."""
    return score.metadata is not None and isinstance(score.metadata.option_probs, str)
