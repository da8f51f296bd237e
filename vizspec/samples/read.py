"""The samples of many logs: each from the cache if its content was read before, else from the log."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from types import MappingProxyType

import msgspec

from vizspec.cache import Cache
from vizspec.limits.files import open_file
from vizspec.logs.files import content_key, described, file_errors
from vizspec.logs.files import open_file as open_log
from vizspec.logs.location import Format, format_of
from vizspec.samples.parallel import Progress, SerialExecutor, run_unknown
from vizspec.samples.read_eval import read_eval
from vizspec.samples.read_inspect import read_inspect
from vizspec.samples.record import LogSamples, NoSamples

FORMAT = "samples-1"
"""Part of every cache key. Another number whenever reading gives something else for the same log."""


NOTHING: Mapping[str, str] = MappingProxyType({})


class _CachedSamples(msgspec.Struct, frozen=True):
    """What the cache holds for a log: one of the two."""

    samples: LogSamples | None = None
    nothing: NoSamples | None = None


def read_samples(
    locations: Sequence[str],
    *,
    executor: Executor | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    contents: Mapping[str, str] = NOTHING,
) -> list[LogSamples | NoSamples]:
    """The samples of the logs at `locations` (paths or URLs), in their order.

    Without an executor the logs are read one after the other in this process. `contents` has the hash of the
    content of some, by location: what was kept of it is taken without reading the log.
    """
    here = [absolute(location) for location in locations]
    named = {absolute(location): content for location, content in contents.items()}
    return run_unknown(
        executor or SerialExecutor(),
        lambda location: _kept(cache, named.get(location)),
        partial(read_log, cache=cache),
        here,
        progress,
        lambda found: isinstance(found, NoSamples),
    )


def _kept(cache: Cache | None, content: str | None) -> LogSamples | NoSamples | None:
    if cache is None or content is None:
        return None
    return _known(cache.get(f"{FORMAT}-{content}"))


def read_log(location: str, cache: Cache | None = None) -> LogSamples | NoSamples:
    """The samples of one log. What it gave is kept in the cache under the name of its content."""
    if cache is None:
        return _read_file(location)
    try:
        content = content_name(location)
    except OSError as error:
        return NoSamples(f"cannot be read: {error.strerror or error}")
    if content is None:
        return _read_file(location)
    key = f"{FORMAT}-{content}"
    known = _known(cache.get(key))
    if known is not None:
        return known
    found = _read_file(location)
    if is_worth_keeping(location, content, is_whole=isinstance(found, LogSamples)):
        cache.put(key, msgspec.msgpack.encode(_entry(found)))
    return found


def content_name(location: str) -> str | None:
    """A name for the content: the hash of a file, the version of a URL; None where nobody tells it.

    OSError: the file cannot be read.
    """
    return content_key(location) if _is_remote(location) else content_hash(location)


def is_worth_keeping(location: str, content: str, *, is_whole: bool) -> bool:
    """Whether what was just read of the log is what the content of this name gives, the next time too.

    A network may be back then; a log that is still being written changed while it was read.
    """
    if _is_remote(location):
        return is_whole
    try:
        return content_hash(location) == content
    except OSError:
        return False


def content_hash(path: str | Path) -> str:
    """SHA-256 of the file's content, in hexadecimal."""
    with open_file(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_file(location: str) -> LogSamples | NoSamples:
    if format_of(location) is Format.JSON:
        return read_inspect(location)
    if not _is_remote(location):
        return read_eval(location)
    try:
        with open_log(location) as file:
            return read_eval(file)
    except file_errors() as error:
        return NoSamples(f"cannot be read: {described(error)}")


def _entry(found: LogSamples | NoSamples) -> _CachedSamples:
    return _CachedSamples(samples=found) if isinstance(found, LogSamples) else _CachedSamples(nothing=found)


def _known(data: bytes | None) -> LogSamples | NoSamples | None:
    """The entry, or None where there is none or it is damaged: then the log is read anew."""
    if data is None:
        return None
    try:
        entry = msgspec.msgpack.decode(data, type=_CachedSamples)
    except msgspec.DecodeError:
        return None
    return entry.samples or entry.nothing


def _is_remote(location: str) -> bool:
    return "://" in location and not location.startswith("file://")


def absolute(location: str) -> str:
    """The location as a worker needs it, who may stand in another folder than the caller."""
    if _is_remote(location):
        return location
    return str(Path(location.removeprefix("file://")).absolute())
