"""The preview's web server on the loopback interface: the files of one folder, and events, for who knows its
token.
"""

from __future__ import annotations

import json
import logging
import mimetypes
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from vizspec.errors import UserError
from vizspec.preview.board import Board, state_as_json

logger = logging.getLogger(__name__)

SHELL = Path(__file__).parent / "shell"
SHELL_FILES = {"": "shell.html", "shell.js": "shell.js"}
POLICY = (
    "default-src 'none'; img-src data:; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page around the index may do; the index has a policy of its own."""
OUTPUT = "output/"
"""Below which path the files of the folder stand."""
HASHED = "assets/"
"""Files there are named by what they hold."""
KEEP_ALIVE_SECONDS = 10.0
"""So often a client is written to, so that one that is gone is noticed."""
IDLE_SECONDS = 600


@contextmanager
def serve(folder: Path, board: Board, port: int = 0) -> Iterator[str]:
    """Serves the folder and the board's events while the context lasts; yields the address.

    Nothing is answered but GET and HEAD, with the token in the path and the server's own name as host, and
    no file outside of the folder. Port 0 is any free one.

    Raises:
        UserError: the port cannot be had.
    """
    token = secrets.token_urlsafe(16)
    try:
        server = _Server(("127.0.0.1", port), folder, board, f"/{token}/")
    except OSError as error:
        raise UserError(
            f"no server could be started on 127.0.0.1:{port}: {error.strerror or error}",
            "name another port with --port, or none for any that is free",
        ) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/{token}/"
    finally:
        board.close()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], folder: Path, board: Board, root: str) -> None:
        super().__init__(address, _Handler)
        self.folder = folder.resolve()
        self.board = board
        self.root = root
        own = self.server_address[1]
        self.hosts = {f"127.0.0.1:{own}", f"localhost:{own}"}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a client that went away."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            logger.warning("a request to the preview failed", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:  # the name is the base class's
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse(403)
            return
        path = _path_of(self.path)
        if not path.startswith(self.server.root):
            self._refuse(404)
            return
        name = unquote(path.removeprefix(self.server.root))
        if name == "events":
            self._send_events()
        elif name in SHELL_FILES:
            content = (SHELL / SHELL_FILES[name]).read_bytes()
            self._send(SHELL_FILES[name], content, {"Content-Security-Policy": POLICY})
        else:
            self._send_file(name)

    do_HEAD = do_GET  # noqa: N815  # the base class's name

    def _send_file(self, name: str) -> None:
        inner = name.removeprefix(OUTPUT)
        file = _file_in(self.server.folder, inner) if name.startswith(OUTPUT) else None
        if file is None:
            self._refuse(404)
            return
        keep = "private, max-age=31536000, immutable" if inner.startswith(HASHED) else "no-store"
        self._send(file.name, file.read_bytes(), {"Cache-Control": keep})

    def _send(self, name: str, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", _media_type(name))
        self.send_header("Content-Length", str(len(content)))
        self._protect()
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_events(self) -> None:
        """Every state from now on, until the client is gone or the preview ends."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self._protect()
        self.end_headers()
        board, version = self.server.board, -1
        while self.command != "HEAD" and not board.is_closed:
            state = board.newer(version, KEEP_ALIVE_SECONDS)
            text = ": \n\n" if state is None else f"data: {json.dumps(state_as_json(state))}\n\n"
            version = version if state is None else state.version
            self.wfile.write(text.encode())
            self.wfile.flush()

    def _protect(self) -> None:
        """No other site may read this, and no address of it, with the token in it, is told to one."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self.send_error(status)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's argument
        """Says nothing: requests are no news to the user."""


def _path_of(address: str) -> str:
    """The path of an address; of one that is none, nothing."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _file_in(folder: Path, name: str) -> Path | None:
    """The file of this name inside the folder, wherever links lead; None where there is none."""
    if "\0" in name or "\\" in name:
        return None
    try:
        file = (folder / name).resolve()
        return file if file.is_relative_to(folder) and file.is_file() else None
    except (OSError, ValueError):  # longer than a name may be, or no name at all
        return None


def _media_type(name: str) -> str:
    known = {".js": "text/javascript", ".md": "text/plain", ".csv": "text/csv", ".json": "application/json"}
    kind = known.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind == "application/json"
    return f"{kind}; charset=utf-8" if is_text else kind
