"""A Dask cluster that is already there: looked over before it is given work, and never trusted to end it.

Its workers need the same vizspec, the same numbers' libraries, and the logs under the same paths; all else is
sent to them. What they cannot do is done in this process.
"""

from __future__ import annotations

import logging
import os
import queue
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version
from typing import Any, TypeVar
from urllib.parse import urlsplit

from vizspec.errors import UserError
from vizspec.limits.watchdog import Silent, Watchdog, within
from vizspec.text.messages import agreeing, counted
from vizspec.versions import own_version

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS = 5
WORKERS_SECONDS = 5.0
"""How long a cluster may take to get its first worker, where the environment names no other time."""
WORKERS_VARIABLE = "VIZSPEC_WORKERS_SECONDS"
ANSWER_SECONDS = 10.0
"""A scheduler, or a worker, that is asked a short question and says nothing for so long is given up."""
PATIENCE_SECONDS = 5.0
"""Without a result for so long it is asked whether there are workers left."""
STALLED_SECONDS = 60.0
"""Without a result for so long this process takes a part in the work: workers that hang are still there."""

LIBRARIES = ("numpy", "scipy", "matplotlib", "pillow", "pyarrow")
"""What the last digits of numbers and the bytes of images and tables depend on, beside vizspec itself."""

AT_HOME = "leave --scheduler out to use this machine's cores"

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
            client = stack.enter_context(_client(address))
            answering = look_over(client, address, WORKERS_SECONDS)
        except UserError as error:
            logger.warning("%s: the rest of its work is done here", error.message)
            client = None
        if client is None:
            yield None
            return
        workers = able_workers(client, answering, files, address)
        yield None if workers == [] else Cluster(client, address, workers)


def able_workers(
    client: Any, answering: Mapping[str, bool], files: Sequence[str], address: str
) -> list[str] | None:
    """The workers that can read the files, of those that answer; None for all, also those still to come.

    A warning tells of the others. `answering`: whether each worker answers.
    """
    there = [worker for worker, does in answering.items() if does]
    if len(there) < len(answering):
        silent = [worker for worker, does in answering.items() if not does]
        what = "%s of %s %s nothing, as %s: the others do their work"
        says = agreeing(len(silent), "says", "say")
        logger.warning(what, _of(silent, answering), address, says, silent[0])
    found = answers(client, unseen_by_worker, list(files), workers=there) if files else {}
    unseen = {worker: one if isinstance(one, list) else list(files) for worker, one in found.items()}
    able = seeing(unseen, len(files), address)
    return able if able is not None or len(there) == len(answering) else there


def see_over(
    address: str, environ: Mapping[str, str] = os.environ, connect_seconds: float = CONNECT_SECONDS
) -> None:
    """Looks over the cluster at the address, before it is given work.

    Raises:
        UserError: Dask is not installed, no scheduler answers, it has no workers, or one of them has another
            vizspec, or none.
    """
    with _client(address, connect_seconds) as client:
        look_over(client, address, seconds_for_workers(environ))


def look_over(
    client: Any, address: str, seconds: float, answer_seconds: float = ANSWER_SECONDS
) -> dict[str, bool]:
    """Whether each worker answers, the first of which may take so many seconds to be there.

    Those that answer have what this process has. UserError: one has not, there is none, or none answers.
    """
    wait_for_a_worker(client, address, seconds)
    found = answers(client, worker_versions, seconds=answer_seconds)
    answering = {worker: one for worker, one in found.items() if not isinstance(one, Silent)}
    if not answering:
        raise UserError(
            f"no answer within {answer_seconds:g} s of {counted(len(found), 'worker')} of {address}",
            f"end them and start others (dask worker {address}), or {AT_HOME}",
        )
    check_versions(answering, worker_versions(), address)
    return {worker: worker in answering for worker in found}


def answers(
    client: Any,
    question: Callable[..., Any],
    *args: Any,
    workers: Sequence[str] | None = None,
    seconds: float = ANSWER_SECONDS,
) -> dict[str, Any]:
    """What each worker (of these) answers, or the error it answers with; `Silent` where it says nothing.

    Each is asked by itself: one that hangs would keep back the answers of all.
    """

    def asked(worker: str) -> Watchdog[Any]:
        def answer() -> Any:
            return client.run(question, *args, workers=[worker], on_error="return")[worker]

        return Watchdog(lambda _: iter([answer()]), seconds)

    waiting = {worker: asked(worker) for worker in workers or within(seconds, client.nthreads)}
    end = time.monotonic() + seconds
    return {
        worker: next(iter(one)) if one.join(max(0, end - time.monotonic())) else Silent()
        for worker, one in waiting.items()
    }


