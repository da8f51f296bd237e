"""The preview's server: one folder and events, for who knows the token, and nothing else."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from vizspec.errors import UserError
from vizspec.preview.board import Board
from vizspec.preview.server import serve


class Served(NamedTuple):
    """A server on a folder with an index, and a secret beside the folder."""

    port: int
    root: str
    board: Board
    folder: Path

    def ask(self, path: str, host: str | None = None, method: str = "GET") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        found = (answer.status, answer.read())
        connection.close()
        return found


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "output"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("the index")
    (folder / "assets" / "runtime.js").write_text("the runtime")
    (tmp_path / "secret").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    board = Board()
    with serve(folder, board) as address:
        parts = urlsplit(address)
        assert parts.port is not None
        yield Served(parts.port, parts.path, board, folder)


def test_the_folder_is_served_below_the_token(served: Served) -> None:
    assert served.ask(f"{served.root}output/index.html") == (200, b"the index")
    assert served.ask(f"{served.root}output/index.html?task=a", f"localhost:{served.port}")[0] == 200
    assert served.ask(f"{served.root}output/index.html", method="HEAD") == (200, b"")
    assert b"shell.js" in served.ask(served.root)[1]


OUTSIDE = [
    *("output/../secret", "output/%2e%2e/secret", "output/..%2fsecret", "output/link", "output//etc/passwd"),
    *("secret", "output/", "output/assets", "output/%00", "output/..\\secret", "shell.html", "server.py"),
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_of_the_folder_is_served(served: Served, path: str) -> None:
    assert served.ask(f"{served.root}{path}")[0] == 404


@pytest.mark.parametrize("path", ["http://[", "output/" + "a" * 5000])
def test_what_is_no_path_is_not_found(served: Served, path: str, caplog: pytest.LogCaptureFixture) -> None:
    assert served.ask(path if "://" in path else f"{served.root}{path}")[0] == 404
    assert caplog.text == ""


def test_without_the_token_or_under_another_name_nothing_is_told(served: Served) -> None:
    assert served.ask("/")[0] == 404
    assert served.ask("/wrong-token/output/index.html")[0] == 404
    assert served.ask(f"{served.root}output/index.html", "attacker.example")[0] == 403
    assert served.ask(f"{served.root}output/index.html", f"attacker.example:{served.port}")[0] == 403
    assert served.ask(f"{served.root}output/index.html", method="POST")[0] == 501


class Client:
    """A reader of events, as a browser is one."""

    def __init__(self, served: Served) -> None:
        self.socket = socket.create_connection(("127.0.0.1", served.port), timeout=60)
        request = f"GET {served.root}events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n"
        self.socket.sendall(request.encode())
        self.lines = self.socket.makefile("r", encoding="utf-8")

    def next_page(self) -> int:
        line = next(line for line in self.lines if line.startswith("data: "))
        page: int = json.loads(line.removeprefix("data: "))["page"]
        return page


def test_every_client_is_told_of_each_page_and_one_that_is_killed_disturbs_nobody(served: Served) -> None:
    first, second = Client(served), Client(served)
    assert (first.next_page(), second.next_page()) == (0, 0)
    served.board.made()
    assert (first.next_page(), second.next_page()) == (1, 1)
    first.lines.close()
    first.socket.close()
    served.board.made()
    served.board.made()
    assert second.next_page() in (2, 3)
    second.socket.close()


def test_a_port_that_is_taken_is_a_message(served: Served) -> None:
    taken = serve(served.folder, Board(), served.port)
    with pytest.raises(UserError, match="no server could be started"), taken:
        pass


def test_after_the_end_nobody_answers(tmp_path: Path) -> None:
    board = Board()
    with serve(tmp_path, board) as address:
        port = urlsplit(address).port
    assert board.is_closed
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port or 0), timeout=60)
