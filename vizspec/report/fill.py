"""Fills in a template of the user's in a process of its own, with an end to its time and its memory.

A template can loop, and double a text, without end: no sandbox within a process stops that.
`python -m vizspec.report.fill` reads a pickled (template, report) and writes JSON: the text, or the problem.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys

from vizspec.report.model import Report
from vizspec.report.template import MEGABYTES, Filled, fill_in

SECONDS = 4
"""Of computing; of waiting three times as many, since a machine may be busy."""

COMMAND = (sys.executable, "-m", "vizspec.report.fill")


def filled(template: str, report: Report, seconds: int = SECONDS) -> Filled:
    """What the template makes of the report; nothing is raised for what the template does."""
    try:
        done = subprocess.run(
            [*COMMAND, str(seconds)],
            input=pickle.dumps((template, report)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=3 * seconds + 5,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Filled(problem=f"it takes more than {3 * seconds} s")
    try:
        return Filled(**json.loads(done.stdout))
    except ValueError:  # the process was ended by one of its limits, and wrote nothing or a part
        return Filled(problem=f"it takes more than {seconds} s, or more than {MEGABYTES:,} MB of memory")


def main() -> None:
    """What runs in the process of its own."""
    bound(int(sys.argv[1]))
    template, report = pickle.loads(sys.stdin.buffer.read())
    json.dump(fill_in(template, report)._asdict(), sys.stdout)


def bound(seconds: int) -> None:
    """Set this process its limits: a signal ends the template in its line, a second later one ends it all."""
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


if __name__ == "__main__":
    main()
