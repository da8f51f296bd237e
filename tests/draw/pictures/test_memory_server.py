"""The loopback server: only those who know the token read, and only what is handed out."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.request

import pytest

from vizspec.draw.pictures.memory_server import Content, Refusal, serve
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


def _raw(address: str, request: str) -> bytes:
    """What the server answers to these very bytes."""
    host, port = address.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=60) as client:
        client.sendall(request.encode())
        answer = b""
        while part := client.recv(4096):
            answer += part
            if b"\r\n\r\n" in answer:
                break
    return answer


def test_what_is_posted_is_answered() -> None:
    answers = {"echo": lambda body: b"heard " + body}
    with serve({}, answers) as address, OPEN(address + "echo", data=b"hello") as answer:
        assert answer.read() == b"heard hello"


def test_a_refusal_is_told_as_text() -> None:
    with serve({}, {"ask": lambda body: Refusal("no such <table>")}) as address:
        with pytest.raises(urllib.error.HTTPError) as caught:
            OPEN(address + "ask", data=b"")
        assert (caught.value.code, caught.value.read()) == (500, b"no such <table>")
        caught.value.close()


@pytest.mark.parametrize("path", ["ask", "/ask", "/wrong-token/ask", "page", "/page", "//ask"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_without_the_token_nothing_is_told_asked_or_even_read(path: str, verb: str) -> None:
    asked: list[bytes] = []

    def ask(body: bytes) -> bytes:
        asked.append(body)
        return b"secret"

    with serve({"page": Content("text/html", b"secret")}, {"ask": ask}) as address:
        # The body never comes: who waits for it hangs.
        answer = _raw(address, f"{verb} {path} HTTP/1.1\r\nContent-Length: 400000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"secret" not in answer
    assert asked == []


@pytest.mark.parametrize("length", ["abc", "-1", "99999999999", "", "²"])
def test_a_question_without_a_sensible_length_is_refused(
    length: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with serve({}, {"ask": lambda body: body}) as address:
        path = address.split("/", 3)[3]
        answer = _raw(address, f"POST /{path}ask HTTP/1.1\r\nContent-Length: {length}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert capfd.readouterr().err == ""


def test_an_error_of_an_answer_is_logged_and_not_shown(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(body: bytes) -> bytes:
        raise LookupError("a bug")

    with (
        serve({}, {"ask": fail}) as address,
        pytest.raises((http.client.RemoteDisconnected, ConnectionError, urllib.error.URLError)),
    ):
        OPEN(address + "ask", data=b"")
    assert "a bug" in caplog.text
    assert "Traceback" not in capfd.readouterr().out


def test_a_browser_that_goes_away_before_its_answer_is_no_news(capfd: pytest.CaptureFixture[str]) -> None:
    gone = threading.Event()

    def slow(body: bytes) -> bytes:
        gone.wait(5.0)
        return b"x" * 10_000_000

    with serve({}, {"slow": slow}) as address:
        host, port = address.split("/")[2].split(":")
        path = address.split("/", 3)[3]
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"POST /{path}slow HTTP/1.1\r\nContent-Length: 0\r\n\r\n".encode())
        gone.set()
        assert _status(address + "nothing") == 404
    assert capfd.readouterr().err == ""
