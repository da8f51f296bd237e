"""The database of pictures: what charts ask is answered, and nothing of it reaches outside."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")

from vizspec.draw.database import Database, QueryError


@pytest.fixture
def database() -> Iterator[Database]:
    with closing(Database()) as opened:
        yield opened


def _arrow(columns: dict[str, list[Any]]) -> bytes:
    import pyarrow as pa

    table = pa.table(columns)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _rows(answer: bytes) -> list[dict[str, Any]]:
    import pyarrow as pa

    rows: list[dict[str, Any]] = pa.ipc.open_stream(answer).read_all().to_pylist()
    return rows


def test_a_table_is_asked_by_its_name(database: Database) -> None:
    database.insert("t_1", _arrow({"model": ["1B", "3B"], "score": [0.5, None]}))
    database.insert('a "b"', _arrow({"n": [1]}))
    answer = database.query("SELECT model, score FROM t_1 ORDER BY score")
    assert _rows(answer) == [{"model": "1B", "score": 0.5}, {"model": "3B", "score": None}]
    assert _rows(database.query('SELECT n FROM "a ""b"""')) == [{"n": 1}]


def test_rows_come_in_the_order_of_their_table(database: Database) -> None:
    database.insert("t", _arrow({"place": list(range(5000))}))
    assert [row["place"] for row in _rows(database.query("SELECT place FROM t"))] == list(range(5000))


def test_a_statement_without_rows_is_answered(database: Database) -> None:
    database.query("CREATE SCHEMA IF NOT EXISTS mosaic")
    assert _rows(database.query("SELECT count(*) AS n FROM duckdb_schemas() WHERE schema_name = 'mosaic'"))


def test_what_is_wrong_is_told_in_duckdbs_words(database: Database) -> None:
    database.insert("t", _arrow({"score": [0.5]}))
    with pytest.raises(QueryError, match='Referenced column "scores" not found'):
        database.query("SELECT scores FROM t")


def test_nothing_outside_is_read_or_written(database: Database, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    target = tmp_path / "copy.csv"
    frame = {"a": [1]}
    for sql in (
        f"SELECT * FROM read_csv('{secret}')",
        f"SELECT * FROM '{secret}'",
        f"COPY (SELECT 1) TO '{target}'",
        f"ATTACH '{tmp_path / 'other.db'}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM frame",
        "SET enable_external_access = true",
    ):
        with pytest.raises(QueryError):
            database.query(sql)
    assert frame
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_closing_ends_a_query_without_end() -> None:
    database = Database()
    refused = []

    def ask() -> None:
        try:
            database.query("SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b")
        except QueryError as error:
            refused.append(str(error))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    time.sleep(0.2)
    database.close()
    asking.join(10.0)
    assert not asking.is_alive()
    assert refused