def worker_versions() -> dict[str, str]:
    """What a worker computes with."""
    return {"vizspec": own_version()} | {name: version(name) for name in LIBRARIES}


def unseen_by_worker(files: Sequence[str]) -> list[str]:
    """The files that are not there where this is called."""
    return [file for file in files if not os.access(file, os.R_OK)]


def _client(address: str, seconds: float = CONNECT_SECONDS) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UserError(
            f"cannot use the scheduler {address}: Dask is not installed", "pip install 'vizspec[dask]'"
        ) from None
    try:
        _knock(address)
        return within(2 * seconds, lambda: Client(address, timeout=f"{seconds}s"))
    except Silent:
        raise UserError(
            f"what listens at {address} does not answer as a Dask scheduler does",
            f"give the address that the scheduler prints when it starts, or {AT_HOME}",
        ) from None
    except (OSError, ValueError) as error:
        raise UserError(
            f"no Dask scheduler answers at {address}: {error}", f"start one (dask scheduler), or {AT_HOME}"
        ) from error


def _knock(address: str) -> None:
    """OSError: nobody listens there, which Dask would tell only when all its time for it is over."""
    place = urlsplit(address)
    if place.scheme in ("tcp", "tls") and place.hostname and place.port:
        with socket.create_connection((place.hostname, place.port), CONNECT_SECONDS):
            pass


def seconds_for_workers(environ: Mapping[str, str]) -> float:
    """How long to wait for the first worker: workers that are queued may need longer than usual."""
    value = environ.get(WORKERS_VARIABLE, "")
    return float(value) if value.isdecimal() and int(value) else WORKERS_SECONDS  # 0 is for ever to Dask


def wait_for_a_worker(client: Any, address: str, seconds: float = WORKERS_SECONDS) -> None:
    """Gives a cluster that grows on demand its time. UserError: it has no worker then."""
    with suppress(TimeoutError, Silent):
        within(seconds + ANSWER_SECONDS, lambda: client.wait_for_workers(1, timeout=seconds))
        return
    raise UserError(
        f"the Dask scheduler at {address} has no workers after {seconds:g} s",
        f"start some (dask worker {address}; with dask-jobqueue cluster.scale(4)), wait longer for those "
        f"that are queued ({WORKERS_VARIABLE}=600), or {AT_HOME}",
    )


def check_versions(found: Mapping[str, object], own: Mapping[str, str], address: str) -> None:
    """Numbers are the same to the last digit only where the same code makes them.

    `found`: what each worker tells of its versions, or the error that it told instead. UserError: one of them
    has none, or others.
    """
    for worker, versions in found.items():
        if not isinstance(versions, Mapping):
            lacking = [name for name, one in found.items() if not isinstance(one, Mapping)]
            raise UserError(
                f"{_of(lacking, found)} of {address} cannot run vizspec: {worker} says "
                f"{type(versions).__name__}: {versions}",
                "install this vizspec where the workers run (one environment may be shared) and start them "
                f"anew, or {AT_HOME}",
            )
    others = {worker: versions for worker, versions in found.items() if versions != own}
    for worker, versions in others.items():
        assert isinstance(versions, Mapping)
        differing = [
            f"{name} {versions.get(name)} (here {one})"
            for name, one in own.items()
            if versions.get(name) != one
        ]
        has = agreeing(len(others), "has", "have")
        raise UserError(
            f"{_of(list(others), found)} of {address} {has} not what this process has: {worker} has "
            f"{', '.join(differing)}",
            f"install the same versions where the workers run and start them anew, or {AT_HOME}",
        )


def seeing(unseen: Mapping[str, Sequence[str]], total: int, address: str) -> list[str] | None:
    """The workers that see any of the files, of which there are `total`; None for all workers.

    A warning tells of the others. `unseen`: what each worker does not see.
    """
    blind = [worker for worker, files in unseen.items() if total and len(files) == total]
    if not blind:
        return None
    rest = "they are read here" if len(blind) == len(unseen) else "the others read them"
    logger.warning(
        "%s of %s cannot see the logs, as '%s': %s (the folder must be shared, under the same path)",
        *(_of(blind, unseen), address, unseen[blind[0]][0], rest),
    )
    return [worker for worker in unseen if worker not in blind]


def _of(some: Sequence[str], workers: Mapping[str, object]) -> str:
    return f"{len(some)} of {counted(len(workers), 'worker')}"
