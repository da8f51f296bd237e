"""A file of which only what is read is fetched."""

from __future__ import annotations

import io
import os
import random
import zipfile

import pytest

from vizspec.logs.byte_ranges import END_BYTES, LEAST_BYTES, RangeFile

CONTENT = random.Random(1).randbytes(1_000_000)


class Server:
    """Notes what is fetched of a content."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[tuple[int, int]] = []

    def fetch(self, start: int, stop: int) -> bytes:
        self.asked.append((start, stop))
        return self.content[start:stop]

    @property
    def file(self) -> RangeFile:
        return RangeFile(self.fetch, len(self.content))


def test_any_reads_give_what_the_file_holds() -> None:
    chance, file, plain = random.Random(2), Server(CONTENT).file, io.BytesIO(CONTENT)
    for _ in range(200):
        place, size = chance.randrange(len(CONTENT) + 10), chance.randrange(200_000)
        assert file.seek(place) == plain.seek(place)
        assert file.read(size) == plain.read(size)
        assert file.tell() == plain.tell()


def test_the_end_comes_with_one_request() -> None:
    server = Server(CONTENT)
    file = server.file
    file.seek(-65_000, os.SEEK_END)
    file.read()
    file.seek(-100_000, os.SEEK_END)
    file.read(10)
    assert server.asked == [(len(CONTENT) - END_BYTES, len(CONTENT))]


def test_a_small_file_comes_as_a_whole() -> None:
    server = Server(b"abc")
    file = server.file
    assert (file.read(), file.read(), file.seek(0), file.read(1)) == (b"abc", b"", 0, b"a")
    assert server.asked == [(0, 3)]


def test_a_reader_in_small_steps_makes_few_requests() -> None:
    server = Server(CONTENT)
    file = server.file
    while file.read(1000):
        pass
    assert server.asked[0] == (0, LEAST_BYTES)
    assert len(server.asked) <= 6


def test_nothing_is_fetched_twice() -> None:
    server = Server(CONTENT)
    file = server.file
    file.seek(500_000)
    file.read(10)
    file.seek(0)
    assert file.read() == CONTENT
    assert sum(stop - start for start, stop in server.asked) == len(CONTENT)


def test_what_a_server_sends_that_knows_no_ranges_is_fetched_once() -> None:
    asked = []

    def whole(start: int, stop: int) -> bytes:
        asked.append((start, stop))
        return CONTENT

    file = RangeFile(whole, len(CONTENT))
    file.seek(-10, os.SEEK_END)
    assert file.read() == CONTENT[-10:]
    file.seek(0)
    assert file.read() == CONTENT
    assert len(asked) == 1


def test_a_file_that_became_shorter_is_an_error() -> None:
    server = Server(CONTENT)
    file = server.file
    server.content = CONTENT[:10]
    with pytest.raises(OSError, match="were asked for, and 10 came"):
        file.read()


def test_a_place_before_the_beginning_is_an_error() -> None:
    for error in (ValueError, OSError):
        with pytest.raises(error, match="negative seek value -1"):
            Server(b"abc").file.seek(-4, os.SEEK_END)


def test_a_member_of_an_archive_is_read_without_the_others() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("samples/1.json", CONTENT)
        archive.writestr("header.json", b"{}")
    server = Server(buffer.getvalue())
    with zipfile.ZipFile(server.file) as opened:
        assert opened.read("header.json") == b"{}"
    assert len(server.asked) == 1
