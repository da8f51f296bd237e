"""Places of logs, and what the endings of their names mean."""

from __future__ import annotations

import pytest

from vizspec.logs.location import Format, Location, format_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("r4/eval/logs/a.eval", Format.EVAL),
        ("a.JSON", Format.JSON),
        ("s3://bucket/evals.parquet", Format.PARQUET),
        ("evals.csv", Format.CSV),
        ("zip://r4/a.eval::s3://bucket/logs.zip", Format.EVAL),
        ("s3://bucket/a::b/c.json", Format.JSON),
        ("a.eval.gz", None),
        ("eval", None),
    ],
)
def test_the_ending_tells_the_format(name: str, expected: Format | None) -> None:
    assert format_of(name) is expected


def test_a_row_of_a_frame_is_shown_with_its_number_and_a_log_by_its_file() -> None:
    assert str(Location("evals.parquet", 3)) == "evals.parquet#3"
    assert str(Location("a#3.eval")) == "a#3.eval"


def test_a_url_is_told_from_a_path() -> None:
    assert Location("s3://bucket/a.eval").is_url
    assert not Location("r4/a.eval").is_url


def test_locations_are_sorted_by_file_and_row() -> None:
    rows = [Location("b.csv", 10), Location("b.csv", 9), Location("a.csv", 11)]
    assert sorted(rows) == [Location("a.csv", 11), Location("b.csv", 9), Location("b.csv", 10)]
