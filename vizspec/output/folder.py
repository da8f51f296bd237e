"""The output folder: whole files or none, one writer at a time, and nothing outside it."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from vizspec.errors import UserError
from vizspec.limits.files import open_file
from vizspec.output.guard import guarded
from vizspec.output.journal import JOURNAL, TEMPORARY, is_halfway, remove_empty, undo
from vizspec.output.lock import LOCK, is_still, locked
from vizspec.text.digests import content_sha256

OWN = ("manifest.json", LOCK, JOURNAL)
"""What tells that a folder is the output of a render."""
LONGEST_COMMIT_SECONDS = 60
ELSEWHERE = "~/analysis"
"""A place that most people may write to."""


class Files(ABC):
    """Files that are read and written by name: relative to the folder `path`, '/'-separated."""

    path: Path

    @abstractmethod
    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""

    @abstractmethod
    def write(self, name: str, content: bytes) -> str:
        """Write a file whole, or leave the old one as it was; returns the content's SHA-256.

        Raises:
            OSError: the disk is full, or the place cannot be written; nothing half-written stays.
        """

    def sha256(self, name: str) -> str | None:
        """The SHA-256 of a file (see `content_sha256`); None where there is none."""
        content = self.read(name)
        return None if content is None else content_sha256(content)

    def save(self, name: str, content: bytes) -> str:
        """As `write`, for a file that a render cannot do without.

        Raises:
            UserError: it cannot be written; says what to do.
        """
        try:
            return self.write(name, content)
        except OSError as error:
            raise unwritable(self.path, name, error) from error


@dataclass(frozen=True)
class Folder(Files):
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
        """Hold the folder for one render; undoes and removes what renders left that were killed.

        Where this one is killed, that is done at once by a process that outlives it, or else by the next.

        Raises:
            UserError: another render holds it, or its lock cannot be made.
        """
        with ExitStack() as stack:
            lock = self._taken(stack)
            if lock is not None:
                stack.enter_context(guarded(self.path, lock))
            yield

    def recover(self) -> None:
        """Undo and remove what killed renders left, where they left something.

        Raises:
            UserError: a render goes on, or the folder cannot be written.
        """
        if any(os.path.lexists(self.path / name) for name in (LOCK, JOURNAL)):
            with ExitStack() as stack:
                self._taken(stack)

    def put_right(self, lock: int) -> None:
        """Undo and remove what a killed render left, in its place: `lock` is its descriptor.

        Raises:
            UserError, OSError: something cannot be put back; the next render tries again.
        """
        if is_still(self.path, lock):
            undo(self.path)
            self._sweep()
            (self.path / LOCK).unlink(missing_ok=True)

    def write(self, name: str, content: bytes) -> str:
        temporary = self.stage(name, content)
        try:
            temporary.replace(self.place(name))
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return content_sha256(content)

    def read(self, name: str) -> bytes | None:
        try:
            with open_file(self.place(name)) as file:
                return file.read()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno == errno.EINVAL:  # a pipe, a device or a socket is no file of a render
                return None
            raise

    def place(self, name: str) -> Path:
        """Where a file of this name belongs.

        Raises:
            UserError: that is outside the folder.
        """
        target = self.path / name
        if not target.resolve().is_relative_to(self.path.resolve()):
            raise UserError(
                f"'{name}' leads out of the output folder '{self.path}'",
                "remove the link, or render to another folder with --out",
            )
        return target

    def stage(self, name: str, content: bytes) -> Path:
        """A whole file beside the place where it belongs."""
        target = self.place(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=TEMPORARY[0], suffix=TEMPORARY[1])
        staged = target.with_name(Path(temporary).name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            staged.chmod(0o666 & ~_umask())
        except BaseException:
            staged.unlink(missing_ok=True)
            raise
        return staged

    def _taken(self, stack: ExitStack) -> int | None:
        """Take the lock for as long as the stack lasts, and undo and remove what killed renders left."""
        try:
            lock = stack.enter_context(locked(self.path))
        except OSError as error:
            raise self._refused(error) from error
        if lock is not None:
            undo(self.path)
            self._sweep()
        elif is_halfway(self.path):
            self._undo_what_is_old()
        return lock

    def _undo_what_is_old(self) -> None:
        """Undo what was left half-done, where only its age tells that it does not go on."""
        age = time.time() - (self.path / JOURNAL).lstat().st_mtime
        if age < LONGEST_COMMIT_SECONDS:
            raise UserError(
                f"another vizspec is writing to '{self.path}', or was killed",
                f"wait for {LONGEST_COMMIT_SECONDS} seconds, or render with --out elsewhere",
            )
        undo(self.path)

    def _sweep(self) -> None:
        """Remove the hidden files that killed renders left, and folders that held nothing else.

        Nobody else writes here now. Folders that are the output of other renders are left to those.
        """
        for place, folders, files in os.walk(self.path):
            here = Path(place)
            folders[:] = [name for name in folders if not any((here / name / own).exists() for own in OWN)]
            left = [name for name in files if name.startswith(TEMPORARY[0]) and name.endswith(TEMPORARY[1])]
            for name in left:
                (here / name).unlink(missing_ok=True)
            if left and here != self.path:
                remove_empty(here)

    def _refused(self, error: OSError) -> UserError:
        return UserError(
            f"the output folder '{self.path}' cannot be written: {error.strerror or error}",
            f"render to another folder, as in: vizspec render --out {ELSEWHERE}",
        )


def unwritable(folder: Path, name: str, error: OSError) -> UserError:
    """What to say of a file that a render cannot do without, and that cannot be written."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return UserError(
        f"'{name}' cannot be written to '{folder}': {error.strerror or error}",
        f"{'make room' if is_full else 'see to what is there'}, or render to another folder with --out",
    )


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
