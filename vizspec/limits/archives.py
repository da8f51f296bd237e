"""The zip that an `.eval` log is, read with bounds: unpacked, it may be many thousand times as large."""

from __future__ import annotations

import os
import struct
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO

from vizspec.limits.files import LIMIT_VARIABLE, LOG_MB, MEGABYTE, limit, open_file

HEADER_MB = 50
"""Of a log's header: it has no samples, but may have all their ids."""

MOST_MEMBERS = 250_000
"""In one archive: each costs memory before any is read."""

MOST_PACKED = 1000
"""As many times as large may a member be unpacked, from `PACKED_MB` on."""
PACKED_MB = 20

MOST_PACKED_TOGETHER = 100
"""As many times as large as the archive may its members be together, from `TOGETHER_MB` on."""
TOGETHER_MB = 1000
MOST_PADDED = 10
"""As many times as large as its packed members may the archive be, from what is read of a log on."""

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, 93})
"""How logs are packed: not at all, by deflate, or by Zstandard. Others take memory as they are told to."""

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
    size = file.seek(0, os.SEEK_END)
    _check_number(file)
    with zipfile.ZipFile(file) as archive:
        _check_names(archive)
        _check_methods(archive.infolist())
        _check_sizes(archive.infolist(), size)
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


def _check_number(file: IO[bytes]) -> None:
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


def _check_methods(members: Sequence[zipfile.ZipInfo]) -> None:
    other = next((member for member in members if member.compress_type not in _METHODS), None)
    if other is not None:
        raise Refused(f"it has a member that is packed as no log is (method {other.compress_type})")


def _check_sizes(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Refuses many members that would be unpacked from the same bytes, more than such bytes hold, and bytes
    that are no member's.

    zipfile gives no more of a member than the archive says that it holds.
    """
    packed = sum(member.compress_size for member in members)
    if packed > size:
        raise Refused("its members overlap")
    if size - packed > limit(LOG_MB) * MEGABYTE and size > MOST_PADDED * packed:
        raise Refused(f"it is more than {MOST_PADDED} times as large as its members")
    together = sum(member.file_size for member in members)
    if together > TOGETHER_MB * MEGABYTE and together > MOST_PACKED_TOGETHER * size:
        raise Refused(f"its members are more than {MOST_PACKED_TOGETHER} times as large as the archive")


def _check_names(archive: zipfile.ZipFile) -> None:
    """Refuses what two readers may read differently, and names that lead elsewhere."""
    names = archive.namelist()
    twice = next((name for name, times in Counter(names).items() if times > 1 and name in HEADERS), None)
    if twice is not None:
        raise Refused(f"it holds {twice} twice")
    outside = next(
        (n for n in names if n.startswith("/") or (".." in n and ".." in PurePosixPath(n).parts)), None
    )
    if outside is not None:
        raise Refused(f"it has a member whose name leads elsewhere ({outside[:60]!r})")
