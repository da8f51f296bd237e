"""Work in a thread of its own: its items, its errors, and its silence."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from vizspec.limits.watchdog import Alive, Silent, Watchdog


def test_items_come_in_their_order_from_another_thread() -> None:
    def work(alive: Alive) -> Iterator[int]:
        yield threading.get_ident()
        yield 2

    first, second = Watchdog(work, 60.0)
    assert first != threading.get_ident()
    assert second == 2


def test_an_error_of_the_work_is_raised_after_its_items() -> None:
    def work(alive: Alive) -> Iterator[int]:
        yield 1
        raise LookupError("gone")

    items = iter(Watchdog(work, 60.0))
    assert next(items) == 1
    with pytest.raises(LookupError, match="gone"):
        next(items)


def test_work_that_hangs_is_given_up() -> None:
    handed_over, never = threading.Event(), threading.Event()

    def work(alive: Alive) -> Iterator[int]:
        yield 1
        handed_over.set()
        never.wait()

    watched = Watchdog(work, 0.05)
    handed_over.wait()
    items = iter(watched)
    assert next(items) == 1
    with pytest.raises(Silent, match=r"no answer for 0\.05 seconds"):
        next(items)
    never.set()


def test_each_sign_of_life_gives_the_work_as_long_again() -> None:
    handed = Handed()

    def work(alive: Alive) -> Iterator[int]:
        alive(None)
        yield 1
        alive(None)

    assert list(Watchdog(work, 60.0, handed)) == [1]
    assert handed.limits == [60.0] * 4


def test_work_begins_before_anybody_reads() -> None:
    begun = threading.Event()

    def work(alive: Alive) -> Iterator[int]:
        begun.set()
        yield 1

    watched = Watchdog(work, 60.0)
    assert begun.wait(60.0)
    assert list(watched) == [1]


def test_work_can_be_waited_for_after_its_last_item() -> None:
    ended = []

    def work(alive: Alive) -> Iterator[int]:
        yield 1
        time.sleep(0.05)
        ended.append(True)

    watched = Watchdog(work, 60.0)
    assert next(iter(watched)) == 1
    watched.join(60.0)
    assert ended == [True]


def test_work_may_say_how_long_its_next_steps_take() -> None:
    handed = Handed()

    def work(alive: Alive) -> Iterator[int]:
        alive(90.0)
        yield 1

    assert list(Watchdog(work, 60.0, handed)) == [1]
    assert handed.limits == [60.0, 90.0, 90.0]


class Handed(queue.SimpleQueue[Any]):
    """What the work hands over, and how long each of it was waited for."""

    def __init__(self) -> None:
        self.limits: list[float | None] = []

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        self.limits.append(timeout)
        return super().get(block, timeout)
