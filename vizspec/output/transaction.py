"""The files of a render while it goes on: they take their places all together, or not at all."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from vizspec.output.folder import Files, Folder, unwritable
from vizspec.output.journal import (
    Blocked,
    Put,
    Removal,
    apply,
    free_name,
    refuse_folder,
    remove_empty,
    remove_empty_above,
)
from vizspec.text.digests import content_sha256


class Transaction(Files):
    """Files that are read here at once, and stand in the folder for others from `commit` on.

    As a context it takes back on its way out what was not committed. `made` are the SHA-256 of files as they
    were made: one that is neither so nor as it would be now is somebody's. It is kept under another name
    before it is replaced or removed, and `tell` is told.
    """

    def __init__(
        self,
        folder: Folder,
        made: Mapping[str, str] | None = None,
        tell: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.path = folder.path
        self._folder = folder
        self._made = made or {}
        self._tell = tell
        self._waiting: dict[str, Put] = {}
        self._new_folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for waiting in self._waiting.values():
            _discard(waiting)
        self._waiting.clear()
        for folder in reversed(self._new_folders):
            remove_empty(folder)

    def write(self, name: str, content: bytes) -> str:
        """As a folder does, but the file waits beside its place."""
        place = self._folder.place(name)
        refuse_folder(place)
        above = [folder for folder in place.parents if not folder.exists()]
        self._new_folders += reversed(above)
        digest = content_sha256(content)
        waiting = Put(name, self._folder.stage(name, content), digest)
        if name in self._waiting:
            _discard(self._waiting.pop(name))
        self._waiting[name] = waiting
        return digest

    def read(self, name: str) -> bytes | None:
        """The content of a file as it will be once committed; None where there is none."""
        waiting = self._waiting.get(name)
        try:
            return waiting.staged.read_bytes() if waiting is not None else self._folder.read(name)
        except FileNotFoundError:  # somebody removed the folder meanwhile, which the commit will tell
            return None

    def commit(self, without: Iterable[str] = ()) -> tuple[str, ...]:
        """Put every file in its place, and remove those `without`; returns the names that were there.

        The file that was written last tells of all others, and comes last. An interrupt waits until all is
        done. Where a file cannot be put in its place, everything is put back as it was.

        Raises:
            UserError: a file cannot be put in its place, or removed.
        """
        with _uninterrupted():
            going = [name for name in without if os.path.lexists(self._folder.place(name))]
            name = ""
            try:
                for name in (*self._waiting, *going):
                    self._keep_edited(name)
                waiting = list(self._waiting.values())
                apply(self.path, [*waiting[:-1], *(Removal(name) for name in going), *waiting[-1:]])
            except Blocked as error:
                raise unwritable(self.path, error.name, error) from error
            except OSError as error:
                raise unwritable(self.path, name, error) from error
            self._waiting.clear()
            self._new_folders.clear()
            for name in going:
                remove_empty_above(self.path, name)
            return tuple(going)

    def _keep_edited(self, name: str) -> None:
        """Have what is not as it was made wait under another name, where it is to be replaced or to go."""
        old = self._folder.read(name)
        is_replaced = name in self._waiting
        if old is None or content_sha256(old) == self._made.get(name):
            return
        if is_replaced and old == self.read(name):
            return
        free = free_name(self.path, name, old)
        self.write(free, old)
        # What tells of the others stays last.
        self._waiting = {free: self._waiting.pop(free), **self._waiting}
        is_ours = name in self._made
        why = "was edited since it was made" if is_ours else "was there before, and not of a render"
        how = ("made anew" if is_ours else "replaced") if is_replaced else "removed"
        self._tell(f"'{name}' {why}; it is {how}, the old one is '{free}'")


def _discard(waiting: Put) -> None:
    with suppress(OSError):  # it is swept later, and another error may be on its way
        waiting.staged.unlink(missing_ok=True)


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
