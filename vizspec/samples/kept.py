"""What a log gave, kept in the cache under the name of the log's content, and taken from there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

import msgspec

from vizspec.cache import Cache
from vizspec.limits.files import open_file
from vizspec.logs.files import content_key
from vizspec.samples.open_log import is_remote

NO_CONTENTS: Mapping[str, str] = MappingProxyType({})


class _Reason(Protocol):
    def __init__(self, reason: str, *, is_passing: bool = False) -> None: ...


Found = TypeVar("Found")
Nothing = TypeVar("Nothing", bound=_Reason)


class KeptEntry(msgspec.Struct, Generic[Found, Nothing], frozen=True):
    """What the cache holds for a log: one of the two."""

    found: Found | None = None
    nothing: Nothing | None = None


@dataclass(frozen=True)
class Shelf(Generic[Found, Nothing]):
    """One kind of what logs give: its entries in the cache, their names, and what says why there is nothing.

    `prefix` is another whenever reading gives something else for the same log; `suffix` tells apart what
    was asked of it.
    """

    prefix: str
    entry: type[KeptEntry[Found, Nothing]]
    nothing: type[Nothing]
    suffix: str = ""

    def known(self, cache: Cache | None, content: str | None) -> Found | Nothing | None:
        """What is kept of a content; None where that is nothing, or damaged: then the log is read anew."""
        data = cache.get(self._key(content)) if cache is not None and content is not None else None
        if data is None:
            return None
        try:
            entry = msgspec.msgpack.decode(data, type=self.entry)
        except msgspec.MsgspecError:
            return None
        return entry.nothing if entry.found is None else entry.found

    def keep(self, cache: Cache, content: str, given: Found | Nothing) -> None:
        """Keep what a content gave."""
        entry = KeptEntry(nothing=given) if isinstance(given, self.nothing) else KeptEntry(found=given)
        cache.put(self._key(content), msgspec.msgpack.encode(entry))

    def _key(self, content: str) -> str:
        return f"{self.prefix}-{content}{self.suffix}"


def kept_or_read(
    location: str,
    cache: Cache | None,
    shelf: Shelf[Found, Nothing],
    read: Callable[[str], Found | Nothing],
) -> Found | Nothing:
    """What is kept of the content of the log at `location`; else what is read of it, which is then kept."""
    if cache is None:
        return read(location)
    try:
        content = _content_name(location)
    except OSError as error:
        return shelf.nothing(f"cannot be read: {error.strerror or error}", is_passing=True)
    if content is None:
        return read(location)
    known = shelf.known(cache, content)
    if known is not None:
        return known
    given = read(location)
    if _is_worth_keeping(location, content, is_whole=not isinstance(given, shelf.nothing)):
        shelf.keep(cache, content, given)
    return given


def content_hash(path: str | Path) -> str:
    """SHA-256 of the file's content, in hexadecimal. OSError: it cannot be read."""
    with open_file(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _content_name(location: str) -> str | None:
    """A name for the content: the hash of a file, the version of a URL; None where nobody tells it."""
    return content_key(location) if is_remote(location) else content_hash(location)


def _is_worth_keeping(location: str, content: str, *, is_whole: bool) -> bool:
    """Whether what was just read of the log is what the content of this name gives, the next time too.

    A network may be back then; a log that is still being written changed while it was read.
    """
    if is_remote(location):
        return is_whole
    try:
        return content_hash(location) == content
    except OSError:
        return False
