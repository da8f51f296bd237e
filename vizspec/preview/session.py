"""One preview: a page is made, its sources are waited for, and it is made again, until the user ends it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from vizspec.errors import Problems, UserError
from vizspec.experiment.load import EXPERIMENT_FILE
from vizspec.preview.board import Board, sentences_of
from vizspec.preview.last_facts import LastFacts
from vizspec.preview.server import serve
from vizspec.preview.watch import NamedStamp, Sources, sources_of, stamps, wait_for_change
from vizspec.render.canvas import BrowserCanvas
from vizspec.render.pipeline import render
from vizspec.render.result import Options
from vizspec.spec.model import OutputSpec
from vizspec.spec.open import Opened, open_spec, spec_file

PAGES_ALONE: tuple[Literal["html"]] = ("html",)
"""The formats of a preview: pictures are for files, and take a browser of their own."""


class Session(NamedTuple):
    """A preview that is served: its address, its board, and the folder with its pages."""

    address: str
    board: Board
    folder: Path


@contextmanager
def served(port: int = 0) -> Iterator[Session]:
    """A preview with nothing on it yet; its folder is of its own, and goes with it."""
    board = Board()
    with (
        tempfile.TemporaryDirectory(prefix="vizspec-preview-") as folder,
        serve(Path(folder), board, port) as address,
    ):
        yield Session(address, board, Path(folder))


def keep_up(
    path: Path,
    session: Session,
    options: Options,
    wait: Callable[[Sources, frozenset[NamedStamp]], None] = wait_for_change,
) -> None:
    """Make the page of the spec at `path`, and again whenever its sources have changed; never returns.

    Raises:
        UserError: there is no such spec.
        KeyboardInterrupt: the user ends it.
    """
    sources = _at_first(path)
    canvas = BrowserCanvas(OutputSpec(formats=PAGES_ALONE))  # what pages share is read once
    facts_of = LastFacts()
    options = replace(options, out=session.folder, index_alone=True)
    while True:
        before = stamps(sources)
        session.board.busy()
        try:
            opened = open_spec(path, is_trusted=options.is_trusted)
            found = sources_of(opened)
            if found != sources:
                sources, before = found, stamps(found)
            rendered = render(_as_pages(opened), options, canvas=canvas, facts_of=facts_of)
        except Problems as error:
            session.board.failed(sentences_of(error.problems))
        except UserError as error:
            session.board.failed((f"{error.message}\n    {error.hint}" if error.hint else error.message,))
        else:
            session.board.made(rendered.errors)
        wait(sources, before)


def _at_first(path: Path) -> Sources:
    """What is watched while the spec cannot be read yet."""
    file = spec_file(path).absolute()
    return Sources((file, file.with_name(EXPERIMENT_FILE)))


def _as_pages(opened: Opened) -> Opened:
    """The spec with pages alone as its outputs."""
    output = opened.spec.output.model_copy(update={"formats": PAGES_ALONE, "html": "linked"})
    return replace(opened, spec=opened.spec.model_copy(update={"output": output}))
