"""One writer at a time in a folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vizspec.errors import UserError

LOCK = ".vizspec.output.lock"
TRIES = 100
"""How often the lock's file may go while it is being opened."""


@contextmanager
def locked(folder: Path) -> Iterator[int | None]:
    """Hold the folder; the lock goes with the process, however it ends.

    Yields the descriptor of the lock's file; None where somebody else might hold the folder, too: some
    network file systems have no locks, and two renders there are the user's to keep apart.

    Raises:
        UserError: another process holds the folder.
        PermissionError: the lock's file is another user's.
    """
    path = folder / LOCK
    for _ in range(TRIES):
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666), "r+") as file:
            is_held = _is_taken(file, folder)
            # Who held the lock may have removed its file between our two calls.
            if is_held and not is_still(folder, file.fileno()):
                continue
            try:
                yield file.fileno() if is_held else None
            finally:
                if is_held:
                    path.unlink(missing_ok=True)
                    # A process that was handed the lock would hold it for longer.
                    fcntl.flock(file, fcntl.LOCK_UN)
            return
    raise _is_written(folder)


def _is_taken(file: IO[str], folder: Path) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise _is_written(folder) from error
    except OSError:
        return False
    return True


def is_still(folder: Path, lock: int) -> bool:
    """Whether the lock's file in the folder is still the open one."""
    try:
        return os.path.samestat((folder / LOCK).stat(), os.fstat(lock))
    except FileNotFoundError:
        return False


def _is_written(folder: Path) -> UserError:
    return UserError(
        f"another vizspec is writing to '{folder}'", "wait for it, or render with --out elsewhere"
    )
