"""The page that pictures are taken of: served from the loopback interface, with a database beside it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vizspec.draw.pages.assets import Engine, Widget
from vizspec.draw.pages.page import charts_html, pictures_html, states_of
from vizspec.draw.pages.parts import ChartPage
from vizspec.draw.pictures.database import Database, QueryError
from vizspec.draw.pictures.memory_server import Answerer, Content, Refusal, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

PADDING = 8
"""The white around a chart, in CSS pixels, as in inspect-viz's pictures."""

PATIENCE = 0.8
"""Of the time that a chart may take, what one question to the database may: so the chart can tell of it."""

SHOW = """([widget, charts, seconds]) => {
  vizspec.provide(widget);
  document.body.insertAdjacentHTML("beforeend", charts);
  vizspec.showAll(seconds);
}"""


@dataclass(frozen=True)
class PageServer:
    """The page's address, and the database that answers it; None where the page has its own, from a CDN."""

    address: str
    database: Database | None

    def show(self, page: Page, charts: Sequence[ChartPage], widget: Widget, limit_seconds: float) -> None:
        """Puts the charts on the page, which then draws them, each within the limit."""
        if self.database is not None:
            for name, arrow in (table for state in states_of(charts) for table in state.tables.items()):
                self.database.insert(name, arrow)
        html = charts_html(charts, PADDING, with_tables=self.database is None)
        page.evaluate(SHOW, [widget.parts(), html, limit_seconds])


@contextmanager
def serve_pages(engine: Engine, limit_seconds: float = 60.0) -> Iterator[PageServer]:
    """The server, while it runs; one chart may take so long."""
    contents = {"": Content("text/html; charset=utf-8", pictures_html(engine).encode())}
    if not engine.bundles:
        with serve(contents) as address:
            yield PageServer(address, None)
        return
    contents["modules"] = Content("text/javascript", gzip.decompress(engine.bundles["modules"]))
    with (
        closing(Database(PATIENCE * limit_seconds)) as database,
        serve(contents, _answers(database)) as address,
    ):
        yield PageServer(address, database)


def _answers(database: Database) -> dict[str, Answerer]:
    return {
        "query": lambda sql: _answer(lambda: database.query(_text(sql))),
        "count": lambda sql: _answer(lambda: str(database.count(_text(sql))).encode()),
    }


def _answer(ask: Callable[[], bytes]) -> bytes | Refusal:
    try:
        return ask()
    except QueryError as error:
        return Refusal(str(error))


def _text(sql: bytes) -> str:
    return sql.decode("utf-8", "replace")
