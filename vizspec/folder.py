"""The output folder: whole files or none, one writer at a time, and nothing outside it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vizspec.errors import UserError

LOCK = ".vizspec.lock"
TEMPORARY = (".vizspec-", ".tmp")
"""How the name of a file begins and ends that is not whole yet."""
ELSEWHERE = "~/analysis"
"""A place that most people may write to."""


@dataclass(frozen=True)
class Folder:
    """A folder that vizspec writes into. Names are relative to it, '/'-separated."""

    path: Path

    def prepare(self) -> None:
        """Make the folder, and see that it can be written.

        Raises:
            UserError: it cannot; suggests another place.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.path):
                pass
        except OSError as error:
            raise self._refused(error) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one render; the lock goes with the process, however it ends.

        Raises:
            UserError: another render holds it, or its lock file is another user's.
        """
        path = self.path / LOCK
        with self._lock(path):
            try:
                self._sweep()
                yield
            finally:
                path.unlink(missing_ok=True)

    def _lock(self, path: Path) -> IO[str]:
        """The open file that holds the lock."""
        while True:
            try:
                lock = path.open("a")
            except PermissionError as error:
                raise self._refused(error) from error
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.close()
                raise UserError(
                    f"another vizspec is writing to '{self.path}'",
                    "wait for it, or render with --out elsewhere",
                ) from error
            except OSError:
                # Some network file systems have no locks; two renders there are the user's to keep apart.
                return lock
            # The one who held the lock may have removed its file between our two calls.
            if _is_still(path, lock):
                return lock
            lock.close()

    def _sweep(self) -> None:
        """Remove what renders left half-written that were killed: nobody else writes here now."""
        for left in self.path.rglob(f"{TEMPORARY[0]}*{TEMPORARY[1]}"):
            left.unlink(missing_ok=True)

    def write(self, name: str, content: bytes) -> str:
        """Write a file whole, or leave the old one as it was; returns the content's SHA-256.

        Raises:
            OSError: the disk is full, or the place cannot be written; nothing half-written stays.
        """
        target = self._inside(name)
        temporary = self._whole(target, content)
        try:
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return hashlib.sha256(content).hexdigest()

    def save(self, name: str, content: bytes) -> str:
        """As `write`, for a file that a render cannot do without.

        Raises:
            UserError: it cannot be written; says what to do.
        """
        try:
            return self.write(name, content)
        except OSError as error:
            raise self._unwritable(name, error) from error

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""
        try:
            return self._inside(name).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def sha256(self, name: str) -> str | None:
        """The SHA-256 of a file; None where there is none."""
        content = self.read(name)
        return None if content is None else hashlib.sha256(content).hexdigest()

    def remove(self, names: Iterable[str]) -> tuple[str, ...]:
        """Remove these files and the folders they leave empty; returns the names that were there."""
        removed = []
        for name in names:
            target = self._inside(name)
            if target.is_file() or target.is_symlink():
                target.unlink()
                removed.append(name)
                self._remove_empty(target.parent)
        return tuple(removed)

    def _whole(self, target: Path, content: bytes) -> Path:
        """A file with this content beside the place where it belongs."""
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=TEMPORARY[0], suffix=TEMPORARY[1])
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            temporary.chmod(0o666 & ~_umask())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return temporary

    def _unwritable(self, name: str, error: OSError) -> UserError:
        return UserError(
            f"'{name}' cannot be written to '{self.path}': {error.strerror or error}",
            "make room, or render to another folder with --out",
        )

    def _refused(self, error: OSError) -> UserError:
        return UserError(
            f"the output folder '{self.path}' cannot be written: {error.strerror or error}",
            f"render to another folder, as in: vizspec render --out {ELSEWHERE}",
        )

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.path and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _inside(self, name: str) -> Path:
        target = self.path / name
        if not target.resolve().is_relative_to(self.path.resolve()):
            raise UserError(f"'{name}' leads out of the output folder '{self.path}'")
        return target


def _is_still(path: Path, file: IO[str]) -> bool:
    """Whether the path still leads to the open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
