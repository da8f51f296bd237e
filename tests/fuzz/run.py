"""`python -m tests.fuzz.run MINUTES [KIND ...]`: mutants of every kind, or of some, until the time is over.

Tells each that fell with the seed that makes it again, and how many were tried.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random

from tests.fuzz.kinds import KINDS

MOST_SECONDS = 5
"""A mutant that computes longer hangs, however busy the machine is."""
MOST_SECONDS_WAITING = 120
"""One that waits longer ends the trial, with the place where it waits."""


def main(minutes: float, kinds: Sequence[str] = ()) -> int:
    """How many mutants fell."""
    warnings.simplefilter("ignore")
    logging.disable()
    signal.signal(signal.SIGPROF, _hang)
    end = time.monotonic() + 60 * minutes
    fallen = 0
    with tempfile.TemporaryDirectory(dir=_fast_folder()) as name:
        os.environ["VIZSPEC_CACHE"] = f"{name}/kept"
        for seed, kind in _mutants(kinds or tuple(KINDS), lambda: time.monotonic() < end):
            if not _survives(kind, seed, Path(name)):
                fallen += 1
    sys.stdout.write(f"{seed} mutants of each kind, {fallen} fell\n")
    return fallen


def _mutants(kinds: Sequence[str], goes_on: Callable[[], bool]) -> Iterator[tuple[int, str]]:
    for seed in count():
        for kind in kinds:
            if not goes_on():
                return
            yield seed, kind


def _survives(kind: str, seed: int, folder: Path) -> bool:
    faulthandler.dump_traceback_later(MOST_SECONDS_WAITING, exit=True)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        KINDS[kind](Random(f"{kind} {seed}"), folder)
    except Exception:
        sys.stdout.write(f"{kind} {seed}\n{traceback.format_exc()}\n")
        sys.stdout.flush()
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
    return True


def _fast_folder() -> str | None:
    """In memory where that can be: most of the time of a trial would be waiting for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _hang(*_: object) -> None:
    raise TimeoutError(f"it computes for more than {MOST_SECONDS} s")


if __name__ == "__main__":
    sys.exit(min(main(float(sys.argv[1]), sys.argv[2:]), 1))
