"""Ends the processes of a browser that answers nobody any more."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

WAIT_SECONDS = 5.0


DRIVER = "run-driver"
"""How Playwright calls the program that speaks with a browser."""


@dataclass(frozen=True)
class ProcessMark:
    """What tells one browser's processes from all others: a switch that Chromium passes over.

    Its driver has no switch: it is one that was not there when the mark was made.
    """

    switch: str = field(default_factory=lambda: f"--vizspec-pictures={secrets.token_hex(8)}")
    others: frozenset[int] = field(default_factory=lambda: frozenset(one.pid for one in _drivers()))


def end_marked(mark: ProcessMark) -> None:
    """Kills what this process started with the mark, its driver, and all that came of them; waits until they
    are gone.

    A page whose script hangs keeps a core busy until it is killed, and so does a driver whose browser
    prints without end. Where there is neither (the browser is gone, or not yet there), nothing is done.
    """
    ended = []
    for process in psutil.Process().children(recursive=True):
        try:
            if not _is_marked(process, mark):
                continue
            # Asked before it is killed: its children then have another parent.
            tree = [process, *process.children(recursive=True)]
        except psutil.Error:
            continue
        ended += [one for one in tree if _killed(one)]
    psutil.wait_procs(ended, timeout=WAIT_SECONDS)


def _is_marked(process: psutil.Process, mark: ProcessMark) -> bool:
    words = process.cmdline()
    return mark.switch in words or (DRIVER in words and process.pid not in mark.others)


def _drivers() -> Iterator[psutil.Process]:
    for process in psutil.Process().children():
        with suppress(psutil.Error):
            if DRIVER in process.cmdline():
                yield process


def _killed(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.Error:
        return False
    return True
