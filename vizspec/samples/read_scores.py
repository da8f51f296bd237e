"""The scores of all samples of logs, each from the cache if its content was read before, else from the log.

`summaries.json` has all that is needed unless it cut a text, left out a picture, or is of a time when it had
no choices: then every sample's own file is read, one at a time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

import msgspec

from vizspec.cache import Cache
from vizspec.limits.files import LOG_MB, read_whole
from vizspec.logs.files import described, file_errors
from vizspec.logs.header import HEADER
from vizspec.logs.location import Format, format_of
from vizspec.samples.archive import (
    UNFINISHED,
    Damaged,
    decoded,
    not_successful,
    opened,
    sample_members,
)
from vizspec.samples.check import number_of
from vizspec.samples.kept import NO_CONTENTS, KeptEntry, Shelf, kept_or_read
from vizspec.samples.location import absolute, open_log
from vizspec.samples.parallel import Progress, SerialExecutor, run_unknown
from vizspec.samples.questions import answer_hash, input_hash, is_whole
from vizspec.samples.raw import decode
from vizspec.samples.record import Member
from vizspec.samples.scored import NoScores, Plain, SampleScores

SHORTENED = "..."
DROPPED = "Key removed from summary (> 1k)"
"""How Inspect's summaries end a text that they shorten, and what they have in the place of other metadata."""


class RawPair(msgspec.Struct, frozen=True, gc=False):
    """What a scorer that compares numbers tells of one sample."""

    prediction: Any = None
    target_value: Any = None


class RawScore(msgspec.Struct, frozen=True, gc=False):
    """One scorer's score of one sample."""

    value: Any = None
    answer: Any = None
    metadata: RawPair | None = None


class RawSample(msgspec.Struct, frozen=True):
    """One repeat of one sample; summaries and samples have these fields alike."""

    id: int | str
    epoch: int = 1
    input: Any = ""
    choices: list[Any] | None = None
    target: Any = ""
    limit: Any = None
    scores: dict[str, RawScore] | None = None
    model_usage: Any = None
    total_time: Any = None
    working_time: Any = None
    error: Any = None
    message_count: Any = None
    messages: list[msgspec.Raw] | None = None


class RawSampleWithMetadata(RawSample, frozen=True):
    """The same with the sample's metadata, which may be large."""

    metadata: dict[str, Any] = {}


class RawLog(msgspec.Struct, frozen=True):
    """A log that is one text of JSON."""

    status: str = ""
    samples: list[RawSampleWithMetadata] | None = None


class RawEnding(msgspec.Struct, frozen=True):
    """How a log ended."""

    status: str = ""


def read_scores(
    locations: Sequence[str],
    metadata: Sequence[str] = (),
    *,
    executor: Executor | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    contents: Mapping[str, str] = NO_CONTENTS,
) -> list[SampleScores | NoScores]:
    """The scores of the logs at `locations` (paths or URLs), in their order.

    `metadata`: the keys of the samples' metadata to read besides. Without an executor the logs are read one
    after the other in this process. `contents` has the hash of the content of some, by location: what was
    kept of it is taken without reading the log.
    """
    keys = tuple(sorted(set(metadata)))
    named = {absolute(location): content for location, content in contents.items()}

    shelf = _shelf(keys)
    return run_unknown(
        executor or SerialExecutor(),
        lambda location: shelf.known(cache, named.get(location)),
        partial(read_log_scores, metadata=keys, cache=cache),
        [absolute(location) for location in locations],
        progress,
        lambda found: isinstance(found, NoScores),
    )


def read_log_scores(
    location: str, metadata: tuple[str, ...] = (), cache: Cache | None = None
) -> SampleScores | NoScores:
    """The scores of one log. What it gave is kept in the cache under the name of its content."""
    return kept_or_read(location, cache, _shelf(metadata), partial(_read, metadata=metadata))


def _shelf(metadata: tuple[str, ...]) -> Shelf[SampleScores, NoScores]:
    asked = "".join(f"-{name.encode().hex()}" for name in metadata)
    return Shelf("scores-6", KeptEntry[SampleScores, NoScores], NoScores, asked)


def _read(location: str, metadata: tuple[str, ...]) -> SampleScores | NoScores:
    try:
        with open_log(location) as file:
            if format_of(location) is Format.JSON:
                return _of_json(read_whole(file, LOG_MB), metadata)
            with opened(file) as archive:
                return _of_archive(archive, metadata)
    except Damaged as damaged:
        return NoScores(str(damaged))
    except file_errors() as error:
        return NoScores(f"cannot be read: {described(error)}")


def _of_json(content: bytes, metadata: tuple[str, ...]) -> SampleScores | NoScores:
    log = decode(content, RawLog)
    if log.status != "success":
        return NoScores(not_successful(log.status))
    return _columns(log.samples or (), metadata)


def _of_archive(archive: zipfile.ZipFile, metadata: tuple[str, ...]) -> SampleScores | NoScores:
    names = set(archive.namelist())
    if HEADER not in names:
        return NoScores(UNFINISHED)
    header = decoded(archive, HEADER, RawEnding)
    if header.status != "success":
        return NoScores(not_successful(header.status))
    files = sample_members(names)
    form = RawSampleWithMetadata if metadata else RawSample
    if Member.SUMMARIES.value in names:
        samples = decoded(archive, Member.SUMMARIES.value, list[form])  # type: ignore[valid-type] # chosen as it runs
        if not files or _tell_all(samples, decoded(archive, files[0], RawSample), metadata):
            return _columns(samples, metadata)
    return _columns((decoded(archive, name, form) for name in files), metadata)


