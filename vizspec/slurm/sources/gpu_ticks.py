"""The times of GPU samples: how many GPUs were sampled at a time, and how long."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

_ONE_TICK_SECONDS = 0.5
"""The GPUs of a node are sampled one after another; the next round comes later, after 30 s as a rule."""

_LONGEST_PAUSE_SECONDS = 600
"""A longer time without samples lies between two jobs, or two attempts, that wrote one file."""

_TO_SECOND = len("2025/11/11 11:00:05")


class GpuTicks:
    """Counts how many rows share one moment, and the time that passes."""

    def __init__(self) -> None:
        self.seconds: float | None = None
        self._sizes: Counter[int] = Counter()
        self._second = ""
        self._last: datetime | None = None
        self._before: datetime | None = None
        self._size = 0

    def add(self, text: str) -> int:
        """Takes the time of a row, gives its place in its tick. Rows of one second are of one tick."""
        text = text.strip()
        second = text[:_TO_SECOND]
        if second != self._second:
            self._second = second
            moment = sample_time(text)
            if not self._is_near(moment):
                self._close()
            self._last = moment
            self._pass(moment)
        self._size += 1
        return self._size - 1

    def usual_size(self) -> int | None:
        """The most frequent number of rows a tick; None if no time could be read."""
        self._close()
        return max(self._sizes, key=lambda size: (self._sizes[size], size)) if self._sizes else None

    def _is_near(self, moment: datetime | None) -> bool:
        if moment is None or self._last is None:
            return False
        return 0 <= (moment - self._last).total_seconds() <= _ONE_TICK_SECONDS

    def _pass(self, moment: datetime | None) -> None:
        if moment and self._before:
            passed = (moment - self._before).total_seconds()
            if 0 < passed <= _LONGEST_PAUSE_SECONDS:
                self.seconds = (self.seconds or 0.0) + passed
        self._before = moment or self._before

    def _close(self) -> None:
        if self._last is not None and self._size:
            self._sizes[self._size] += 1
        self._last, self._size = None, 0


def sample_time(text: str) -> datetime | None:
    """A time as nvidia-smi writes it (`2025/11/11 11:00:05.123`); None for anything else."""
    try:
        return datetime.fromisoformat(text.strip().replace("/", "-")).replace(tzinfo=None)
    except ValueError:
        return None
