"""`python -m tests.fuzz.run MINUTES`: mutants of every kind until the time is over; tells which fell."""

from __future__ import annotations

import signal
import sys
import tempfile
import time
import traceback
import warnings
from itertools import count
from pathlib import Path
from random import Random

from tests.fuzz.kinds import KINDS

MOST_SECONDS = 5
"""A mutant that takes longer hangs."""


def main(minutes: float) -> int:
    """How many mutants fell."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _hang)
    end = time.monotonic() + 60 * minutes
    fallen = 0
    with tempfile.TemporaryDirectory() as name:
        for seed in count():
            for kind, work in KINDS.items():
                if time.monotonic() > end:
                    sys.stdout.write(f"{seed} mutants of each kind, {fallen} fell\n")
                    return fallen
                signal.alarm(MOST_SECONDS)
                try:
                    work(Random(f"{kind} {seed}"), Path(name))
                except Exception:
                    fallen += 1
                    sys.stdout.write(f"{kind} {seed}\n{traceback.format_exc()}\n")
                finally:
                    signal.alarm(0)
    return fallen


def _hang(*_: object) -> None:
    raise TimeoutError(f"it takes more than {MOST_SECONDS} s")


if __name__ == "__main__":
    sys.exit(min(main(float(sys.argv[1])), 1))
