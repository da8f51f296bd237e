"""Times, memory and numbers as Slurm writes them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.model.quantities import clock, limit_seconds, memory_gib, number, positive, seconds, whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:00:03", 3),
        ("01:06:40", 4_000),
        ("1-02:03:04", 93_784),
        ("1041-16:00:00", 90_000_000),
        ("00:15.593", 15),
        (" 00:05:00 ", 300),
        ("1-00:00:00", 86_400),
        ("UNLIMITED", None),
        ("Partition_Limit", None),
        ("5", None),
        ("", None),
        ("-1:00:00", None),
        ("٠٠:٠٠:٠٣", None),
    ],
)
def test_durations_are_read_in_seconds(text: str, expected: int | None) -> None:
    assert seconds(text) == expected


@given(st.integers(min_value=0, max_value=10**12))
def test_a_duration_written_is_the_duration_read(total: int) -> None:
    assert seconds(clock(total)) == total


def test_365_days_and_unlimited_do_not_limit() -> None:
    assert [limit_seconds(text) for text in ("365-00:00:00", "UNLIMITED", "00:01:00")] == [None, None, 60]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("512.00 KB", 0.00048828125),
        ("1000.00 MB", 0.9765625),
        ("7.81 GB", 7.81),
        ("1.20 TB", 1228.8),
        ("16.00 EB", 16 * 1024**3),
        ("16.00 B", 16 / 1024**3),
        ("317008K", 317008 / 1024**2),
        ("1.50T", 1536.0),
        ("1073741824", 1.0),
        ("0.30G", 0.3),
        ("1..2 GB", None),
        ("-1 GB", None),
        ("much", None),
    ],
)
def test_memory_is_read_in_gib_on_base_1024(text: str, expected: float | None) -> None:
    assert memory_gib(text) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("value", [math.nan, math.inf, -1, -0.5, True, None, [], "nan", "x", 10**400])
def test_what_is_no_finite_positive_number_is_not_known(value: object) -> None:
    assert number(value) is None
    assert whole(value) is None


def test_nothing_is_not_known_where_zero_cannot_be() -> None:
    assert positive(0) is None
    assert positive(0.5) == 0.5
    assert number(0) == 0.0


@given(st.text())
def test_no_text_makes_a_reader_of_quantities_raise(text: str) -> None:
    for read in (seconds, memory_gib, number, whole, limit_seconds):
        read(text)
