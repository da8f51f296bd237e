"""A web server on the loopback interface that hands out bytes held in memory, and answers questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from vizspec.loopback import TokenHandler, TokenServer

LONGEST_QUESTION_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Content:
    """What one path answers with."""

    media_type: str
    body: bytes


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer."""

    message: str


Answerer = Callable[[bytes], bytes | Refusal]
"""Takes the body that was sent, and returns the body to answer with."""


@contextmanager
def serve(
    contents: Mapping[str, Content],
    answers: Mapping[str, Answerer] | None = None,
    address: tuple[str, int] = ("127.0.0.1", 0),
) -> Iterator[str]:
    """Serves the contents by path while the context lasts and yields the address they are below.

    What is posted to a path of `answers` is answered; a refusal is told as text with status 500.

    Raises:
        UserError: the address cannot be had.
    """
    with _MemoryServer(address, contents, answers or {}).running() as below:
        yield below


class _MemoryServer(TokenServer):
    def __init__(
        self, address: tuple[str, int], contents: Mapping[str, Content], answers: Mapping[str, Answerer]
    ) -> None:
        super().__init__(address, _MemoryHandler, "pictures need one; pages do not: set `formats: [html]`")
        self.contents = contents
        self.answers = answers


class _MemoryHandler(TokenHandler):
    server: _MemoryServer

    def do_GET(self) -> None:  # noqa: N802  # the base class's name
        path = self.below_token(self.path)
        content = self.server.contents.get(path) if path is not None else None
        if content is None:
            self.refuse(404)
        else:
            self.send(200, content.media_type, content.body)

    def do_POST(self) -> None:  # noqa: N802  # the base class's name
        """Nothing is read of those who do not know the token."""
        path = self.below_token(self.path)
        answer = self.server.answers.get(path) if path is not None else None
        length = self.headers["Content-Length"] or ""
        if answer is None:
            self.refuse(404)
        elif not (length.isascii() and length.isdigit()) or int(length) > LONGEST_QUESTION_BYTES:
            self.refuse(413)
        else:
            self._tell(answer(self.rfile.read(int(length))))

    def _tell(self, answer: bytes | Refusal) -> None:
        if isinstance(answer, Refusal):
            self.send(500, "text/plain; charset=utf-8", answer.message.encode())
        else:
            self.send(200, "application/octet-stream", answer)
