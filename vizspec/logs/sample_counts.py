"""What the samples in a log tell that its header does not: which were invalidated, and which have a score.

Only current versions count scored samples in the header, and none counts the invalidated ones there.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, TypeVar

import msgspec

from vizspec.limits.archives import open_archive, read_member
from vizspec.limits.files import LOG_MB, read_whole
from vizspec.limits.json_text import decoded
from vizspec.logs.header import Header, Logged, ScoreEntry, inflate_errors

T = TypeVar("T")

SAMPLES = "samples/"
SUMMARIES = "summaries.json"


class SampleScore(msgspec.Struct):
    """`Score`; its value may be text, a number, or a mapping of them."""

    value: Any = None


class Sample(msgspec.Struct):
    """`EvalSample` and its summary, which lacks the invalidation."""

    id: int | str
    scores: dict[str, SampleScore] | None = None
    invalidation: Any = None


class LoggedSamples(msgspec.Struct):
    """A log in one JSON text."""

    samples: list[Sample] | None = None


_SAMPLE = msgspec.json.Decoder(Sample)
_SUMMARIES = msgspec.json.Decoder(list[Sample])
_SAMPLES = msgspec.json.Decoder(LoggedSamples)


def counts_of(file: IO[bytes], header: Header, is_json: bool) -> Logged | None:
    """What the samples in the log tell, where the header wants it and they can be read; else None."""
    if not (header.invalidated or _lacks_counts(header)):
        return None
    file.seek(0)
    try:
        if is_json:
            return logged_of(decoded(_SAMPLES, read_whole(file, LOG_MB)).samples or (), header)
        with open_archive(file) as archive:
            return logged_of(_summaries(archive, header) or _samples(archive), header)
    except (msgspec.MsgspecError, ValueError, RecursionError, zipfile.BadZipFile):
        return None
    except inflate_errors():
        return None


def logged_of(samples: Iterable[Sample], header: Header) -> Logged | None:
    """How many samples there are, each once, how many were invalidated, and how many each entry scored."""
    entries = header.results.scores if header.results else []
    seen: set[str] = set()
    invalid: set[str] = set()
    scored: list[set[str]] = [set() for _ in entries]
    for sample in samples:
        name = str(sample.id)
        seen.add(name)
        if sample.invalidation is not None:
            invalid.add(name)
        for found, entry in zip(scored, entries, strict=True):
            if _has_score(sample, entry):
                found.add(name)
    return Logged(len(seen), len(invalid), [len(found) for found in scored]) if seen else None


def _lacks_counts(header: Header) -> bool:
    """Whether the results do not tell how many samples have a score: not even that all were completed."""
    results = header.results
    if header.status != "success" or results is None:
        return False
    is_complete = results.total_samples and results.completed_samples == results.total_samples
    return not is_complete and any(entry.scored_samples is None for entry in results.scores)


def _has_score(sample: Sample, entry: ScoreEntry) -> bool:
    """Whether the sample has a score of this entry, which may be of one key of a scorer's scores."""
    scores = sample.scores or {}
    score = scores.get(entry.scorer or entry.name) or scores.get(entry.name)
    if score is None:
        return False
    value = score.value
    if isinstance(value, dict) and entry.name in value:
        value = value[entry.name]
    return value is not None and not (isinstance(value, float) and math.isnan(value))


def _summaries(archive: zipfile.ZipFile, header: Header) -> list[Sample]:
    """The summaries of the samples; they tell nothing of invalidations."""
    if header.invalidated or SUMMARIES not in archive.namelist():
        return []
    return decoded(_SUMMARIES, read_member(archive, SUMMARIES))


def _samples(archive: zipfile.ZipFile) -> Iterator[Sample]:
    for name in archive.namelist():
        if name.startswith(SAMPLES) and name.endswith(".json"):
            yield decoded(_SAMPLE, read_member(archive, name))
