"""The scores of all samples of logs, each from the cache if its content was read before, else from the log.

`summaries.json` has all that is needed unless it cut a text, left out a picture, or is of a time when it had
no choices: then every sample's own file is read, one at a time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

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
from vizspec.samples.decode import decode
from vizspec.samples.kept import NO_CONTENTS, KeptEntry, Shelf, kept_or_read
from vizspec.samples.open_log import absolute, open_log
from vizspec.samples.parallel import Progress, SerialExecutor, run_unknown
from vizspec.samples.question_hashes import is_whole
from vizspec.samples.raw_scores import (
    RawEnding,
    RawLog,
    RawSample,
    RawSampleWithMetadata,
    metadata_of,
)
from vizspec.samples.record import Member
from vizspec.samples.score_columns import columns_of
from vizspec.samples.scored import NoScores, SampleScores

SHORTENED = "..."
DROPPED = "Key removed from summary (> 1k)"
"""How Inspect's summaries end a text that they shorten, and what they have in the place of other metadata."""


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
        return NoScores(str(damaged), damaged.is_passing)
    except file_errors() as error:
        return NoScores(f"cannot be read: {described(error)}", is_passing=True)


def _of_json(content: bytes, metadata: tuple[str, ...]) -> SampleScores | NoScores:
    log = decode(content, RawLog)
    if log.status != "success":
        return NoScores(not_successful(log.status))
    return columns_of(log.samples or (), metadata)


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
            return columns_of(samples, metadata)
    return columns_of((decoded(archive, name, form) for name in files), metadata)


def _tell_all(samples: Sequence[RawSample], first: RawSample, metadata: tuple[str, ...]) -> bool:
    """Whether summaries have what the samples have, of which the first stands for all as to choices."""
    if any(_is_cut(metadata_of(sample).get(name)) for sample in samples for name in metadata):
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
