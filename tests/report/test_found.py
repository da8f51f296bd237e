"""Evaluations are counted by what holds them."""

from __future__ import annotations

import pytest

from vizspec.report.found import count_found, file_of


@pytest.mark.parametrize(
    ("locations", "told"),
    [
        ([], "0 logs"),
        (["a.eval"], "1 log"),
        (["a.eval", "b.json"], "2 logs"),
        (["evals.parquet#0", "evals.parquet#1"], "2 evaluations in 1 file"),
        (["a.csv#0", "b.csv#0", "c.eval"], "1 log and 2 evaluations in 2 files"),
    ],
)
def test_logs_and_rows_of_frames_are_counted_apart(locations: list[str], told: str) -> None:
    assert count_found(locations) == told


def test_the_file_of_a_row_is_the_frames() -> None:
    assert [file_of(name) for name in ("evals.parquet#12", "a/b.eval")] == ["evals.parquet", "a/b.eval"]
