"""Opening what a spec, a design or a pattern names: regular files alone, and no more of one than is sensible.

A pipe or a device would be read for ever, or not at all.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from io import BufferedReader
from pathlib import Path
from typing import IO

MEGABYTE = 1_000_000

LIMIT_VARIABLE = "VIZSPEC_MAX_FILE_MB"
"""Names the most megabytes of any file that is read whole, instead of the limits below."""

TEXT_MB = 10
"""Of a text that people write: an interpretation, a section, a template."""
JOBS_MB = 200
"""Of what tells of jobs: run logs, samples of GPUs, saved metrics."""
LOG_MB = 300
"""Of a log or a data frame of which the whole has to be read: `.json`, `.csv`, `.parquet`."""

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


class TooLarge(OSError):
    """A file that is larger than what is read of its kind."""


def open_file(path: Path | str) -> BufferedReader:
    """A regular file, open for reading its bytes.

    Raises:
        OSError: there is none, it cannot be read, or it is a folder, a pipe, a device or a socket.
        ValueError: no path can have a zero byte.
    """
    # Without O_NONBLOCK, opening a pipe waits for somebody who writes to it.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _check(os.fstat(handle).st_mode, path)
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_file(path: Path | str, megabytes: int, environ: Mapping[str, str] = os.environ) -> bytes:
    """The whole of a regular file of at most so many megabytes.

    Raises:
        OSError: as `open_file`; `TooLarge` where it is larger.
    """
    with open_file(path) as file:
        return read_whole(file, megabytes, environ)


def read_whole(file: IO[bytes], megabytes: int, environ: Mapping[str, str] = os.environ) -> bytes:
    """The rest of an open file of at most so many megabytes. Raises `TooLarge`, and what reading raises."""
    most = limit(megabytes, environ)
    content = file.read(most * MEGABYTE + 1)
    if len(content) > most * MEGABYTE:
        reason = f"it is larger than {most} MB ({LIMIT_VARIABLE} may name another limit)"
        raise TooLarge(errno.EFBIG, reason)
    return content


def limit(megabytes: int, environ: Mapping[str, str] = os.environ) -> int:
    """The limit in force: that of the environment where it names one, else the one given."""
    value = environ.get(LIMIT_VARIABLE, "")
    return int(value) if value.isdecimal() and int(value) else megabytes


def _check(mode: int, path: Path | str) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    kind = next((name for is_one, name in _KINDS if is_one(mode)), None)
    if kind is not None:
        raise OSError(errno.EINVAL, f"it is {kind}, not a file", str(path))
