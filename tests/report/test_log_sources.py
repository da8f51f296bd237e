"""Evaluations are counted by what holds them."""

from __future__ import annotations

import pytest

from vizspec.logs.location import Location
from vizspec.report.log_sources import count_found

ROW, NEXT_ROW = Location("evals.parquet", 1), Location("evals.parquet", 2)
OF_ANOTHER = Location("a.csv", 1)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], "0 logs"),
        ([Location("a.eval")], "1 log"),
        ([Location("a.eval"), Location("b.json")], "2 logs"),
        ([ROW, NEXT_ROW], "2 evaluations in 1 file"),
        ([OF_ANOTHER, ROW, Location("c.eval")], "1 log and 2 evaluations in 2 files"),
        ([Location("a.csv#1.eval")], "1 log"),
    ],
)
def test_logs_and_rows_of_frames_are_counted_apart(places: list[Location], expected: str) -> None:
    assert count_found(places) == expected
