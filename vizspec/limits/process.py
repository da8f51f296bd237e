"""Work of which nobody knows whether it ends: done by a process of its own, bounded in time and memory.

A template can loop, and double a text, without end: no sandbox within a process stops that.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import Any

SECONDS = 4
"""Of computing; of waiting three times as many, since a machine may be busy."""

MEGABYTES = 1000
"""Of memory that such a process may take."""


class GivenUp(Exception):
    """The process came to one of its bounds; the message says to which."""


def answer(module: str, question: object, seconds: int = SECONDS) -> bytes:
    """What `python -m module` writes when it is given the pickled question.

    The module calls `asked` first, which sets the bounds.

    Raises:
        GivenUp: it took too long, or nothing came.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, str(seconds)],
            input=pickle.dumps(question),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=3 * seconds + 5,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GivenUp(f"it takes more than {3 * seconds} s") from None
    if not done.stdout:
        raise GivenUp(f"it takes more than {seconds} s, or more than {MEGABYTES:,} MB of memory")
    return done.stdout


def asked() -> Any:
    """The question, in the process that is to answer it; from now on its bounds hold."""
    bound(int(sys.argv[1]))
    return pickle.loads(sys.stdin.buffer.read())


def bound(seconds: int) -> None:
    """Set this process its limits: a signal ends the work in its line, a second later one ends it all."""
    import resource
    import signal

    def stop(*_: object) -> None:
        raise TimeoutError(f"it takes more than {seconds} s")

    signal.signal(signal.SIGXCPU, stop)
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(3 * seconds)
    most = MEGABYTES * 1_000_000
    for kind, limits in (
        (resource.RLIMIT_CPU, (seconds, seconds + 1)),
        (resource.RLIMIT_AS, (most, most)),
        (resource.RLIMIT_CORE, (0, 0)),
    ):
        try:
            resource.setrlimit(kind, limits)
        except (ValueError, OSError):  # the system has no such limit, or a narrower one is in force
            continue
