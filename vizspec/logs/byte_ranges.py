"""A file behind a URL, read by ranges: a log's directory and header are a small part at its end."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

END_BYTES = 128 * 1024
"""What the first request asks for: the end, where a zip has its directory, and a log its header."""
LEAST_BYTES = 64 * 1024
"""What any other request asks for at least; twice as much each time."""

Fetch = Callable[[int, int], bytes]
"""The bytes of a file from the first place to before the second, or all; raises what reading raises."""


class RangeFile(io.RawIOBase):
    """A readable, seekable file of `size` bytes, of which only what is read is fetched, each part once."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        super().__init__()
        self._fetch, self._size = fetch, size
        self._place = 0
        self._parts: dict[int, bytes] = {}
        self._ask = LEAST_BYTES

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Goes to a place; before the beginning lies none (OSError on a disk, ValueError in memory: both)."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise io.UnsupportedOperation(f"negative seek value {start + offset}")
        self._place = start + offset
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fills the buffer as far as the file goes."""
        view = memoryview(buffer).cast("B")
        content = self.read(len(view))
        view[: len(content)] = content
        return len(content)

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, or the rest; fewer at the end alone. OSError: there are fewer than there were."""
        end = self._size if size is None or size < 0 else min(self._place + size, self._size)
        pieces = []
        while self._place < end:
            start, part = self._part_at(self._place, end)
            piece = part[self._place - start : end - start]
            pieces.append(piece)
            self._place += len(piece)
        return b"".join(pieces)

    def readall(self) -> bytes:
        """The rest."""
        return self.read()

    def _part_at(self, place: int, end: int) -> tuple[int, bytes]:
        """The fetched part in which the place lies, with its start; fetched now where it was not yet."""
        for start, part in self._parts.items():
            if start <= place < start + len(part):
                return start, part
        later = min((start for start in self._parts if start > place), default=self._size)
        if not self._parts and place >= self._size - END_BYTES:
            start, stop = max(self._size - END_BYTES, 0), self._size
        else:
            start, stop = place, min(max(end, place + self._ask), later)
            self._ask *= 2
        part = self._fetch(start, stop)
        if len(part) == self._size:  # a server that knows no ranges sends the whole
            start, stop = 0, self._size
        if len(part) != stop - start:
            raise OSError(f"{stop - start} bytes were asked for, and {len(part)} came")
        self._parts[start] = part
        return start, part
