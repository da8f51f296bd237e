"""The loopback server: only those who know the token read, and only what is handed out."""

from __future__ import annotations

import socket
import threading
import urllib.error
import urllib.request

import pytest

from vizspec.draw.server import Content, Refusal, serve
from vizspec.errors import UserError

# A proxy set in the environment would be asked for the loopback address.
OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def _status(address: str) -> int:
    with pytest.raises(urllib.error.HTTPError) as caught:
        OPEN(address)
    caught.value.close()
    return caught.value.code


def test_a_path_answers_with_its_bytes_and_type() -> None:
    with serve({"": Content("text/html", b"page"), "wasm": Content("application/x", b"\0")}) as address:
        with OPEN(address) as answer:
            assert (answer.read(), answer.headers["Content-Type"]) == (b"page", "text/html")
        with OPEN(address + "wasm") as answer:
            assert answer.read() == b"\0"


def test_without_the_token_nothing_is_read() -> None:
    with serve({"": Content("text/html", b"page")}) as address:
        root = address.split("/", 3)
        assert _status("/".join(root[:3]) + "/") == 404
        assert _status(address + "other") == 404


def test_every_server_has_a_token_of_its_own() -> None:
    with serve({}) as one, serve({}) as other:
        assert one.split("/")[3] != other.split("/")[3]


def test_a_port_in_use_is_told_with_what_helps() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(UserError, match=f"127.0.0.1:{port}") as caught,
            serve({}, address=("127.0.0.1", port)),
        ):
            pass
    assert caught.value.hint is not None
    assert "formats: [html]" in caught.value.hint


def test_after_its_context_the_server_is_gone() -> None:
    with serve({"": Content("text/html", b"page")}) as address:
        pass
    with pytest.raises(urllib.error.URLError):
        OPEN(address)


def test_what_is_posted_is_answered_by_the_first_step_of_its_path() -> None:
    def echo(rest: str, body: bytes) -> bytes:
        return f"{rest}: {body.decode()}".encode()

    with serve({}, {"echo": echo}) as address, OPEN(address + "echo/a/b", data=b"hello") as answer:
        assert answer.read() == b"a/b: hello"


def test_a_refusal_is_told_as_text() -> None:
    with serve({}, {"ask": lambda rest, body: Refusal("no such <table>")}) as address:
        with pytest.raises(urllib.error.HTTPError) as caught:
            OPEN(address + "ask", data=b"")
        assert (caught.value.code, caught.value.read()) == (500, b"no such <table>")
        caught.value.close()


def test_without_the_token_nothing_is_answered() -> None:
    asked = []
    with serve({}, {"ask": lambda rest, body: asked.append(body) or b""}) as address:
        root = "/".join(address.split("/")[:3])
        for path in ("/ask", "/wrong-token/ask"):
            with pytest.raises(urllib.error.HTTPError, match="404") as caught:
                OPEN(root + path, data=b"secret")
            caught.value.close()
    assert asked == []


def test_a_browser_that_goes_away_before_its_answer_is_no_news(capfd: pytest.CaptureFixture[str]) -> None:
    gone = threading.Event()

    def slow(rest: str, body: bytes) -> bytes:
        gone.wait(5.0)
        return b"x" * 10_000_000

    with serve({}, {"slow": slow}) as address:
        host, port = address.split("/")[2].split(":")
        path = address.split("/", 3)[3]
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"POST /{path}slow HTTP/1.1\r\nContent-Length: 0\r\n\r\n".encode())
        gone.set()
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            OPEN(address + "nothing")
        caught.value.close()
    assert capfd.readouterr().err == ""
