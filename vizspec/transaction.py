"""The files of a render while it goes on: they take their places all together, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from vizspec.errors import UserError
from vizspec.folder import TEMPORARY, Folder, unwritable


class Transaction:
    """Files that are read here at once, and stand in the folder for others from `commit` on.

    As a context it takes back on its way out what was not committed. `made` are the SHA-256 of files as they
    were made: one that is neither so nor as it would be now was edited by somebody. It is kept under another
    name before it is replaced, and `tell` is told.
    """

    def __init__(
        self,
        folder: Folder,
        made: Mapping[str, str] | None = None,
        tell: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.folder = folder
        self._made = made or {}
        self._tell = tell
        self._waiting: dict[str, Path] = {}
        self._new_folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for staged in self._waiting.values():
            staged.unlink(missing_ok=True)
        self._waiting.clear()
        for folder in reversed(self._new_folders):
            _remove_empty(folder)

    def write(self, name: str, content: bytes) -> str:
        """Have a file wait whole beside its place; returns the content's SHA-256.

        Raises:
            OSError: the disk is full, or the place cannot be written; nothing half-written stays.
        """
        place = self.folder.place(name)
        _refuse_folder(place)
        above = [folder for folder in place.parents if not folder.exists()]
        self._new_folders += reversed(above)
        staged = self.folder.stage(name, content)
        earlier = self._waiting.pop(name, None)
        if earlier is not None:
            earlier.unlink(missing_ok=True)
        self._waiting[name] = staged
        return hashlib.sha256(content).hexdigest()

    def save(self, name: str, content: bytes) -> str:
        """As `write`, for a file that a render cannot do without.

        Raises:
            UserError: it cannot be written; says what to do.
        """
        try:
            return self.write(name, content)
        except OSError as error:
            raise unwritable(self.folder.path, name, error) from error

    def read(self, name: str) -> bytes | None:
        """The content of a file as it will be once committed; None where there is none."""
        staged = self._waiting.get(name)
        return staged.read_bytes() if staged is not None else self.folder.read(name)

    def sha256(self, name: str) -> str | None:
        """The SHA-256 of a file as it will be once committed; None where there is none."""
        content = self.read(name)
        return None if content is None else hashlib.sha256(content).hexdigest()

    def commit(self, without: Iterable[str] = ()) -> tuple[str, ...]:
        """Put every file in its place, and remove those `without`; returns the names that were there.

        The file that was written last tells of all others, and comes last. An interrupt waits until all is
        done. Where a file cannot be put in its place, everything is put back as it was.

        Raises:
            UserError: a file cannot be put in its place, or removed.
        """
        with _uninterrupted():
            changes = _Changes()
            name = ""
            try:
                for name in list(self._waiting):
                    self._keep_edited(name)
                *others, last = self._waiting
                for name in others:
                    changes.put(self._waiting[name], self.folder.place(name))
                removed = []
                for name in without:
                    removed += [name] if changes.remove(self.folder.place(name)) else []
                name = last
                changes.put(self._waiting[name], self.folder.place(name))
            except OSError as error:
                changes.undo()
                raise unwritable(self.folder.path, name, error) from error
            self._waiting.clear()
            self._new_folders.clear()
            changes.forget()
            for name in removed:
                self._remove_empty_above(name)
            return tuple(removed)

    def _keep_edited(self, name: str) -> None:
        """Have what somebody made of a file wait under another name, where the file is to be replaced."""
        old = self.folder.read(name) if name in self._made else None
        if old is None or hashlib.sha256(old).hexdigest() in (self._made[name], self.sha256(name)):
            return
        names = (f"{name}.bak{number if number > 1 else ''}" for number in count(1))
        free = next(one for one in names if self._is_free(one) or self.folder.read(one) == old)
        self.write(free, old)
        # What tells of the others stays last.
        self._waiting = {free: self._waiting.pop(free), **self._waiting}
        self._tell(f"'{name}' was edited since it was made; it is made anew, the edited one is '{free}'")

    def _is_free(self, name: str) -> bool:
        place = self.folder.place(name)
        return not (place.exists() or place.is_symlink())

    def _remove_empty_above(self, name: str) -> None:
        folder = self.folder.place(name).parent
        while folder != self.folder.path and _remove_empty(folder):
            folder = folder.parent


class _Changes:
    """Files that were put in their places or removed, and what stood there before."""

    def __init__(self) -> None:
        self._before: list[tuple[Path, Path | None]] = []

    def put(self, staged: Path, place: Path) -> None:
        _refuse_folder(place)
        aside = staged.with_name(f"{staged.name.removesuffix(TEMPORARY[1])}.old{TEMPORARY[1]}")
        self._before.append((place, _set_aside(place, aside)))
        staged.replace(place)

    def remove(self, place: Path) -> bool:
        """Whether there was a file."""
        if not (place.is_file() or place.is_symlink()):
            return False
        digest = hashlib.sha256(place.name.encode()).hexdigest()[:16]
        aside = place.with_name(f"{TEMPORARY[0]}{digest}.old{TEMPORARY[1]}")
        place.replace(aside)
        self._before.append((place, aside))
        return True

    def undo(self) -> None:
        """Put back what stood there before.

        Raises:
            UserError: something cannot be put back; names it.
        """
        lost = []
        for place, aside in reversed(self._before):
            try:
                _put_back(place, aside)
            except OSError:
                lost.append(f"'{place}'")
        if lost:
            raise UserError(f"could not be put back as before: {', '.join(lost)}", "render anew with --force")

    def forget(self) -> None:
        """Let go of what stood there before; a hidden file that cannot be removed now is swept later."""
        for _, aside in self._before:
            if aside is not None:
                with suppress(OSError):
                    aside.unlink(missing_ok=True)


def _set_aside(place: Path, aside: Path) -> Path | None:
    """The old file under a hidden name, too where the file system lets it have two: then none ever lacks."""
    try:
        os.link(place, aside, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError:
        place.replace(aside)
    return aside


def _put_back(place: Path, aside: Path | None) -> None:
    if aside is None:
        place.unlink(missing_ok=True)
        return
    aside.replace(place)
    # Of two names of one file the replacing leaves both.
    aside.unlink(missing_ok=True)


def _refuse_folder(place: Path) -> None:
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))


def _remove_empty(folder: Path) -> bool:
    """Whether the folder is gone; one that holds something stays."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back until the block has ended, where they come to this thread."""
    came: list[int] = []
    before = {}
    if threading.current_thread() is threading.main_thread():
        found = ((number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM))
        before = {number: handler for number, handler in found if handler is not None}
    try:
        for number in before:
            signal.signal(number, lambda sent, _: came.append(sent))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
