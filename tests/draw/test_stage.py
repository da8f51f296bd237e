"""What the page of pictures is served with, asked as the page asks it; test_real_browser draws it."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request

import pytest

pytest.importorskip("duckdb")

import pyarrow as pa

from vizspec.draw.assets import Engine
from vizspec.draw.stage import served

# A proxy set in the environment would be asked for the loopback address.
OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def _asked(address: str, body: bytes | None = None) -> bytes:
    with OPEN(address, data=body) as answer:
        content: bytes = answer.read()
        return content


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def test_modules_are_served_as_they_are_and_the_database_of_wasm_is_not() -> None:
    bundles = {"modules": gzip.compress(b"export {}"), "worker": b"w", "wasm": b"d"}
    with served(Engine("linked", bundles=bundles)) as address:
        assert _asked(address + "modules") == b"export {}"
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            OPEN(address + "wasm")
        caught.value.close()


def test_a_table_that_the_page_posts_can_be_asked() -> None:
    with served(Engine("linked")) as address:
        _asked(address + "table/t%201", _stream(pa.table({"score": [0.5, 0.75]})))
        answer = _asked(address + "query", b'SELECT max(score) AS best FROM "t 1"')
    assert pa.ipc.open_stream(answer).read_all().to_pylist() == [{"best": 0.75}]


def test_a_question_that_duckdb_refuses_is_answered_with_its_words() -> None:
    with served(Engine("linked")) as address:
        with pytest.raises(urllib.error.HTTPError, match="500") as caught:
            OPEN(address + "query", data=b"SELECT 1 FROM nowhere")
        assert b"nowhere does not exist" in caught.value.read()
        caught.value.close()
