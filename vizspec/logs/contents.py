"""What this process knows of contents behind URLs: their versions as listed, and how it read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import NamedTuple

from vizspec.limits.files import MEGABYTE
from vizspec.logs.byte_ranges import END_BYTES

MOST_KEPT = 64 * MEGABYTE
"""Of the ends of logs, where their directories and headers are: each is wanted for header and samples."""


class Version(NamedTuple):
    """What tells one content of a URL from another: its size, and a mark that changes with it."""

    size: int | None
    mark: str | None


class _KeptEnd(NamedTuple):
    """The last bytes of a content, from `start` on."""

    mark: str
    start: int
    content: bytes


class Contents:
    """The versions of URLs that were listed last, with the ends of those that were read since."""

    def __init__(self, most_kept: int = MOST_KEPT) -> None:
        self._room = most_kept
        self._listed: dict[str, Version] = {}
        self._answers: dict[str, int] = {}
        self._ends: dict[str, _KeptEnd] = {}
        self._lock = Lock()

    def listed(self, url: str, version: Version) -> None:
        """The URL was listed now, with this version; what was known of another is forgotten."""
        with self._lock:
            if url in self._ends and version != self._listed.get(url):
                self._room += len(self._ends.pop(url).content)
            self._listed[url] = version
            self._answers[url] = 0

    def version(self, url: str) -> Version | None:
        """The version of a URL as it was listed; None where it was not."""
        return self._listed.get(url)

    def read(self, url: str, version: Version, start: int, stop: int, fetch: Callable[[], bytes]) -> bytes:
        """The bytes of this version from `start` to before `stop`: its end is fetched once, and kept."""
        end = self._ends.get(url)
        if end is not None and end.mark == version.mark and (end.start, version.size) == (start, stop):
            return end.content
        part = fetch()
        with self._lock:
            self._answers[url] = self._answers.get(url, 0) + 1
            is_end = stop == version.size and stop - start <= END_BYTES and len(part) == stop - start
            if is_end and version.mark is not None and url not in self._ends and len(part) <= self._room:
                self._ends[url] = _KeptEnd(version.mark, start, part)
                self._room -= len(part)
        return part

    def read_otherwise(self, urls: Iterable[str]) -> None:
        """The URLs are read by somebody else, in nobody knows how many answers."""
        with self._lock:
            self._answers |= dict.fromkeys(urls, 2)

    def is_of_one_answer(self, url: str) -> bool:
        """Whether all that was read of the URL since it was listed came at once, and so is of one version."""
        return url in self._listed and self._answers[url] < 2


CONTENTS = Contents()
"""Those of this process."""
