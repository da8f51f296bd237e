"""A web server on the loopback interface that hands out bytes held in memory, and answers questions, to
whoever knows its token.
"""

from __future__ import annotations

import secrets
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from vizspec.errors import UserError


@dataclass(frozen=True)
class Content:
    """What one path answers with."""

    media_type: str
    body: bytes


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer."""

    message: str


Answer = Callable[[str, bytes], bytes | Refusal]
"""Takes the rest of the path and the body that were sent, and returns the body to answer with."""


@contextmanager
def serve(
    contents: Mapping[str, Content],
    answers: Mapping[str, Answer] | None = None,
    address: tuple[str, int] = ("127.0.0.1", 0),
) -> Iterator[str]:
    """Serves the contents by path while the context lasts and yields the address they are below.

    What is posted is answered by the first step of its path; a refusal is told as text with status 500.
    Every path begins with a random token, so that other users of the machine read nothing. Port 0 is any free
    one. Raises `UserError` where the address cannot be had.
    """
    token = secrets.token_urlsafe(16)
    try:
        server = _Server(address, _handler(f"/{token}/", contents, answers or {}))
    except OSError as error:
        raise UserError(
            f"no loopback server could be started on {address[0]}:{address[1]}: {error.strerror}",
            "pictures need one; pages do not: set `formats: [html]`",
        ) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{server.server_address[0]!s}:{server.server_address[1]}/{token}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a browser that did not wait for its answer: that is told where it is noticed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(
    root: str, contents: Mapping[str, Content], answers: Mapping[str, Answer]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:  # the name is the base class's
            content = contents.get(self._path())
            if content is None:
                self.send_error(404)
            else:
                self._send(200, content)

        def do_POST(self) -> None:  # the name is the base class's
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            name, _, rest = self._path().partition("/")
            if name not in answers:
                self.send_error(404)
                return
            answer = answers[name](rest, body)
            if isinstance(answer, Refusal):
                self._send(500, Content("text/plain; charset=utf-8", answer.message.encode()))
            else:
                self._send(200, Content("application/octet-stream", answer))

        def _path(self) -> str:
            """The path below the token; one that no content has where the token is not the right one."""
            return self.path.removeprefix(root) if self.path.startswith(root) else self.path

        def _send(self, status: int, content: Content) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content.media_type)
            self.send_header("Content-Length", str(len(content.body)))
            self.end_headers()
            self.wfile.write(content.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's argument
            """Says nothing: requests are no news to the user."""

    return Handler
