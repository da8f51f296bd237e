"""The workers of a Dask cluster that is already there, looked over before they are given work.

They need the same vizspec, the same numbers' libraries, and the logs under the same paths; all else is sent
to them.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from vizspec.errors import UserError
from vizspec.limits.watchdog import Silent, Watchdog, within
from vizspec.text.messages import agreeing, counted
from vizspec.versions import own_version

CONNECT_SECONDS = 5
WORKERS_SECONDS = 5.0
"""How long a cluster may take to get its first worker, where the environment names no other time."""
WORKERS_VARIABLE = "VIZSPEC_WORKERS_SECONDS"
ANSWER_SECONDS = 10.0
"""A scheduler, or a worker, that is asked a short question and says nothing for so long is given up."""

LIBRARIES = ("numpy", "scipy", "matplotlib", "pillow", "pyarrow")
"""What the last digits of numbers and the bytes of images and tables depend on, beside vizspec itself."""

AT_HOME = "leave --scheduler out to use this machine's cores"

logger = logging.getLogger(__name__)


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
    with connected(address, connect_seconds) as client:
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


def connected(address: str, seconds: float = CONNECT_SECONDS) -> Any:
    """The client of the scheduler there. UserError: Dask is not installed, or no scheduler answers."""
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
