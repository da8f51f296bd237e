"""The preview's web server on the loopback interface: the files of one folder, and events, for who knows its
token.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from vizspec.loopback import TokenHandler, TokenServer
from vizspec.preview.board import Board, state_as_json

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
PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""No other site may read an answer, and no address of it, with the token in it, is told to one."""


@contextmanager
def serve(folder: Path, board: Board, port: int = 0) -> Iterator[str]:
    """Serves the folder and the board's events while the context lasts; yields the address.

    Nothing is answered but GET and HEAD, with the token in the path and the server's own name as host, and
    no file outside of the folder. Port 0 is any free one.

    Raises:
        UserError: the port cannot be had.
    """
    with _PreviewServer(folder, board, port).running() as address:
        try:
            yield address
        finally:
            board.close()


class _PreviewServer(TokenServer):
    def __init__(self, folder: Path, board: Board, port: int) -> None:
        hint = "name another port with --port, or none for any that is free"
        super().__init__(("127.0.0.1", port), _PreviewHandler, hint)
        self.folder = folder.resolve()
        self.board = board
        own = self.server_address[1]
        self.hosts = {f"127.0.0.1:{own}", f"localhost:{own}"}


class _PreviewHandler(TokenHandler):
    server: _PreviewServer

    def do_GET(self) -> None:  # noqa: N802  # the base class's name
        if self.headers.get("Host") not in self.server.hosts:
            self.refuse(403)
            return
        below = self.below_token(_path_of(self.path))
        if below is None:
            self.refuse(404)
            return
        name = unquote(below)
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
            self.refuse(404)
            return
        keep = "private, max-age=31536000, immutable" if inner.startswith(HASHED) else "no-store"
        self._send(file.name, file.read_bytes(), {"Cache-Control": keep})

    def _send(self, name: str, content: bytes, headers: dict[str, str]) -> None:
        self.send(200, _media_type(name), content, {**PROTECTION, **headers})

    def _send_events(self) -> None:
        """Every state from now on, until the client is gone or the preview ends."""
        self.close_connection = True
        self.begin(200, {"Content-Type": "text/event-stream", "Cache-Control": "no-store", **PROTECTION})
        board, version = self.server.board, -1
        while self.command != "HEAD" and not board.is_closed:
            state = board.newer(version, KEEP_ALIVE_SECONDS)
            text = ": \n\n" if state is None else f"data: {json.dumps(state_as_json(state))}\n\n"
            version = version if state is None else state.version
            self.wfile.write(text.encode())
            self.wfile.flush()


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
