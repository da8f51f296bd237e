"""A Dask cluster that is given work, and never trusted to end it: what it cannot do is done here."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, TypeVar

from vizspec.errors import UserError
from vizspec.limits.watchdog import Silent, within
from vizspec.samples.workers import ANSWER_SECONDS, WORKERS_SECONDS, able_workers, connected, look_over

T = TypeVar("T")
R = TypeVar("R")

PATIENCE_SECONDS = 5.0
"""Without a result for so long it is asked whether there are workers left."""
STALLED_SECONDS = 60.0
"""Without a result for so long this process takes a part in the work: workers that hang are still there."""

logger = logging.getLogger(__name__)


class Cluster(Executor):
    """The workers of a cluster that can do this process's work, at least one of them."""

    def __init__(
        self,
        client: Any,
        address: str,
        workers: Sequence[str] | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
        stalled_seconds: float = STALLED_SECONDS,
    ) -> None:
        """`workers`: the only ones that may be given work; None: all that there are and will be."""
        self._client, self._address, self._workers = client, address, workers
        self._patience_seconds, self._stalled_seconds = patience_seconds, stalled_seconds

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """The future of one call, which fails where its worker is lost too often."""
        only = {"workers": list(self._workers)} if self._workers is not None else {}
        future: Future[R] = self._client.get_executor(pure=False, **only).submit(fn, *args, **kwargs)
        return future

    def results(
        self,
        work: Callable[[T], R],
        items: Sequence[T],
        is_unread: Callable[[R], bool] = lambda result: False,
    ) -> Iterator[tuple[int, R]]:
        """The place and the result of each item, as they come.

        What the workers lost, failed at, hang at, or gave an `is_unread` result of, is done in this process;
        what it raises here is raised.
        """
        for place, done in self.outcomes(work, items):
            yield place, work(items[place]) if done is None or is_unread(done[0]) else done[0]

    def outcomes(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, tuple[R] | None]]:
        """The place of each item with its result, as they come.

        None where the workers lost it or failed, and, one after the other, where no result came for long.
        """
        ended: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        only = {"workers": list(self._workers)} if self._workers is not None else {}
        futures = self._client.map(work, list(items), pure=False, **only)
        for place, future in enumerate(futures):
            future.add_done_callback(lambda done, place=place: ended.put((place, done)))
        waiting = set(range(len(items)))
        heard = time.monotonic()
        is_stalled = False
        while waiting:
            try:
                place, done = ended.get(timeout=0 if is_stalled else self._patience_seconds)
            except queue.Empty:
                if not self._has_workers():
                    self._warn("all workers of %s were lost", len(waiting), len(items))
                    break
                if not is_stalled and time.monotonic() - heard >= self._stalled_seconds:
                    is_stalled = True
                    self._warn("the workers of %s gave no result for long", len(waiting), len(items))
                if is_stalled:
                    yield waiting.pop(), None
                continue
            heard, is_stalled = time.monotonic(), False
            if place in waiting:
                waiting.discard(place)
                yield place, self._fetched(done) if done.status == "finished" else None
        with suppress(Silent):
            within(ANSWER_SECONDS, lambda: self._client.cancel(futures))
        yield from ((place, None) for place in sorted(waiting))

    def _warn(self, what: str, left: int, total: int) -> None:
        logger.warning(f"{what}: the rest of their work (%d of %d) is done here", self._address, left, total)

    def _fetched(self, done: Any) -> tuple[Any] | None:
        """The result of a future that has ended; None where its worker is gone or hangs, who held it."""
        begin = time.monotonic()
        while time.monotonic() - begin < self._stalled_seconds:
            try:
                return (done.result(timeout=self._patience_seconds),)
            except TimeoutError:
                if not self._has_workers():
                    return None
        return None

    def _has_workers(self) -> bool:
        try:
            there = set(within(ANSWER_SECONDS, self._client.nthreads))
        except (OSError, RuntimeError, TimeoutError, Silent):
            return False
        return bool(there if self._workers is None else there.intersection(self._workers))


@contextmanager
def cluster(address: str, files: Sequence[str] = ()) -> Iterator[Cluster | None]:
    """The cluster at the address, which was seen over before.

    None where its work has to be done here, which a warning tells: no worker sees the files, or by now it is
    gone, or has no workers, or other ones.
    """
    with ExitStack() as stack:
        try:
            client = stack.enter_context(connected(address))
            answering = look_over(client, address, WORKERS_SECONDS)
        except UserError as error:
            logger.warning("%s: the rest of its work is done here", error.message)
            client = None
        if client is None:
            yield None
            return
        workers = able_workers(client, answering, files, address)
        yield None if workers == [] else Cluster(client, address, workers)
