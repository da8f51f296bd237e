"""Cells of a data frame as values of Python's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pandas as pd
import pytest

from vizspec.logs.frame_cells import (
    count,
    first_text,
    from_json,
    how_to_write,
    instant_of,
    mapping,
    plain,
    tags_of,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (pd.NA, None),
        (float("nan"), None),
        (pd.NaT, None),
        (np.float64(0.5), 0.5),
        (np.array([1, 2]), [1, 2]),
        ("a", "a"),
    ],
)
def test_a_cell_is_a_plain_value_and_what_is_missing_is_none(cell: Any, value: object) -> None:
    assert plain(cell) == value


def test_a_timestamp_is_a_time_of_python() -> None:
    assert plain(pd.Timestamp("2026-01-02")) == datetime(2026, 1, 2)


@pytest.mark.parametrize(
    ("cell", "value"), [(3, 3), (3.0, 3), (2.5, None), (-1, None), (None, None), (float("inf"), None)]
)
def test_a_count_is_a_whole_number_that_is_not_negative(cell: object, value: int | None) -> None:
    assert count(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"), [(["a", "b"], ("a", "b")), ("a, b", ("a", "b")), (" , ", ()), (None, ())]
)
def test_tags_come_as_a_list_or_joined_by_commas(cell: object, value: tuple[str, ...]) -> None:
    assert tags_of(cell) == value


def test_a_time_without_a_zone_is_utc() -> None:
    assert instant_of(datetime(2026, 1, 2)) == datetime(2026, 1, 2, tzinfo=UTC)
    east = datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert instant_of(east) == east
    assert instant_of("yesterday") is None
    assert instant_of(datetime.max.replace(tzinfo=timezone(timedelta(hours=-1)))) is None


def test_json_that_is_none_is_nothing() -> None:
    assert from_json('{"a": 1}') == {"a": 1}
    assert from_json("{") is None
    assert from_json(5) == 5
    assert mapping("[1]") == {}


def test_the_first_text_that_says_something_is_found() -> None:
    assert first_text([None, 1, " ", "high"]) == "high"
    assert first_text([None, 1]) is None


@pytest.mark.parametrize(
    ("text", "end"), [("82.5%", ": write 0.825"), ("0,825", ": write 0.825"), ("high", "")]
)
def test_what_looks_like_a_number_is_told_as_it_is_to_be_written(text: str, end: str) -> None:
    assert how_to_write(text) == end


def test_a_count_with_signs_between_its_thousands_is_told_without_them() -> None:
    assert how_to_write("1,000", is_count=True) == how_to_write("1 000", is_count=True) == ": write 1000"
