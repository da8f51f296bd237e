"""`vizspec` in a process of its own that stops at a moment which the test names: no test races with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.rendering import environment

STOPPING = """
import os, signal, sys
from fnmatch import fnmatchcase
from vizspec.cli import main

pattern, opened, arguments = sys.argv[1], int(sys.argv[2]), sys.argv[3:]

def stop(event, about):
    global opened
    if event == "open" and isinstance(about[0], str) and fnmatchcase(about[0], pattern):
        opened -= 1
        if opened == 0:
            os.kill(os.getpid(), signal.SIGSTOP)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in a shell's background ignores it
sys.addaudithook(stop)
main(arguments)
"""


def stopped(pattern: str, opened: int, *arguments: object, cwd: Path | None = None) -> subprocess.Popen[str]:
    """The command, stopped where it is about to open for the n-th time a file whose path fits the pattern."""
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPING, pattern, str(opened), *(str(argument) for argument in arguments)],
        env=environment(),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"it ended and opened no such file {opened} times"
    return process


def go_on(process: subprocess.Popen[str], sent: signal.Signals) -> tuple[str, str]:
    """Sends the signal, has the command go on, and gives what it told on both streams until its end."""
    os.killpg(process.pid, sent)
    os.killpg(process.pid, signal.SIGCONT)
    return process.communicate()
