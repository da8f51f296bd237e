"""The files of a render while it goes on: they take their places all together, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from vizspec.folder import Folder


@dataclass(frozen=True)
class Transaction(Folder):
    """A folder whose new files are read here at once, and stand there for others from `commit` on.

    As a context it takes back on its way out what was not committed. `made` are the SHA-256 of files as they
    were made: one that is neither so nor as it would be now was edited by somebody. It is kept under another
    name before it is replaced, and `tell` is told.
    """

    made: Mapping[str, str] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda sentence: None
    _waiting: dict[str, Path] = field(default_factory=dict)
    """The whole files that wait beside their places, by name."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for temporary in self._waiting.values():
            temporary.unlink(missing_ok=True)
            self._remove_empty(temporary.parent)
        self._waiting.clear()

    def write(self, name: str, content: bytes) -> str:
        """Have a file wait whole beside its place; returns the content's SHA-256.

        Raises:
            OSError: the disk is full, or the place cannot be written; nothing half-written stays.
        """
        target = self._inside(name)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        temporary = self._whole(target, content)
        earlier = self._waiting.pop(name, None)
        if earlier is not None:
            earlier.unlink(missing_ok=True)
        self._waiting[name] = temporary
        return hashlib.sha256(content).hexdigest()

    def read(self, name: str) -> bytes | None:
        """The content of a file as it will be once committed; None where there is none."""
        waiting = self._waiting.get(name)
        return waiting.read_bytes() if waiting is not None else super().read(name)

    def commit(self, without: Iterable[str] = ()) -> tuple[str, ...]:
        """Put every file in its place, in the order in which they were written, and remove those `without`.

        An interrupt waits until that is done. Returns the names that were removed.

        Raises:
            UserError: a file cannot be put in its place.
        """
        with _uninterrupted():
            for name, temporary in list(self._waiting.items()):
                try:
                    self._keep_edited(name, temporary)
                    temporary.replace(self._inside(name))
                except OSError as error:
                    raise self._unwritable(name, error) from error
                del self._waiting[name]
            return self.remove(without)

    def _keep_edited(self, name: str, new: Path) -> None:
        placed = Folder(self.path)
        old = placed.read(name) if name in self.made else None
        if old is None or hashlib.sha256(old).hexdigest() == self.made[name] or old == new.read_bytes():
            return
        names = (f"{name}.bak{number if number > 1 else ''}" for number in count(1))
        free = next(one for one in names if placed.read(one) in (None, old))
        placed.write(free, old)
        self.tell(f"'{name}' was edited since it was made; it is made anew, the edited one is '{free}'")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back until the block has ended, where they come to this thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda sent, _: came.append(sent))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        signal.raise_signal(came[0])
