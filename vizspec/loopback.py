"""Web servers on the loopback interface that answer only those who know their token."""

from __future__ import annotations

import logging
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from vizspec.errors import UserError

logger = logging.getLogger(__name__)

IDLE_SECONDS = 600
"""A connection that says nothing for so long is closed; a browser opens another one."""


class TokenServer(ThreadingHTTPServer):
    """A server whose every path begins with a random token, so that other users of the machine read nothing.

    Port 0 is any free one.

    Raises:
        UserError: the address cannot be had; its hint is the one given.
    """

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[TokenHandler], hint: str) -> None:
        self.root = f"/{secrets.token_urlsafe(16)}/"
        try:
            super().__init__(address, handler)
        except OSError as error:
            host, port = address
            message = f"no server could be started on {host}:{port}: {error.strerror or error}"
            raise UserError(message, hint) from error

    @contextmanager
    def running(self) -> Iterator[str]:
        """Answers while the context lasts; yields the address, with the token."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{self.server_address[0]!s}:{self.server_address[1]}{self.root}"
        finally:
            self.shutdown()
            self.server_close()
            thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a client that did not wait for its answer."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            logger.warning("a request to the loopback server failed", exc_info=True)


class TokenHandler(BaseHTTPRequestHandler):
    """The base of what answers a request to a `TokenServer`."""

    server: TokenServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def below_token(self, path: str) -> str | None:
        """The rest of the path behind the token; None without the token."""
        root = self.server.root
        return path.removeprefix(root) if path.startswith(root) else None

    def begin(self, status: int, headers: dict[str, str]) -> None:
        """Begins an answer whose content follows."""
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()

    def send(
        self, status: int, media_type: str, content: bytes, headers: dict[str, str] | None = None
    ) -> None:
        """Answers with the content; to HEAD, with its headers alone."""
        described = {"Content-Type": media_type, "Content-Length": str(len(content))}
        self.begin(status, {**described, **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(content)

    def refuse(self, status: int) -> None:
        """What was sent is left unread, so the connection is of no further use."""
        self.close_connection = True
        self.send_error(status)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's argument
        """Says nothing: requests are no news to the user."""
