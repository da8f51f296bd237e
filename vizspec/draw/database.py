"""The charts' tables in a DuckDB of this process, which answers for DuckDB-WASM where pictures are taken.

Starting the WASM one takes a browser longer than to draw ten charts. What charts ask for may hold text of the
user's, so this database reaches no file, no network and no object of Python.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SHUT = {
    "threads": "1",  # rows keep their order
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
INTERRUPT_SECONDS = 0.05
ARRIVING = "arriving table"


class QueryError(Exception):
    """DuckDB refused a table or a question; its own message."""


class Database:
    """Tables in memory, asked by one thread after the other. `close` it in any case."""

    def __init__(self) -> None:
        import duckdb

        self._connection = duckdb.connect(":memory:", config=dict(SHUT))
        self._connection.execute("SET lock_configuration = true")
        self._turn = threading.Lock()

    def insert(self, name: str, arrow: bytes) -> bytes:
        """Makes a table of an Arrow IPC stream; answers with nothing. Raises `QueryError`."""
        import pyarrow as pa

        with self._asked():
            self._connection.register(ARRIVING, pa.ipc.open_stream(arrow).read_all())
            self._connection.execute(f"CREATE TABLE {_quoted(name)} AS SELECT * FROM {_quoted(ARRIVING)}")
            self._connection.unregister(ARRIVING)
            return b""

    def query(self, sql: str) -> bytes:
        """The answer as an Arrow IPC stream, of no bytes where there is none. Raises `QueryError`."""
        with self._asked():
            answer = self._connection.sql(sql)
            return b"" if answer is None else _stream(answer.to_arrow_table())

    def close(self) -> None:
        """Ends the query that runs, if one does, and forgets the tables."""
        while not self._turn.acquire(timeout=INTERRUPT_SECONDS):
            self._connection.interrupt()
        self._connection.close()
        self._turn.release()

    @contextmanager
    def _asked(self) -> Iterator[None]:
        import duckdb

        with self._turn:
            try:
                yield
            except duckdb.Error as error:
                raise QueryError(str(error)) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stream(table: Any) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
