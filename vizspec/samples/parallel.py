"""Where work runs: in this process, in several of this machine, or on a Dask cluster that is already there.

All are `concurrent.futures.Executor`, so that the caller need not know. Processes, not threads, because
decoding holds the interpreter's lock.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vizspec.errors import UserError
from vizspec.logs.contents import CONTENTS

if TYPE_CHECKING:
    from vizspec.samples.cluster import Cluster

T = TypeVar("T")
R = TypeVar("R")

Progress = Callable[[int, int], None]
"""Told (done, of how many) whenever a piece of work is done."""


class SerialExecutor(Executor):
    """Runs each call at once, in the caller's own thread; what the call raises, `submit` raises."""

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """The finished future of `fn(*args, **kwargs)`."""
        future: Future[R] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


THREADS = 16
"""Files behind URLs that are read at once by one process: it waits for most of the time."""


@contextmanager
def executor(
    jobs: int | None = None, scheduler: str | None = None, files: Sequence[str] = ()
) -> Iterator[Executor]:
    """Something that runs calls: the Dask cluster at the address `scheduler`, else `jobs` processes.

    `jobs` is the number of cores this process may use where it is None; with 1 nothing is started, but
    threads for URLs. `files`: what the calls will read; where no worker of the cluster sees it, or none is
    left, processes do.
    """
    urls = [file for file in files if "://" in file]
    if scheduler is not None:
        from vizspec.samples.cluster import cluster

        local = [str(Path(file).absolute()) for file in files if "://" not in file]
        with cluster(scheduler, local) as workers:
            if workers is not None:
                CONTENTS.read_otherwise(urls)
                yield workers
                return
    count = usable_cores() if jobs is None else jobs
    if count <= 1 and urls:
        with ThreadPoolExecutor(THREADS) as threads:
            yield threads
        return
    if count <= 1:
        yield SerialExecutor()
        return
    CONTENTS.read_otherwise(urls)
    # a fork would copy the locks of threads (a progress bar has one) in whatever state they are
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def usable_cores() -> int:
    """The cores that this process may use: a Slurm job has fewer than its node."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_all(
    executor: Executor,
    work: Callable[[T], R],
    items: Sequence[T],
    progress: Progress | None = None,
    is_unread: Callable[[R], bool] = lambda result: False,
) -> list[R]:
    """`work` of every item, in the order of the items. UserError: a process that did the work was killed.

    Where a cluster does it, what a worker gives an `is_unread` result of is done again in this process.
    """
    from vizspec.samples.cluster import Cluster

    if isinstance(executor, Cluster):
        return _run_on_cluster(executor, work, items, progress, is_unread)
    finished = _counter(len(items), progress)
    futures = []
    try:
        for item in items:
            futures.append(executor.submit(work, item))
            if futures[-1].done():
                finished(futures[-1])
        for future in as_completed(futures):
            finished(future)
        return [future.result() for future in futures]
    except BrokenProcessPool as error:
        raise UserError(
            "a process that read logs was ended from outside, most often for want of memory",
            "run again with a smaller --jobs, or with more memory",
        ) from error


def run_unknown(
    executor: Executor,
    known: Callable[[T], R | None],
    work: Callable[[T], R],
    items: Sequence[T],
    progress: Progress | None = None,
    is_unread: Callable[[R], bool] = lambda result: False,
) -> list[R]:
    """As `run_all`, but what is `known` of an item is asked here first: no process starts where all is."""
    found = [known(item) for item in items]
    unknown = [item for item, one in zip(items, found, strict=True) if one is None]
    before = len(items) - len(unknown)
    further = (lambda done, _: progress(before + done, len(items))) if progress is not None else None
    made = iter(run_all(executor, work, unknown, further, is_unread))
    return [next(made) if one is None else one for one in found]


def _run_on_cluster(
    cluster: Cluster,
    work: Callable[[T], R],
    items: Sequence[T],
    progress: Progress | None,
    is_unread: Callable[[R], bool],
) -> list[R]:
    found: dict[int, R] = {}
    for place, result in cluster.results(work, items, is_unread):
        found[place] = result
        if progress:
            progress(len(found), len(items))
    return [found[place] for place in range(len(items))]


def _counter(total: int, progress: Progress | None) -> Callable[[Future[Any]], None]:
    """Counts each future once, and tells the progress."""
    seen: set[int] = set()

    def finished(future: Future[Any]) -> None:
        if progress and id(future) not in seen:
            seen.add(id(future))
            progress(len(seen), total)

    return finished
