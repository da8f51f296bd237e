"""Files by path or by URL: opening them, what tells one content from another, and what may go wrong."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from vizspec.limits import files as limits
from vizspec.logs.byte_ranges import RangeFile
from vizspec.logs.contents import CONTENTS, Version
from vizspec.logs.urls import located

T = TypeVar("T")


def open_file(path: Path | str) -> IO[bytes]:
    """The bytes of a local file or of a URL, seekable; raises one of `file_errors()`."""
    if isinstance(path, Path):
        return limits.open_file(path)
    version = version_of(path)
    if version is None or version.size is None:
        CONTENTS.read_otherwise([path])
        fs, place = located(path)
        return _in_memory(asked(lambda: fs.open(place, "rb")))
    return cast(IO[bytes], RangeFile(partial(_range_of, path, version), version.size))


def _in_memory(opened: IO[bytes]) -> IO[bytes]:
    """A file whose size nobody tells: its server sends it from the beginning alone, and as it comes."""
    most = limits.limit(limits.LOG_MB, os.environ) * limits.MEGABYTE
    content = bytearray()
    with opened:
        while len(content) <= most and (part := opened.read(limits.MEGABYTE)):
            content += part
    return BytesIO(limits.read_whole(BytesIO(content), limits.LOG_MB))


_MARKS = (
    *("ETag", "etag", "generation", "CRC", "mtime", "Last-Modified", "LastModified", "last_modified"),
    *("modified", "created"),
)
"""What file systems call the mark of a content, or the time at which it was written; the surest first."""


def version_of(url: str) -> Version | None:
    """The version of a URL's content, as it was listed, or is told now; None where nobody tells."""
    listed = CONTENTS.version(url)
    if listed is not None and listed.size is not None:
        return listed
    try:
        version = _told(url)
    except file_errors():
        return None
    if listed is not None:  # a listing of names alone, as those of web servers
        CONTENTS.listed(url, version)
    return version


def content_key(url: str) -> str | None:
    """A name for the content of a URL, another whenever it changes; None where nobody tells a mark of it."""
    version = version_of(url)
    if version is None or version.mark is None:
        return None
    return hashlib.sha256("\0".join((url, str(version.size), version.mark)).encode()).hexdigest()


def mark_of(place: Path | str) -> str | None:
    """What tells the content that a file or a URL has now from any other; None where nobody tells it."""
    if isinstance(place, Path):
        try:
            return mark_of_file(place.stat())
        except OSError:
            return None
    try:
        return mark_of_version(_told(place, is_fresh=True))
    except file_errors():
        return None


def mark_of_file(status: os.stat_result) -> str:
    """The mark of a file with this status."""
    return f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"


def mark_of_version(version: Version | None) -> str | None:
    """The mark of a URL's content of this version."""
    if version is None or version.mark is None:
        return None
    return f"{version.size}-{version.mark.strip(QUOTE)}"


QUOTE = '"'
"""What some stores put around their marks in one answer and not in another."""


def _told(url: str, *, is_fresh: bool = False) -> Version:
    fs, path = located(url)
    if is_fresh:
        fs.invalidate_cache(path)
    return version_in(asked(lambda: fs.info(path)))


def version_in(info: Mapping[str, Any]) -> Version:
    """The version that a file system tells of a file."""
    size = info.get("size")
    mark = next((str(info[name]) for name in _MARKS if info.get(name)), None)
    return Version(size if isinstance(size, int) else None, mark)


def _range_of(url: str, version: Version, start: int, stop: int) -> bytes:
    fs, path = located(url)

    def fetch() -> bytes:
        content: bytes = asked(lambda: fs.cat_file(path, start=start, end=stop))
        return content

    return CONTENTS.read(url, version, start, stop, fetch)


PAUSES = (0.2, 1.0)
"""Seconds before a server that is busy is asked again."""
_BUSY = frozenset({429, 500, 502, 503, 504})
"""What servers of the web say where the same question may have an answer a moment later."""


def asked(question: Callable[[], T]) -> T:
    """What a server answers, asked again where it is busy; raises what the question raises."""
    for pause in PAUSES:
        try:
            return question()
        except unreachable_errors() as error:
            if not is_busy(error):
                raise
        time.sleep(pause)
    return question()


def is_busy(error: BaseException) -> bool:
    """Whether a server said so; fsspec's HTTP says that the file is not there, with this as the reason."""
    statuses = {getattr(one, "status", None) for one in (error, error.__cause__)}
    return bool(statuses & _BUSY) or getattr(error, "errno", None) == errno.EBUSY


_REMOTE_ERRORS = (  # families of errors apart from Python's own; each library is loaded for its protocol only
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("gcsfs.retry", "HttpError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("azure.core.exceptions", "AzureError"),
    ("paramiko", "SSHException"),
)


def unreachable_errors() -> tuple[type[Exception], ...]:
    """What tells that a content is not to be had here and now, whatever it is: no access, no network."""
    loaded = ((sys.modules.get(module), name) for module, name in _REMOTE_ERRORS)
    remote = (getattr(module, name, None) for module, name in loaded if module is not None)
    return (OSError, *(error for error in remote if error is not None))


def file_errors() -> tuple[type[Exception], ...]:
    """What opening and listing raise: missing files and drivers, no access, no network."""
    return (ValueError, ImportError, RuntimeError, *unreachable_errors())


def described(error: BaseException) -> str:
    """An error in a few words of one line, without the paths of this machine."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    lines = str(error).strip().splitlines()
    if isinstance(error, TimeoutError) and not lines:
        return "no answer came in time"
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
