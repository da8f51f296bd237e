"""The charts' tables in a DuckDB of this process, which answers for DuckDB-WASM where pictures are taken.

Starting the WASM one takes a browser longer than to draw ten charts. What charts ask for may hold text of the
user's, so this database reaches no file, no network and no object of Python, and stops what takes too long.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from vizspec.draw.pages.state import arrow_stream

SETTINGS = {
    "threads": "1",  # groups come in one order, and a login node is shared
    "memory_limit": "2GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
LOCKS = (  # in this order
    "SET enable_progress_bar = false",
    "SET temp_directory = ''",  # by default a folder of the current one, which may be read and written
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
INTERRUPT_SECONDS = 0.05
ARRIVING = "arriving table"


class QueryError(Exception):
    """The database refused a question, in its own words, or took too long over it."""


class Database:
    """Tables in memory, asked by one thread after the other. `close` it in any case."""

    def __init__(self, limit_seconds: float) -> None:
        import duckdb

        self._connection = duckdb.connect(":memory:", config=dict(SETTINGS))
        for lock in LOCKS:
            self._connection.execute(lock)
        self._limit_seconds = limit_seconds
        self._turn = threading.Lock()
        self._is_late = False

    def insert(self, name: str, arrow: bytes) -> None:
        """Makes a table of an Arrow IPC stream; one that is there already stays."""
        import pyarrow as pa

        with self._turn:
            self._connection.register(ARRIVING, pa.ipc.open_stream(arrow).read_all())
            try:
                self._connection.execute(
                    f"CREATE TABLE IF NOT EXISTS {_quoted(name)} AS SELECT * FROM {_quoted(ARRIVING)}"
                )
            finally:
                self._connection.unregister(ARRIVING)

    def query(self, sql: str) -> bytes:
        """The answer as an Arrow IPC stream, of no bytes where there is none. Raises `QueryError`."""
        with self._asked():
            answer = self._connection.sql(sql)
            return b"" if answer is None else arrow_stream(answer.to_arrow_table())

    def count(self, sql: str) -> int:
        """How many rows the answer has. Raises `QueryError`."""
        with self._asked():
            answer = self._connection.sql(sql)
            return 0 if answer is None else len(answer.to_arrow_table())

    def close(self) -> None:
        """Ends the query that runs, if one does, and forgets the tables."""
        while not self._turn.acquire(timeout=INTERRUPT_SECONDS):
            self._connection.interrupt()
        try:
            self._connection.close()
        finally:
            self._turn.release()

    @contextmanager
    def _asked(self) -> Iterator[None]:
        import duckdb

        with self._turn:
            self._is_late = False
            timer = threading.Timer(self._limit_seconds, self._interrupt)
            timer.start()
            try:
                yield
            except duckdb.Error as error:
                late = f"no answer within {self._limit_seconds:g} seconds"
                raise QueryError(late if self._is_late else str(error)) from error
            finally:
                timer.cancel()

    def _interrupt(self) -> None:
        self._is_late = True
        self._connection.interrupt()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
