"""Round dates on an axis of numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from vizspec.draw.shapes.dates import date_ticks, day_of, ticks_in_browser


def texts(low: date, high: date, most: int) -> list[str]:
    return [text for _, text in date_ticks(day_of(low), day_of(high), most)]


def test_days_are_counted_from_1970_in_utc() -> None:
    assert day_of(date(1970, 1, 2)) == 1
    assert day_of(datetime(1970, 1, 1, 12)) == 0.5
    assert day_of(datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))) == 0
    assert day_of(date(1969, 12, 31)) == -1


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (date(2019, 5, 1), date(2026, 1, 31), ["2020", "2022", "2024", "2026"]),
        (date(2024, 1, 15), date(2024, 12, 1), ["Apr. 2024", "Jul. 2024", "Oct. 2024"]),
        (
            date(2024, 2, 27),
            date(2024, 3, 1),
            ["27 Feb. 2024", "28 Feb. 2024", "29 Feb. 2024", "1 Mar. 2024"],
        ),
        (datetime(2024, 1, 1, 23), datetime(2024, 1, 2, 1), ["23:00", "23:30", "2 Jan.", "00:30", "01:00"]),
        (datetime(2024, 1, 1, 0, 0, 1), datetime(2024, 1, 1, 0, 0, 3), ["00:00:01", "00:00:02", "00:00:03"]),
    ],
)
def test_ticks_are_round_and_written_in_english(low: date, high: date, written: list[str]) -> None:
    assert texts(low, high, 5) == written


def test_ticks_stand_at_their_dates_and_within_the_ends() -> None:
    ticks = date_ticks(day_of(date(2023, 12, 20)), day_of(date(2024, 3, 10)), 4)
    assert [(at, text) for at, text in ticks] == [
        (day_of(date(2024, month, 1)), text)
        for month, text in ((1, "Jan. 2024"), (2, "Feb. 2024"), (3, "Mar. 2024"))
    ]


def test_a_moment_alone_has_no_more_than_its_own_tick() -> None:
    noon = day_of(datetime(2024, 1, 1, 12))
    assert date_ticks(noon, noon, 5) == ((noon, "12:00"),)


def test_all_years_that_have_a_date_have_ticks() -> None:
    assert texts(date(1, 1, 1), date(9999, 12, 31), 5)[-1] == "9000"


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (date(2025, 4, 14), date(2025, 4, 16), (2, "%-d %b. %Y")),
        (date(2025, 4, 1), date(2025, 5, 1), (6, "%-d %b. %Y")),
        (date(2024, 1, 25), date(2025, 5, 14), (6, "%b. %Y")),
        (date(2023, 1, 25), date(2025, 5, 14), (4, "%Y")),
        (date(2018, 1, 1), date(2026, 1, 1), (6, "%Y")),
    ],
)
def test_a_browser_writes_as_much_of_a_date_as_tells_two_ticks_apart(
    low: date, high: date, ticks: tuple[int, str]
) -> None:
    assert ticks_in_browser(day_of(low), day_of(high), 6) == ticks
