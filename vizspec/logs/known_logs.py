"""The headers of logs on this machine that were read before, known again by what the disk tells of each file.

A file is taken for the one that was read where its size, its times of change and its place on the disk are
those of then. One that had changed just before it was read is not kept: it could change again within the same
tick of the disk's clock, and not show it (git calls such files racy).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from vizspec.cache import Cache
from vizspec.logs.files import mark_of_file
from vizspec.logs.header import Header
from vizspec.versions import own_version

FORMAT = "known-2"
"""Part of every cache key. Another number whenever the entries have another form."""

SETTLED_NS = 2_000_000_000
"""How long before it is read a file must have changed last: clocks of disks tick in 2 seconds at most."""

MOST_IDS = 2_000_000
"""Samples' ids that are kept for all logs together, those that logs share counted once."""

Stamp = tuple[int, int, int, int, int]
"""Device, inode, size, and the times at which the content and the status changed last, in nanoseconds."""


class KnownLog(NamedTuple):
    """A log that was read before: the SHA-256 of its content, the mark of its file, and its header."""

    sha256: str
    mark: str
    header: Header


class _KnownLog(msgspec.Struct, array_like=True, frozen=True):
    """One log; `ids` is the place of its samples' ids, which are not in its header."""

    stamp: Stamp
    sha256: str
    ids: int | None
    header: msgspec.Raw


class _KnownLogs(msgspec.Struct, frozen=True):
    """All logs of one experiment, by path, and the lists of samples' ids that they have."""

    ids: list[list[Any]]
    logs: dict[str, _KnownLog]


_ENTRY = msgspec.msgpack.Decoder(_KnownLogs)
_HEADER = msgspec.msgpack.Decoder(Header)


class KnownLogs:
    """What is known of the logs at `places`, of which one entry of the cache tells."""

    def __init__(
        self,
        cache: Cache,
        places: Sequence[Path],
        now_ns: Callable[[], int] = time.time_ns,
        most_ids: int = MOST_IDS,
    ) -> None:
        self._cache = cache
        self._now_ns = now_ns
        self._most_ids = most_ids
        self._key = _key(places)
        self._entry = _read(cache, self._key)
        self._logs: dict[str, _Log] = {}
        self._is_new = False

    def find(self, path: Path) -> KnownLog | None:
        """What was read of the file, where it is the same; None where it has to be read."""
        name = str(path)
        kept = self._entry.logs.get(name)
        status = _status(name) if kept is not None else None
        if kept is None or status is None or kept.stamp != _stamp(status):
            return None
        try:
            header = _HEADER.decode(kept.header)
        except msgspec.MsgspecError:
            return None
        header.eval.dataset.sample_ids = None if kept.ids is None else self._entry.ids[kept.ids]
        self._logs[name] = _Log(kept.stamp, kept.sha256, header.eval.dataset.sample_ids, kept.header)
        return KnownLog(kept.sha256, mark_of_file(status), header)

    def keep(self, path: Path, status: os.stat_result, sha256: str, header: Header) -> None:
        """Keeps what was read of a file with this status, unless it has just changed."""
        self._is_new = True
        if self._now_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < SETTLED_NS:
            return
        ids = header.eval.dataset.sample_ids
        header.eval.dataset.sample_ids = None
        with suppress(
            OverflowError, ValueError
        ):  # a number or a text that no other program would read either
            raw = msgspec.Raw(msgspec.msgpack.encode(header))
            self._logs[str(path)] = _Log(_stamp(status), sha256, ids, raw)
        header.eval.dataset.sample_ids = ids

    def save(self) -> None:
        """Keeps what was found and read for the next time; nothing where all was known."""
        if not self._is_new and self._logs.keys() == self._entry.logs.keys():
            return
        lists = _Lists(self._most_ids)
        logs = {
            name: _KnownLog(log.stamp, log.sha256, place, log.header)
            for name, log in self._logs.items()
            if (place := lists.place(log.ids)) != _NO_ROOM
        }
        self._cache.put(self._key, msgspec.msgpack.encode(_KnownLogs(lists.lists, logs)))


class _Log(NamedTuple):
    """A log that is to be kept, with its samples' ids."""

    stamp: Stamp
    sha256: str
    ids: list[Any] | None
    header: msgspec.Raw


_NO_ROOM = -1


class _Lists:
    """The different lists of ids: evaluations of one task have one, and there may be thousands of them."""

    def __init__(self, most_ids: int) -> None:
        self.lists: list[list[Any]] = []
        self._places: dict[str, int] = {}
        self._room = most_ids

    def place(self, ids: list[Any] | None) -> int | None:
        """The place of a list among them; `_NO_ROOM` where that would be too many ids."""
        if ids is None:
            return None
        key = repr(ids)
        if key not in self._places:
            if len(ids) > self._room:
                return _NO_ROOM
            self._room -= len(ids)
            self._places[key] = len(self.lists)
            self.lists.append(ids)
        return self._places[key]


def _key(places: Sequence[Path]) -> str:
    """The entry of an experiment: what its logs have in common of their paths, and what reads them."""
    common = os.path.commonpath(places) if places else ""
    made_by = "\0".join((FORMAT, own_version(), common))
    return hashlib.sha256(made_by.encode("utf-8", "surrogateescape")).hexdigest()


def _read(cache: Cache, key: str) -> _KnownLogs:
    data = cache.get(key)
    if data is not None:
        with suppress(msgspec.MsgspecError):
            return _ENTRY.decode(data)
    return _KnownLogs([], {})


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - thousands are asked, and a Path takes as long again
    except (OSError, ValueError):
        return None


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
