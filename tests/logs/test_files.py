"""Files by path or address: what is read of them, and what tells one content from another."""

from __future__ import annotations

import errno
import io
from typing import Any, ClassVar

import pytest
from fsspec import filesystem, register_implementation

from tests.logs.stores import Store
from vizspec.logs.contents import CONTENTS, Version
from vizspec.logs.files import asked, content_key, described, file_errors, mark_of, open_file


def test_an_address_is_opened_as_bytes() -> None:
    filesystem("memory").pipe("/opened/notes.txt", b"some notes")
    with open_file("memory://opened/notes.txt") as file:
        assert file.read() == b"some notes"
    with pytest.raises(file_errors()):
        open_file("memory://opened/gone.eval")


class Web(Store):
    """A web server: its listings tell names, and each answer what `told` has."""

    protocol = "web"
    told: ClassVar[dict[str, Any]] = {}
    asked = 0

    def info(self, path: str, **kwargs: object) -> dict[str, object]:
        type(self).asked += 1
        return {"name": path, "type": "file", **self.told}

    def _open(self, path: str, mode: str = "rb", **kwargs: object) -> io.BytesIO:
        return Stream(b"some notes")


class Stream(io.BytesIO):
    """What is sent as it comes, a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(3)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        raise ValueError("Cannot seek streaming HTTP file")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> type[Web]:
    register_implementation("web", Web, clobber=True)
    monkeypatch.setattr(Web, "asked", 0)
    return Web


def test_a_server_that_tells_when_a_file_was_written_tells_its_contents_apart(web: type[Web]) -> None:
    marks, keys = [], []
    for hour in (10, 10, 11):
        web.told = {"size": 4, "Last-Modified": f"Thu, 29 Jan 2026 {hour}:00:00 GMT"}
        marks.append(mark_of("web://host/a.eval"))
        keys.append(content_key("web://host/a.eval"))
    assert marks[0] == marks[1] != marks[2]
    assert keys[0] == keys[1] != keys[2]


def test_what_a_listing_of_names_does_not_tell_is_asked_once(web: type[Web]) -> None:
    web.told = {"size": 4, "ETag": "first"}
    CONTENTS.listed("web://host/listed.eval", Version(None, None))
    assert content_key("web://host/listed.eval") == content_key("web://host/listed.eval") is not None
    assert web.asked == 1


def test_a_file_whose_size_nobody_tells_can_be_read_from_any_place(web: type[Web]) -> None:
    web.told = {"size": None}
    with open_file("web://host/a.eval") as file:
        file.seek(5)
        assert file.read() == b"notes"


def test_a_file_whose_size_nobody_tells_is_read_up_to_the_limit(
    web: type[Web], monkeypatch: pytest.MonkeyPatch
) -> None:
    web.told = {"size": None}
    monkeypatch.setenv("VIZSPEC_MAX_FILE_MB", "1")
    monkeypatch.setattr(Web, "_open", lambda *_, **__: io.BytesIO(bytes(2_000_000)))
    with pytest.raises(OSError, match="it is larger than 1 MB"):
        open_file("web://host/a.eval")


class Answer(Exception):
    """What a server of the web says instead of an answer."""

    def __init__(self, status: int) -> None:
        self.status = status


def refusal(status: int) -> OSError:
    """As fsspec's HTTP tells every failure."""
    error = FileNotFoundError("http://host/a.eval")
    error.__cause__ = Answer(status)
    return error


def test_a_server_that_is_busy_is_asked_again() -> None:
    refusals = iter([refusal(503), OSError(errno.EBUSY, "Please reduce your request rate")])

    def question() -> str:
        for one in refusals:
            raise one
        return "content"

    assert asked(question) == "content"


def test_an_answer_that_did_not_come_is_told_in_words() -> None:
    assert described(TimeoutError()) == "no answer came in time"
    assert described(TimeoutError("Timeout on reading data")) == "TimeoutError: Timeout on reading data"


def test_a_server_that_refuses_is_not_asked_again() -> None:
    times = []

    def question() -> None:
        times.append(1)
        raise refusal(403)

    with pytest.raises(FileNotFoundError):
        asked(question)
    assert len(times) == 1
