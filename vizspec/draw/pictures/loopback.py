"""A web server on the loopback interface that hands out bytes held in memory, and answers questions, to
whoever knows its token.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from vizspec.errors import UserError

logger = logging.getLogger(__name__)

LONGEST_QUESTION_BYTES = 16 * 1024 * 1024
IDLE_SECONDS = 600
"""A connection that says nothing for so long is closed; a browser opens another one."""


@dataclass(frozen=True)
class Content:
    """What one path answers with."""

    media_type: str
    body: bytes


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer."""

    message: str


Answer = Callable[[bytes], bytes | Refusal]
"""Takes the body that was sent, and returns the body to answer with."""


@contextmanager
def serve(
    contents: Mapping[str, Content],
    answers: Mapping[str, Answer] | None = None,
    address: tuple[str, int] = ("127.0.0.1", 0),
) -> Iterator[str]:
    """Serves the contents by path while the context lasts and yields the address they are below.

    What is posted to a path of `answers` is answered; a refusal is told as text with status 500.
    Every path begins with a random token, so that other users of the machine read nothing. Port 0 is any free
    one. Raises `UserError` where the address cannot be had.
    """
    token = secrets.token_urlsafe(16)
    try:
        server = _Server(address, f"/{token}/", contents, answers or {})
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
    def __init__(
        self,
        address: tuple[str, int],
        root: str,
        contents: Mapping[str, Content],
        answers: Mapping[str, Answer],
    ) -> None:
        super().__init__(address, _Handler)
        self.root = root
        self.contents = contents
        self.answers = answers

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a client that did not wait for its answer: a browser's loss is told elsewhere."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            logger.warning("a request to the loopback server failed", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:  # the name is the base class's
        path = self._below_token()
        content = self.server.contents.get(path) if path is not None else None
        if content is None:
            self._refuse(404)
        else:
            self._send(200, content)

    def do_POST(self) -> None:  # the name is the base class's
        """Nothing is read of those who do not know the token."""
        path = self._below_token()
        answer = self.server.answers.get(path) if path is not None else None
        length = self.headers["Content-Length"] or ""
        if answer is None:
            self._refuse(404)
        elif not (length.isascii() and length.isdigit()) or int(length) > LONGEST_QUESTION_BYTES:
            self._refuse(413)
        else:
            self._tell(answer(self.rfile.read(int(length))))

    def _below_token(self) -> str | None:
        """The path below the token; None without the token."""
        root = self.server.root
        return self.path.removeprefix(root) if self.path.startswith(root) else None

    def _tell(self, answer: bytes | Refusal) -> None:
        if isinstance(answer, Refusal):
            self._send(500, Content("text/plain; charset=utf-8", answer.message.encode()))
        else:
            self._send(200, Content("application/octet-stream", answer))

    def _refuse(self, status: int) -> None:
        """What was sent is left unread, so the connection is of no further use."""
        self.close_connection = True
        self.send_error(status)

    def _send(self, status: int, content: Content) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content.media_type)
        self.send_header("Content-Length", str(len(content.body)))
        self.end_headers()
        self.wfile.write(content.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's argument
        """Says nothing: requests are no news to the user."""
