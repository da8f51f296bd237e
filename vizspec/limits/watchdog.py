"""Runs a generator in a thread of its own, and gives it up when it shows no sign of life.

For work that may wait for ever inside a library: playwright does where its browser dies at the wrong
moment, distributed where a scheduler or a worker is stopped. The thread also keeps playwright away from an
event loop that runs in the caller's, as in a notebook.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Alive = Callable[[float | None], None]
"""What the work calls after each step, to say that it goes on, and how many seconds a next step may take
(None: as many as before).
"""


class Silent(Exception):
    """The work has shown no sign of life for as long as it may."""


def within(limit_seconds: float, call: Callable[[], T]) -> T:
    """What the call gives, and raises. `Silent`: it takes longer than so many seconds."""
    return next(iter(Watchdog(lambda _: iter([call()]), limit_seconds)))


@dataclass(frozen=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True)
class _Raised:
    error: BaseException


@dataclass(frozen=True)
class _Step:
    """A sign of life, and within how many seconds another one comes."""

    limit_seconds: float | None


@dataclass(frozen=True)
class _End:
    """All items have been handed over."""


class Watchdog(Generic[T]):
    """Work that begins at once in a thread of its own; iterating yields and raises what the work does.

    Work that was given up, or whose reader stopped early, goes on in a daemon thread that does not hold the
    exit.
    """

    def __init__(
        self,
        work: Callable[[Alive], Iterator[T]],
        limit_seconds: float,
        handed: queue.SimpleQueue[Any] | None = None,
    ) -> None:
        """`handed` is what the threads speak through: an empty queue."""
        self._handed: queue.SimpleQueue[_Item[T] | _Raised | _Step | _End] = handed or queue.SimpleQueue()
        self._limit_seconds = limit_seconds
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        """Raises `Silent` after the limit without a sign of life, counted while the reader waits."""
        limit = self._limit_seconds
        while True:
            try:
                message = self._handed.get(timeout=limit)
            except queue.Empty:
                raise Silent(f"no answer for {limit:g} seconds") from None
            if isinstance(message, _Step) and message.limit_seconds is not None:
                limit = message.limit_seconds
            if isinstance(message, _End):
                return
            if isinstance(message, _Raised):
                raise message.error
            if isinstance(message, _Item):
                yield message.value

    def join(self, limit_seconds: float) -> bool:
        """Waits until the work has ended, at most so long; whether it has."""
        self._thread.join(limit_seconds)
        return not self._thread.is_alive()

    def _run(self, work: Callable[[Alive], Iterator[T]]) -> None:
        try:
            for value in work(lambda limit: self._handed.put(_Step(limit))):
                self._handed.put(_Item(value))
            self._handed.put(_End())
        except BaseException as error:  # not swallowed: the reader raises it
            self._handed.put(_Raised(error))
