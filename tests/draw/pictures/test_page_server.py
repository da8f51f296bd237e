"""What the page of pictures is served with, asked as the page asks it; test_real_browser draws it."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from typing import Any

import pytest

pytest.importorskip("duckdb")

import pyarrow as pa

from vizspec.draw.pages.assets import Engine, Widget
from vizspec.draw.pages.parts import ChartPage
from vizspec.draw.pages.state import ChartState, arrow_stream
from vizspec.draw.pictures.page_server import serve_pages

# A proxy set in the environment would be asked for the loopback address.
OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def _asked(address: str, body: bytes | None = None) -> bytes:
    with OPEN(address, data=body) as answer:
        content: bytes = answer.read()
        return content


def _runtime(**bundles: bytes) -> Engine:
    return Engine("linked", bundles={"modules": gzip.compress(b"export {}"), **bundles})


def _chart(name: str) -> ChartPage:
    table = arrow_stream(pa.table({"score": [0.5, 0.75]}))
    return ChartPage(name, name, ChartState("{}", {"t 1": table}))


class Page:
    """Takes down what it is given to show."""

    def __init__(self) -> None:
        self.html = ""

    def evaluate(self, script: str, given: list[Any]) -> None:
        self.html = given[1]


def test_modules_are_served_as_they_are_and_the_database_of_wasm_is_not() -> None:
    with serve_pages(_runtime(wasm=b"d")) as server:
        assert _asked(server.address + "modules") == b"export {}"
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            OPEN(server.address + "wasm")
        caught.value.close()


def test_the_tables_of_charts_that_are_shown_can_be_asked_and_are_not_sent_to_the_page() -> None:
    page: Any = Page()
    with serve_pages(_runtime()) as server:
        server.show(page, [_chart("one"), _chart("two")], Widget(), 60.0)
        answer = _asked(server.address + "query", b'SELECT max(score) AS best FROM "t 1"')
        assert _asked(server.address + "count", b'SELECT * FROM "t 1"') == b"2"
    assert pa.ipc.open_stream(answer).read_all().to_pylist() == [{"best": 0.75}]
    assert "data-table" not in page.html
    assert page.html.count("data-vizspec-chart") == 2


def test_without_the_runtime_the_page_gets_the_tables_for_a_database_of_its_own() -> None:
    page: Any = Page()
    with serve_pages(Engine("cdn")) as server:
        server.show(page, [_chart("one")], Widget(), 60.0)
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            OPEN(server.address + "query", data=b"SELECT 1")
        caught.value.close()
    assert page.html.count("data-table") == 1


@pytest.mark.parametrize(
    ("sql", "limit_seconds", "reason"),
    [
        (b"SELECT 1 FROM nowhere", 60.0, b"nowhere does not exist"),
        (b"\xff\xfe", 60.0, b"Parser Error"),
        (
            b"SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b",
            0.1,
            b"no answer within 0.08",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_the_reason(
    sql: bytes, limit_seconds: float, reason: bytes
) -> None:
    with serve_pages(_runtime(), limit_seconds) as server:
        with pytest.raises(urllib.error.HTTPError, match="500") as caught:
            OPEN(server.address + "query", data=sql)
        assert reason in caught.value.read()
        caught.value.close()
