"""The zip that an `.eval` log is, read with bounds: unpacked, it may be many thousand times as large."""

from __future__ import annotations

import os
import struct
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO

from vizspec.limits.files import LIMIT_VARIABLE, LOG_MB, MEGABYTE, limit, open_file

HEADER_MB = 50
"""Of a log's header: it has no samples, but may have all their ids."""

MOST_MEMBERS = 1_000_000
"""In one archive: each costs memory before any is read."""

MOST_PACKED = 1000
"""As many times as large may a member be unpacked, from `PACKED_MB` on."""
PACKED_MB = 20

HEADERS = ("header.json", "_journal/start.json")

_STEP = 4096
"""Bytes that are unpacked at a time; what these few bytes hold may be a hundred megabytes already."""
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LONGEST_END = 22 + 0xFFFF


class Refused(zipfile.BadZipFile):
    """An archive, or a member, that no log has; the message says why, as the end of a sentence."""


def add_zstandard() -> None:
    """Let zipfile unpack and pack by Zstandard, as `.eval` files are; from Python 3.14 on it can."""
    if sys.version_info < (3, 14):
        import_module("zipfile_zstd")


@contextmanager
def open_archive(file: IO[bytes] | Path | str) -> Iterator[zipfile.ZipFile]:
    """The archive, seen to be of a sensible size.

    Raises:
        zipfile.BadZipFile: it is none; `Refused` where it is not as logs are.
        OSError, ValueError, RuntimeError, struct.error: what opening it raises.
    """
    add_zstandard()
    if isinstance(file, Path | str):
        with open_file(file) as opened, open_archive(opened) as archive:
            yield archive
        return
    _check_size(file)
    with zipfile.ZipFile(file) as archive:
        _check_names(archive)
        yield archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member, unpacked little by little up to the limit for its kind.

    Raises:
        KeyError: there is none of this name.
        Refused: it is larger, whatever the archive says of its size.
        zipfile.BadZipFile, RuntimeError, and what unpacking raises: it is damaged.
    """
    most = limit(HEADER_MB if name in HEADERS else LOG_MB) * MEGABYTE
    info = archive.getinfo(name)
    parts, size = [], 0
    with archive.open(info) as member:
        while part := member.read1(_STEP):  # type: ignore[attr-defined]  # a ZipExtFile has it
            parts.append(part)
            size += len(part)
            if size > most:
                raise Refused(
                    f"{name} holds more than {most // MEGABYTE} MB ({LIMIT_VARIABLE} may allow more)"
                )
            if size > PACKED_MB * MEGABYTE and size > MOST_PACKED * info.compress_size:
                raise Refused(f"{name} is more than {MOST_PACKED} times as large as it was packed")
    return b"".join(parts)


def _check_size(file: IO[bytes]) -> None:
    """Refuses an archive of too many members by what its end says, before zipfile reads of each."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _LONGEST_END - 76))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return
    (members,) = struct.unpack_from("<H", tail, at + 10)
    at_64 = tail.rfind(_END_64, 0, at)
    if at_64 >= 0 and len(tail) >= at_64 + 40:
        (members,) = struct.unpack_from("<Q", tail, at_64 + 32)
    if members > MOST_MEMBERS:
        raise Refused(f"it has more than {MOST_MEMBERS:,} members")


def _check_names(archive: zipfile.ZipFile) -> None:
    """Refuses what two readers may read differently, and names that lead elsewhere."""
    names = archive.namelist()
    twice = next((name for name, times in Counter(names).items() if times > 1 and name in HEADERS), None)
    if twice is not None:
        raise Refused(f"it holds {twice} twice")
    outside = next(
        (name for name in names if name.startswith("/") or ".." in PurePosixPath(name).parts), None
    )
    if outside is not None:
        raise Refused(f"it has a member whose name leads elsewhere ({outside[:60]!r})")
