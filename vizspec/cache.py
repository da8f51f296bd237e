"""A bounded store of bytes by key on the user's disk, for what is costly to make anew.

Keys tell the content they were made of (a hash), so an entry is never stale, only unused: the entries used
longest ago go first when the store is full. Each begins with a digest of its key and its content: one that a
disk has damaged is thrown away. It is an aid: where its folder cannot be written, work goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from vizspec.runtime.build import cache_folder

LogCache = Literal["headers", "samples", "estimates", "comparisons", "documents"]
"""What is kept of logs, each in a folder of its own."""
LOG_CACHES: tuple[LogCache, ...] = get_args(LogCache)
JOBS = "jobs"
"""The folder of what clusters answered about jobs."""

MIB = 1024 * 1024
DEFAULT_LIMIT_BYTES = 512 * MIB
SUFFIX = ".bin"
DIGEST_BYTES = 32

SLACK = 64
"""A full store is emptied by this part of its limit more than it must: not every `put` looks it through."""
SHARE = 8
"""A process may write this part of the room that it found before it looks again: others write too."""

logger = logging.getLogger(__name__)

_room: dict[Path, int] = {}
"""How many bytes this process may still write to each store before it looks through it again."""


class Cleared(NamedTuple):
    """What `clear` took away."""

    entries: int
    bytes: int


@dataclass(frozen=True)
class Cache:
    """The store in `folder`, kept under `limit_bytes`. Several processes may use one folder."""

    folder: Path
    limit_bytes: int = DEFAULT_LIMIT_BYTES

    def get(self, key: str) -> bytes | None:
        """What was stored under `key`; None where nothing was, or where it is not what was stored."""
        path = self._path(key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        data = entry[DIGEST_BYTES:]
        if entry[:DIGEST_BYTES] != _digest(key, data):
            logger.warning("%s is damaged, and is made anew", path)
            _removed(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Stores `data` under `key`, and lets go of the longest unused until all fits. Never raises."""
        if len(data) > self.limit_bytes:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_at_once(self._path(key), _digest(key, data) + data)
        except OSError as error:
            logger.info("the cache in %s cannot be written: %s", self.folder, error.strerror or error)
            return
        _room[self.folder] = _room.get(self.folder, 0) - len(data)
        if _room[self.folder] < 0:
            self._shrink()

    def clear(self) -> Cleared:
        """Empties the store."""
        sizes = [_removed(path) for path in self._entries()]
        return Cleared(sum(size is not None for size in sizes), sum(size or 0 for size in sizes))

    def size_bytes(self) -> int:
        """How much the store holds."""
        return sum(used.size for used in self._usage())

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"

    def _entries(self) -> Iterator[Path]:
        return self.folder.glob(f"*{SUFFIX}")

    def _usage(self) -> list[_Used]:
        usage = []
        for path in self._entries():
            with contextlib.suppress(OSError):  # another process may have taken it away
                status = path.stat()
                usage.append(_Used(status.st_mtime_ns, path.name, _content_size(status)))
        return sorted(usage)

    def _shrink(self) -> None:
        usage = self._usage()
        held = sum(used.size for used in usage)
        bound = self.limit_bytes - self.limit_bytes // SLACK if held > self.limit_bytes else self.limit_bytes
        for used in usage:
            if held <= bound:
                break
            _removed(self.folder / used.name)
            held -= used.size
        _room[self.folder] = (self.limit_bytes - held) // SHARE


class _Used(NamedTuple):
    """An entry's last use, its name and the size of its content."""

    mtime_ns: int
    name: str
    size: int


def default_folder() -> Path:
    """Where everything that vizspec keeps for a user stands; it may not exist yet."""
    return cache_folder()


def _digest(key: str, data: bytes) -> bytes:
    """Of the key too: a file that came to another name is not what was stored there."""
    return hashlib.sha256(key.encode() + b"\0" + data).digest()


def _content_size(status: os.stat_result) -> int:
    return max(status.st_size - DIGEST_BYTES, 0)


def _write_at_once(path: Path, data: bytes) -> None:
    """Other processes see the whole file or none."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _removed(path: Path) -> int | None:
    """The size of the entry taken away; None where another process was faster."""
    try:
        size = _content_size(path.stat())
        path.unlink()
    except OSError:
        return None
    return size
