"""The process's standard streams and its encoding: what only the command, and no library, may set."""

from __future__ import annotations

import io
import locale
import os
import sys

UTF8_LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8")
"""Locales of which one is there nearly everywhere; only their characters are taken over."""


def open_closed() -> None:
    """Lead standard streams that the caller has closed (`>&-`) nowhere.

    Else the first file that is opened takes the place of one, and what is printed goes into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8"))


def use_utf8() -> None:
    """Write UTF-8, and let libraries that name no encoding read it, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _is_utf8(stream.encoding):
            stream.reconfigure(encoding="utf-8")
    for name in () if _is_utf8(locale.getpreferredencoding(False)) else UTF8_LOCALES:
        try:
            locale.setlocale(locale.LC_CTYPE, name)
            return
        except locale.Error:
            continue


def let_go() -> None:
    """Drop what a standard stream could not take (a full disk), or Python would fail over it at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"
