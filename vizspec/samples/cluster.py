"""A Dask cluster that is already there: looked over before it is given work, and never trusted to end it.

Its workers need the same vizspec, the same numbers' libraries, and the logs under the same paths; all else is
sent to them. What they cannot do is done in this process.
"""

from __future__ import annotations

import logging
import os
import queue
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version
from typing import Any, TypeVar
from urllib.parse import urlsplit

from vizspec.errors import UserError
from vizspec.text.messages import agreeing, counted
from vizspec.versions import own_version

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS = 5
WORKERS_SECONDS = 5.0
"""How long a cluster may take to get its first worker, where the environment names no other time."""
WORKERS_VARIABLE = "VIZSPEC_WORKERS_SECONDS"
PATIENCE_SECONDS = 5.0
"""Without a result for so long it is asked whether there are workers left."""

LIBRARIES = ("numpy", "scipy", "matplotlib", "pillow", "pyarrow")
"""What the last digits of numbers and the bytes of images and tables depend on, beside vizspec itself."""

AT_HOME = "leave --scheduler out to use this machine's cores"

log = logging.getLogger(__name__)


class Cluster(Executor):
    """The workers of a cluster that can do this process's work, at least one of them."""

    def __init__(
        self,
        client: Any,
        address: str,
        workers: Sequence[str] | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """`workers`: the only ones that may be given work; None: all that there are and will be."""
        self._client, self._address, self._workers = client, address, workers
        self._patience_seconds = patience_seconds

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

        What the workers lost, failed at, or gave an `is_unread` result of, is done in this process; what it
        raises here is raised.
        """
        left = []
        for place, done in self.outcomes(work, items):
            if done is None or is_unread(done[0]):
                left.append(place)
            else:
                yield place, done[0]
        for place in sorted(left):
            yield place, work(items[place])

    def outcomes(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, tuple[R] | None]]:
        """The place of each item with its result, as they come; None where the workers lost it or failed."""
        ended: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        only = {"workers": list(self._workers)} if self._workers is not None else {}
        futures = self._client.map(work, list(items), pure=False, **only)
        for place, future in enumerate(futures):
            future.add_done_callback(lambda done, place=place: ended.put((place, done)))
        waiting = set(range(len(items)))
        while waiting:
            try:
                place, done = ended.get(timeout=self._patience_seconds)
            except queue.Empty:
                if self._has_workers():
                    continue
                log.warning(
                    "all workers of %s were lost: the rest of their work (%d of %d) is done here",
                    *(self._address, len(waiting), len(items)),
                )
                break
            waiting.discard(place)
            yield place, self._fetched(done) if done.status == "finished" else None
        self._client.cancel(futures)
        yield from ((place, None) for place in sorted(waiting))

    def _fetched(self, done: Any) -> tuple[Any] | None:
        """The result of a future that has ended; None where it was lost with the last worker, who held it."""
        while True:
            try:
                return (done.result(timeout=self._patience_seconds),)
            except TimeoutError:
                if not self._has_workers():
                    return None

    def _has_workers(self) -> bool:
        try:
            there = set(self._client.nthreads())
        except (OSError, RuntimeError, TimeoutError):
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
            _look_over(client, address, WORKERS_SECONDS)
        except UserError as error:
            log.warning("%s: the rest of its work is done here", error.message)
            client = None
        if client is None:
            yield None
            return
        unseen = client.run(unseen_by_worker, list(files)) if files else {}
        able = seeing(unseen, len(files), address)
        yield None if able == [] else Cluster(client, address, able)


def see_over(address: str, environ: Mapping[str, str] = os.environ) -> None:
    """Looks over the cluster at the address, before it is given work.

    Raises:
        UserError: Dask is not installed, no scheduler answers, it has no workers, or one of them has another
            vizspec, or none.
    """
    with _client(address) as client:
        _look_over(client, address, seconds_for_workers(environ))


def _look_over(client: Any, address: str, seconds: float) -> None:
    wait_for_a_worker(client, address, seconds)
    check_versions(client.run(worker_versions, on_error="return"), worker_versions(), address)


def worker_versions() -> dict[str, str]:
    """What a worker computes with."""
    return {"vizspec": own_version()} | {name: version(name) for name in LIBRARIES}


def unseen_by_worker(files: Sequence[str]) -> list[str]:
    """The files that are not there where this is called."""
    return [file for file in files if not os.access(file, os.R_OK)]


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UserError(
            f"cannot use the scheduler {address}: Dask is not installed", "pip install 'vizspec[dask]'"
        ) from None
    try:
        _knock(address)
        return Client(address, timeout=f"{CONNECT_SECONDS}s")
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
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=seconds)
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
    log.warning(
        "%s of %s cannot see the logs, as '%s': %s (the folder must be shared, under the same path)",
        *(_of(blind, unseen), address, unseen[blind[0]][0], rest),
    )
    return [worker for worker in unseen if worker not in blind]


def _of(some: Sequence[str], workers: Mapping[str, object]) -> str:
    return f"{len(some)} of {counted(len(workers), 'worker')}"
