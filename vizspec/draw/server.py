"""A web server on the loopback interface that hands out bytes held in memory, to whoever knows its token."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from vizspec.errors import UserError


@dataclass(frozen=True)
class Content:
    """What one path answers with."""

    media_type: str
    body: bytes


@contextmanager
def serve(contents: Mapping[str, Content], address: tuple[str, int] = ("127.0.0.1", 0)) -> Iterator[str]:
    """Serves the contents by path while the context lasts and yields the address they are below.

    Every path begins with a random token, so that other users of the machine read nothing. Port 0 is any
    free one. Raises `UserError` where the address cannot be had.
    """
    token = secrets.token_urlsafe(16)
    pages = {f"/{token}/{path}": content for path, content in contents.items()}
    try:
        server = ThreadingHTTPServer(address, _handler(pages))
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


def _handler(pages: Mapping[str, Content]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is the base class's
            content = pages.get(self.path)
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", content.media_type)
            self.send_header("Content-Length", str(len(content.body)))
            self.end_headers()
            self.wfile.write(content.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's argument
            """Says nothing: requests are no news to the user."""

    return Handler
