"""The file of a saved data frame, read within bounds: few bytes can stand for any number of cells."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from vizspec.limits.files import LOG_MB, MEGABYTE, limit, read_whole
from vizspec.logs.location import Format, format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

MOST_COLUMNS = 10_000
MOST_ROWS = 100_000
MOST_CELLS = 10_000_000
MOST_LINE_MB = 10
"""Of CSV: to part a longer line takes many times its memory."""

_ROWS_AT_ONCE = 100


class EmptyFrame(ValueError):
    """The file holds nothing at all; the message says so, as the end of a sentence."""


class TooMuch(Exception):
    """The frame holds more than is read of one; the message says of what, as the end of a sentence."""


def read_file(file: IO[bytes], location: str, texts: Collection[str]) -> pd.DataFrame:
    """The frame in an open file; of csv the columns `texts` are read as text.

    Raises `TooMuch`, `EmptyFrame`, and what reading raises for a damaged file (`OSError`, `ValueError`).
    """
    form = format_of(location)
    if form not in READERS:
        raise ValueError(f"'{location}' is no data frame")
    return READERS[form](file, texts)


def _of_csv(file: IO[bytes], texts: Collection[str]) -> pd.DataFrame:
    import pandas as pd

    columns = 1 + file.readline(LOG_MB * MEGABYTE).count(b",")
    if not file.tell():
        raise EmptyFrame("it is empty")
    _refuse_more(columns, 0)
    _refuse_long_lines(file)
    most = _most_rows(columns)
    frame = pd.read_csv(file, dtype=dict.fromkeys(texts, "string"), low_memory=False, nrows=most + 1)
    _refuse_more(len(frame.columns), len(frame))
    return frame


def _of_parquet(file: IO[bytes], texts: Collection[str]) -> pd.DataFrame:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    source = pq.ParquetFile(io.BytesIO(read_whole(file, LOG_MB)))
    about = source.metadata
    _refuse_more(about.num_columns, about.num_rows)
    _refuse_larger(sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups)))
    batches = list(_batches(source))
    frame: pd.DataFrame = pa.Table.from_batches(batches, source.schema_arrow).to_pandas()
    return frame


READERS: Mapping[Format | None, Callable[[IO[bytes], Collection[str]], pd.DataFrame]] = {
    Format.CSV: _of_csv,
    Format.PARQUET: _of_parquet,
}
"""How the frames of each format are read."""


def _batches(source: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """Few rows at once, since one text of a dictionary may stand in every row."""
    read = 0
    for batch in source.iter_batches(_ROWS_AT_ONCE):
        read += batch.nbytes
        _refuse_larger(read)
        yield batch


def _most_rows(columns: int) -> int:
    return min(MOST_ROWS, MOST_CELLS // columns)


def _refuse_more(columns: int, rows: int) -> None:
    if columns > MOST_COLUMNS:
        raise TooMuch(f"it has more than {MOST_COLUMNS:,} columns")
    if rows > _most_rows(max(columns, 1)):
        raise TooMuch(f"it has more than {_most_rows(max(columns, 1)):,} rows of {columns:,} columns")


def _refuse_long_lines(file: IO[bytes]) -> None:
    """Refuses what has no end of a line in so many bytes, and goes back to the start."""
    file.seek(0)
    while part := file.read(MOST_LINE_MB * MEGABYTE):
        if len(part) == MOST_LINE_MB * MEGABYTE and b"\n" not in part:
            raise TooMuch(f"it has a line of more than {MOST_LINE_MB} MB")
    file.seek(0)


def _refuse_larger(size: int) -> None:
    most = limit(LOG_MB)
    if size > most * MEGABYTE:
        raise TooMuch(f"it unpacks to more than {most} MB")
