"""Processes that are ended by a mark in their command line, with what they started."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from vizspec.draw.pictures.processes import ProcessMark, end_marked

STARTS_ONE_MORE = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def test_what_has_the_mark_is_ended_with_what_it_started_and_nothing_else_is() -> None:
    mark = ProcessMark()
    with _started(mark) as marked, _started(ProcessMark()) as others:
        end_marked(mark)
        assert not any(_runs(one) for one in marked)
        assert all(_runs(one) for one in others)


def test_where_nothing_has_the_mark_nothing_is_done() -> None:
    end_marked(ProcessMark())


@contextmanager
def _started(mark: ProcessMark) -> Iterator[list[psutil.Process]]:
    """A process with the mark, and one that it started without; both are gone afterwards."""
    command = [sys.executable, "-c", STARTS_ONE_MORE, mark.switch]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        started = [psutil.Process(process.pid), psutil.Process(int(process.stdout.readline()))]
        try:
            yield started
        finally:
            for one in started:
                with suppress(psutil.NoSuchProcess):
                    one.kill()


def _runs(process: psutil.Process) -> bool:
    """A process that has ended and that nobody asked for yet (a zombie) does not run."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