def _tell_all(samples: Sequence[RawSample], first: RawSample, metadata: tuple[str, ...]) -> bool:
    """Whether summaries have what the samples have, of which the first stands for all as to choices."""
    if any(_is_cut(_metadata_of(sample).get(name)) for sample in samples for name in metadata):
        return False
    if first.choices and not any(sample.choices for sample in samples):
        return False
    if isinstance(first.input, list) and any(_has_pictures(sample.input) for sample in samples):
        return False
    return all(is_whole(sample.input) and is_whole(sample.target) for sample in samples)


def _is_cut(value: Any) -> bool:
    """Whether a summary tells less of metadata than the sample: it shortens texts, and drops the rest."""
    return isinstance(value, str) and (value.endswith(SHORTENED) or value == DROPPED)


def _has_pictures(given: Any) -> bool:
    """Whether a message may have had more than text, for which a summary has a text in its place."""
    return isinstance(given, list) and any(
        isinstance(one, dict) and isinstance(one.get("content"), list) for one in given
    )


def _columns(samples: Iterable[RawSample], metadata: tuple[str, ...]) -> SampleScores | NoScores:
    """The columns; of two entries for one repeat of one sample the first counts."""
    rows: dict[tuple[str, int], RawSample] = {}
    scores: dict[str, dict[tuple[str, int], float | None]] = {}
    pairs: dict[str, dict[tuple[str, int], tuple[float, float] | None]] = {}
    said: dict[str, dict[tuple[str, int], str | None]] = {}
    hashes: list[tuple[str, str]] = []
    for sample in samples:
        key = (str(sample.id), sample.epoch)
        if key in rows:
            continue
        hashes.append((input_hash(sample.input), answer_hash(sample.choices, sample.target)))
        for scorer, value in _values(sample.scores or {}):
            scores.setdefault(scorer, {})[key] = value
        for scorer, score in (sample.scores or {}).items():
            if (pair := _pair(score, sample.target)) is not None:
                pairs.setdefault(scorer, {})[key] = pair
            if isinstance(score.answer, str):
                said.setdefault(scorer, {})[key] = score.answer
        count = len(sample.messages) if sample.messages is not None else sample.message_count
        rows[key] = msgspec.structs.replace(
            sample, input=None, scores=None, messages=None, message_count=count
        )
    if not rows:
        return NoScores("holds no samples")
    questions, answers = zip(*hashes, strict=True)
    return SampleScores(
        sample=tuple(sample for sample, _ in rows),
        epoch=tuple(epoch for _, epoch in rows),
        question=questions,
        answer=answers,
        scores={scorer: tuple(map(found.get, rows)) for scorer, found in scores.items()},
        metadata={name: tuple(_plain(row, name) for row in rows.values()) for name in metadata},
        metadata_keys=tuple(dict.fromkeys(key for row in rows.values() for key in _metadata_of(row)))
        if metadata
        else (),
        limit=tuple(_limit(row.limit) for row in rows.values()),
        pairs={scorer: tuple(map(found.get, rows)) for scorer, found in pairs.items()},
        said={scorer: tuple(map(found.get, rows)) for scorer, found in said.items()},
        wanted=tuple(_target(row.target) for row in rows.values()),
        tokens=tuple(_tokens(row.model_usage) for row in rows.values()),
        seconds=tuple(number_of(row.total_time) for row in rows.values()),
        working_seconds=tuple(number_of(row.working_time) for row in rows.values()),
        messages=tuple(number_of(row.message_count) for row in rows.values()),
        error=tuple(_error(row.error) for row in rows.values()),
    )


def _tokens(usage: Any) -> float | None:
    """The tokens of all models of a sample."""
    used = list(usage.values()) if isinstance(usage, dict) else []
    known = [number_of(one.get("total_tokens")) for one in used if isinstance(one, dict)]
    numbers = [number for number in known if number is not None]
    return sum(numbers) if numbers and len(numbers) == len(used) else None


def _pair(score: RawScore, target: Any) -> tuple[float, float] | None:
    """The wanted and the given number: as the scorer tells both, else the target's and a score's number.

    What the numbers are of shows where errors are worked out of them: they are then what the log stores.
    """
    numbers = score.metadata
    if numbers is not None and numbers.prediction is not None:
        wanted, given = number_of(numbers.target_value), number_of(numbers.prediction)
    elif isinstance(score.value, int | float):
        wanted, given = number_of(target), number_of(score.value)
    else:
        return None
    return None if wanted is None or given is None else (wanted, given)


def _limit(limit: Any) -> str | None:
    """The kind of limit that ended a sample; a summary has its name alone."""
    kind = limit.get("type") if isinstance(limit, dict) else limit
    return kind if isinstance(kind, str) and kind else None


def _error(error: Any) -> str | None:
    """What went wrong; a summary has its words alone."""
    message = error.get("message") if isinstance(error, dict) else error
    return message if isinstance(message, str) and message else None


def _target(target: Any) -> str | None:
    if isinstance(target, list) and len(target) == 1:
        target = target[0]
    return target if isinstance(target, str) else None


def _values(scores: Mapping[str, RawScore]) -> Iterator[tuple[str, float | None]]:
    """Each score as a number by its scorer's name; a score that is a mapping is one for each of its keys."""
    for scorer, score in scores.items():
        if isinstance(score.value, dict):
            yield from ((str(key), number_of(value)) for key, value in score.value.items())
        else:
            yield scorer, number_of(score.value)


def _metadata_of(sample: RawSample) -> Mapping[str, Any]:
    return sample.metadata if isinstance(sample, RawSampleWithMetadata) else {}


def _plain(sample: RawSample, name: str) -> Plain | None:
    value = _metadata_of(sample).get(name)
    return value if value is None or isinstance(value, str | int | float) else str(value)
