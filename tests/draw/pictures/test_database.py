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

import pyarrow as pa

from vizspec.draw.pages.state import arrow_stream
from vizspec.draw.pictures.database import Database, QueryError

pytestmark = pytest.mark.slow


@pytest.fixture
def database() -> Iterator[Database]:
    with closing(Database(60.0)) as opened:
        yield opened


def _arrow(columns: dict[str, list[Any]]) -> bytes:
    return arrow_stream(pa.table(columns))


def _rows(answer: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.ipc.open_stream(answer).read_all().to_pylist()
    return rows


def test_a_table_is_asked_by_its_name(database: Database) -> None:
    database.insert("t_1", _arrow({"model": ["1B", "3B"], "score": [0.5, None]}))
    database.insert('a "b"', _arrow({"n": [1]}))
    answer = database.query("SELECT model, score FROM t_1 ORDER BY score")
    assert _rows(answer) == [{"model": "1B", "score": 0.5}, {"model": "3B", "score": None}]
    assert _rows(database.query('SELECT n FROM "a ""b"""')) == [{"n": 1}]
    assert database.count("SELECT * FROM t_1") == 2


def test_nothing_but_the_tables_is_there(database: Database) -> None:
    database.insert("t", _arrow({"n": [1]}))
    database.insert("t", _arrow({"n": [2]}))
    assert _rows(database.query("SELECT * FROM t")) == [{"n": 1}]
    assert database.count("SELECT * FROM duckdb_tables()") == 1
    assert database.count("SELECT * FROM duckdb_views() WHERE NOT internal") == 0


def test_rows_and_groups_come_in_the_order_of_their_table(database: Database) -> None:
    places = [place * 7919 % 300_000 for place in range(300_000)]
    database.insert("t", _arrow({"place": places}))
    assert [row["place"] for row in _rows(database.query("SELECT place FROM t"))] == places
    groups = [_rows(database.query("SELECT place % 1000 AS g FROM t GROUP BY g")) for _ in range(3)]
    assert groups[0] == groups[1] == groups[2]


def test_a_statement_without_rows_is_answered(database: Database) -> None:
    database.query("CREATE SCHEMA IF NOT EXISTS mosaic")
    assert database.count("SELECT * FROM duckdb_schemas() WHERE schema_name = 'mosaic'") == 1


def test_what_is_wrong_is_told_in_duckdbs_words(database: Database) -> None:
    database.insert("t", _arrow({"score": [0.5]}))
    with pytest.raises(QueryError, match='Referenced column "scores" not found'):
        database.query("SELECT scores FROM t")


OUTSIDE = [
    "SELECT * FROM read_csv('secret.csv')",
    "SELECT * FROM 'secret.csv'",
    "SELECT * FROM read_csv('.tmp/secret.csv')",
    "COPY (SELECT 1) TO 'copy.csv'",
    "COPY (SELECT 1) TO '.tmp/copy.csv'",
    "ATTACH 'other.db'",
    "ATTACH '.tmp/other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit = '90GB'",
    "SET temp_directory = '.tmp'",
]


@pytest.mark.parametrize("sql", OUTSIDE)
def test_nothing_outside_is_read_written_or_set(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path, tmp_path / ".tmp"):
        folder.mkdir(exist_ok=True)
        (folder / "secret.csv").write_text("a\n1\n")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(QueryError):
        database.query(sql)
    assert sorted(tmp_path.rglob("*")) == before


def test_more_than_fits_into_its_memory_is_refused_and_leaves_no_files(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError, match="Out of Memory"):
        database.query("SELECT list(range) FROM range(600000000)")
    assert list(tmp_path.iterdir()) == []


def test_no_object_of_python_is_seen(database: Database) -> None:
    frame = pa.table({"a": [1]})
    with pytest.raises(QueryError, match="frame does not exist"):
        database.query("SELECT * FROM frame")
    assert frame.num_rows == 1


ENDLESS = "SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b"


def test_a_question_without_end_is_ended_at_the_limit_and_the_next_is_answered(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with closing(Database(2.5)) as database:
        with pytest.raises(QueryError, match=r"no answer within 2\.5 seconds"):
            database.query(ENDLESS)
        assert _rows(database.query("SELECT 1 AS one")) == [{"one": 1}]
    assert capfd.readouterr() == ("", "")


def test_closing_ends_a_query_without_end() -> None:
    database = Database(60.0)
    refused = []

    def ask() -> None:
        try:
            database.query(ENDLESS)
        except QueryError as error:
            refused.append(str(error))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    time.sleep(0.2)
    closer = threading.Thread(target=database.close, daemon=True)
    closer.start()
    closer.join(60.0)
    asking.join(60.0)
    assert not closer.is_alive()
    assert not asking.is_alive()
    assert refused
