"""Ends the processes of a browser that answers nobody any more."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import psutil

WAIT_SECONDS = 5.0


@dataclass(frozen=True)
class Mark:
    """What tells one browser's processes from all others: a switch that Chromium passes over."""

    switch: str = field(default_factory=lambda: f"--vizspec-pictures={secrets.token_hex(8)}")


def end_marked(mark: Mark) -> None:
    """Kills what this process started with the mark, and all that came of it; waits until it is gone.

    A page whose script hangs keeps a core busy until its process is killed. Where nothing has the mark
    (the browser is gone, or not yet there), nothing is done.
    """
    ended = []
    for process in psutil.Process().children(recursive=True):
        try:
            if mark.switch not in process.cmdline():
                continue
            # Asked before it is killed: its children then have another parent.
            tree = [process, *process.children(recursive=True)]
        except psutil.Error:
            continue
        ended += [one for one in tree if _killed(one)]
    psutil.wait_procs(ended, timeout=WAIT_SECONDS)


def _killed(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.Error:
        return False
    return True
