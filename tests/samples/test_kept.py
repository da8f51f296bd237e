"""What a log gave is kept under the name of its content, and given again without reading it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from vizspec.cache import Cache
from vizspec.samples.kept import KeptEntry, Shelf, content_hash, kept_or_read


@dataclass(frozen=True)
class Lines:
    """What a log gives here."""

    lines: int


@dataclass(frozen=True)
class NoLines:
    """Why one gives none."""

    reason: str
    is_passing: bool = False


SHELF = Shelf("lines-1", KeptEntry[Lines, NoLines], NoLines)


class Reader:
    """Counts how often it is asked."""

    def __init__(self, *, gives: Lines | NoLines) -> None:
        self.gives, self.asked = gives, 0

    def __call__(self, location: str) -> Lines | NoLines:
        self.asked += 1
        return self.gives


@pytest.mark.parametrize("given", [Lines(0), Lines(3), NoLines("holds no lines")])
def test_what_a_log_gave_is_given_again_without_reading_it(tmp_path: Path, given: Lines | NoLines) -> None:
    log, cache, read = _log(tmp_path), Cache(tmp_path / "cache"), Reader(gives=given)
    assert [kept_or_read(log, cache, SHELF, read) for _ in range(2)] == [given, given]
    assert read.asked == 1
    assert SHELF.known(cache, content_hash(log)) == given


def test_without_a_cache_a_log_is_read_each_time(tmp_path: Path) -> None:
    log, read = _log(tmp_path), Reader(gives=Lines(3))
    assert [kept_or_read(log, None, SHELF, read) for _ in range(2)] == [Lines(3), Lines(3)]
    assert read.asked == 2


def test_what_was_asked_otherwise_is_kept_apart(tmp_path: Path) -> None:
    log, cache = _log(tmp_path), Cache(tmp_path / "cache")
    other = Shelf("lines-1", KeptEntry[Lines, NoLines], NoLines, "-words")
    assert kept_or_read(log, cache, SHELF, Reader(gives=Lines(3))) == Lines(3)
    assert kept_or_read(log, cache, other, Reader(gives=Lines(7))) == Lines(7)


def test_a_log_that_is_not_there_is_told_and_not_read(tmp_path: Path) -> None:
    read = Reader(gives=Lines(3))
    found = kept_or_read(str(tmp_path / "none.eval"), Cache(tmp_path / "cache"), SHELF, read)
    assert found == NoLines("cannot be read: No such file or directory", is_passing=True)
    assert read.asked == 0


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert content_hash(tmp_path / "a").startswith("ba7816bf8f01cfea")


def _log(folder: Path) -> str:
    (folder / "log.eval").write_bytes(b"abc")
    return str(folder / "log.eval")
