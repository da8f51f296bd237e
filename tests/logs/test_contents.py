"""What a process knows of contents behind URLs, with fetches that are counted."""

from __future__ import annotations

import pytest

from vizspec.logs.contents import Contents, Version

URL = "s3://logs/a.eval"
FIRST, SECOND = Version(10, "etag-1"), Version(12, "etag-2")


class Server:
    """Gives a content, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def fetch(self) -> bytes:
        self.asked += 1
        return b"0123456789"


def test_the_end_of_a_content_is_fetched_once_though_header_and_samples_want_it() -> None:
    contents, server = Contents(), Server()
    contents.listed(URL, FIRST)
    assert [contents.read(URL, FIRST, 0, 10, server.fetch) for _ in range(3)] == [b"0123456789"] * 3
    assert server.asked == 1
    assert contents.is_of_one_answer(URL)


def test_what_came_in_several_answers_may_be_of_two_versions() -> None:
    contents, server = Contents(), Server()
    contents.listed(URL, FIRST)
    contents.read(URL, FIRST, 5, 10, server.fetch)
    contents.read(URL, FIRST, 0, 5, server.fetch)
    assert not contents.is_of_one_answer(URL)
    contents.listed(URL, FIRST)
    assert contents.is_of_one_answer(URL)


def test_the_end_of_another_version_is_fetched_anew() -> None:
    contents, server = Contents(), Server()
    contents.listed(URL, FIRST)
    contents.read(URL, FIRST, 0, 10, server.fetch)
    contents.listed(URL, Version(10, "etag-2"))
    contents.read(URL, Version(10, "etag-2"), 0, 10, server.fetch)
    assert server.asked == 2


@pytest.mark.parametrize("version", [Version(10, None), Version(20, "etag")])
def test_nothing_is_kept_of_a_content_without_a_mark_or_that_came_short(version: Version) -> None:
    contents, server = Contents(), Server()
    assert version.size is not None
    for _ in range(2):
        contents.read(URL, version, 0, version.size, server.fetch)
    assert server.asked == 2


def test_no_more_is_kept_than_there_is_room_for() -> None:
    contents, server = Contents(most_kept=15), Server()
    urls = [f"s3://logs/{name}.eval" for name in "ab"]
    for url in urls * 2:
        contents.read(url, FIRST, 0, 10, server.fetch)
    assert server.asked == 3


def test_nobody_knows_what_others_read_or_what_was_not_listed() -> None:
    contents = Contents()
    assert not contents.is_of_one_answer(URL)
    contents.listed(URL, SECOND)
    contents.read_otherwise([URL])
    assert not contents.is_of_one_answer(URL)
