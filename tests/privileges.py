"""Tests of what is closed to its user, also where the tests run as root, to whom nothing is closed."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

VERSION_3 = 0x20080522
"""Of Linux's capabilities (capget(2)): two words of each set."""
IGNORE_MODES = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root passes over the modes of files."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Word(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def modes_hold() -> Iterator[None]:
    """The modes of files hold for this thread within the block, as they do for those who are not root."""
    if os.geteuid() != 0:
        yield
        return
    system = ctypes.CDLL(None, use_errno=True)
    header, words = _Header(VERSION_3, 0), (_Word * 2)()

    def call(name: str) -> None:
        if getattr(system, name)(ctypes.byref(header), words) != 0:
            raise OSError(ctypes.get_errno(), f"{name} failed")

    call("capget")
    before = words[0].effective
    words[0].effective = before & ~IGNORE_MODES
    call("capset")
    try:
        yield
    finally:
        words[0].effective = before
        call("capset")
