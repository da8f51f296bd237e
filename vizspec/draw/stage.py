"""The page that pictures are taken of: served from the loopback interface, with a database beside it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from vizspec.draw.assets import Engine, Widget
from vizspec.draw.database import Database, QueryError
from vizspec.draw.page import ChartPage, charts_html, pictures_html
from vizspec.draw.server import Answer, Content, Refusal, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

PADDING = 8
"""The white around a chart, in CSS pixels, as in inspect-viz's pictures."""

SHOW = """([widget, charts, seconds]) => {
  vizspec.provide(widget);
  document.body.insertAdjacentHTML("beforeend", charts);
  vizspec.showAll(seconds);
}"""


@dataclass(frozen=True)
class Charts:
    """What the page is to show, and what it draws that with."""

    charts: Sequence[ChartPage]
    widget: Widget


@contextmanager
def served(engine: Engine) -> Iterator[str]:
    """The page's address, while it is served with the modules and the database that it uses."""
    contents = {"": Content("text/html; charset=utf-8", pictures_html(engine).encode())}
    if engine.bundles:
        contents["modules"] = Content("text/javascript", gzip.decompress(engine.bundles["modules"]))
    with closing(Database()) as database, serve(contents, _answers(database)) as address:
        yield address


def show(page: Page, come: Charts, limit_seconds: float) -> None:
    """Puts the charts on the page, which then draws them, each within the limit."""
    page.evaluate(SHOW, [come.widget.parts(), charts_html(come.charts, PADDING), limit_seconds])


def _answers(database: Database) -> dict[str, Answer]:
    return {
        "table": lambda name, arrow: _answer(lambda: database.insert(unquote(name), arrow)),
        "query": lambda _, sql: _answer(lambda: database.query(sql.decode())),
    }


def _answer(ask: Callable[[], bytes]) -> bytes | Refusal:
    try:
        return ask()
    except QueryError as error:
        return Refusal(str(error))
