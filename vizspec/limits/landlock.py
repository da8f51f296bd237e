"""Holds a process to the folders that it may write into, by Landlock (Linux 5.13 and later).

Its calls have no other way in from Python: numbers and structures are those of the kernel's
`include/uapi/linux/landlock.h`, the numbers of the calls are alike on all architectures.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
NO_NEW_PRIVILEGES = 38

WRITE_FILE, MAKE_AND_REMOVE, REFER, TRUNCATE = 1 << 1, 0b1_1111_1111 << 4, 1 << 13, 1 << 14
"""Rights: to write a file; to make and remove files, folders, links, sockets; to move; to shorten."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


@contextmanager
def writing_only_in(folders: Sequence[Path], files: Sequence[Path] = ()) -> Iterator[Callable[[], None]]:
    """What a new process calls of itself, so that from then on it writes in these folders and files alone.

    It does nothing where the system has no Landlock.
    """
    rights = _rights()
    libc, ruleset = _libc(), _Ruleset(rights)
    handle = libc.syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.sizeof(ruleset), 0) if rights else -1
    if handle < 0:
        yield lambda: None
        return
    try:
        for folder in folders:
            _allow(libc, handle, folder, rights)
        for file in files:
            _allow(libc, handle, file, rights & (WRITE_FILE | TRUNCATE))

        def restrict() -> None:
            libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
            libc.syscall(RESTRICT_SELF, handle, 0)

        yield restrict
    finally:
        os.close(handle)


def can_hold() -> bool:
    """Whether the system has Landlock."""
    return bool(_rights())


def _rights() -> int:
    """What can be forbidden here; nothing without Landlock."""
    if sys.platform != "linux":
        return 0
    version = _libc().syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return 0
    return WRITE_FILE | MAKE_AND_REMOVE | (REFER if version > 1 else 0) | (TRUNCATE if version > 2 else 0)


def _allow(libc: ctypes.CDLL, handle: int, path: Path, allowed: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _Beneath(allowed, place)
        libc.syscall(ADD_RULE, handle, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
