"""Runs a generator in a thread of its own, and gives it up when it shows no sign of life.

For work that may wait for ever inside a library: playwright does where its browser dies at the wrong
moment. The thread also keeps playwright away from an event loop that runs in the caller's, as in a
notebook.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Alive = Callable[[], None]
"""What the work calls after each step, to say that it goes on."""


class Silent(Exception):
    """The work has shown no sign of life for as long as it may."""


@dataclass(frozen=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True)
class _Raised:
    error: BaseException


@dataclass(frozen=True)
class _Step:
    """A sign of life."""


@dataclass(frozen=True)
class _End:
    """All items have been handed over."""


def watched(work: Callable[[Alive], Iterator[T]], limit_seconds: float) -> Iterator[T]:
    """Yields what the work yields and raises what it raises; `Silent` after `limit_seconds` without a sign
    of life.

    Work that was given up, or whose reader stopped early, goes on in a daemon thread that does not hold the
    exit.
    """
    handed: queue.SimpleQueue[_Item[T] | _Raised | _Step | _End] = queue.SimpleQueue()

    def run() -> None:
        try:
            for value in work(lambda: handed.put(_Step())):
                handed.put(_Item(value))
            handed.put(_End())
        except BaseException as error:  # not swallowed: the reader raises it
            handed.put(_Raised(error))

    threading.Thread(target=run, daemon=True).start()
    while True:
        try:
            message = handed.get(timeout=limit_seconds)
        except queue.Empty:
            raise Silent(f"no answer for {limit_seconds:g} seconds") from None
        if isinstance(message, _End):
            return
        if isinstance(message, _Raised):
            raise message.error
        if isinstance(message, _Item):
            yield message.value
