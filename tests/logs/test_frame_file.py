"""Frames that a few bytes blow up are refused before they fill the memory."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vizspec.logs.find import FoundLog
from vizspec.logs.frame_file import TooMuch, read_file
from vizspec.logs.read import read_logs


def parquet(**columns: pa.Array) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression="zstd", store_schema=False)
    return file.getvalue()


def one_text(characters: int, rows: int) -> pa.Array:
    """A text that a file holds once, in so many rows."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["a" * characters])


def test_a_frame_of_sensible_size_is_read() -> None:
    content = parquet(model=pa.array(["a", "b"]), score=pa.array([0.5, None]))
    for location, data in (("a.parquet", content), ("a.csv", b"model,score\na,0.5\nb,\n")):
        frame = read_file(io.BytesIO(data), location, ["model"])
        assert list(frame["model"]) == ["a", "b"]
        assert frame["score"][0] == 0.5


def test_a_csv_with_an_endless_line_is_refused_before_it_is_parted() -> None:
    with pytest.raises(TooMuch, match="a line of more than 10 MB"):
        read_file(io.BytesIO(b"a,b\n" + b"x" * 21_000_000 + b",1\n"), "a.csv", ())


def test_a_row_with_more_metrics_than_anyone_can_look_at_is_unreadable(tmp_path: Path) -> None:
    columns = ",".join(f"score_match_m{number}" for number in range(2001))
    path = tmp_path / "a.csv"
    path.write_text(f"task_name,model,{columns}\ncapitals,1B{',0.5' * 2001}\n")
    (log,) = read_logs([FoundLog("a.csv", path)])
    assert log.reason == "it has more than 2,000 metrics"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "location", "reason"),
    [
        (parquet(a=pa.nulls(100_001)), "a.parquet", "more than 100,000 rows"),
        (parquet(a=one_text(100_000, 90_000)), "a.parquet", "it unpacks to more than 300 MB"),
        (b"a" + b"," * 10_000 + b"\n", "a.csv", "more than 10,000 columns"),
        (b"a,b\n" + b"1,2\n" * 100_001, "a.csv", "more than 100,000 rows of 2 columns"),
        (b"a" + b"," * 999 + b"\n" + (b"1" + b"," * 999 + b"\n") * 10_001, "a.csv", "10,000 rows of 1,000"),
    ],
)
def test_a_frame_that_would_fill_the_memory_is_refused(content: bytes, location: str, reason: str) -> None:
    with pytest.raises(TooMuch, match=reason):
        read_file(io.BytesIO(content), location, [])


def test_it_is_an_unreadable_record_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(a=pa.nulls(100_001)))
    (log,) = read_logs([FoundLog("a.parquet", tmp_path / "a.parquet")])
    assert log.reason == "it has more than 100,000 rows of 1 columns"
