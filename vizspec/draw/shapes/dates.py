"""Dates as places on an axis of numbers, and the ticks of such an axis. Pure; no zones: all is UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from math import ceil, log

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS_A_DAY = 86_400
MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May.", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")
"""As the charts write them, whatever the machine's language is."""
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
STEPS_OF_MONTHS = (1, 2, 3, 6, *(12 * years for years in YEARS))
STEPS_OF_SECONDS = (
    *(1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600),
    *(SECONDS_A_DAY, 2 * SECONDS_A_DAY, 7 * SECONDS_A_DAY, 14 * SECONDS_A_DAY),
)
DAYS_A_MONTH = 30.44
DAYS_A_YEAR = 365
D3_STEPS = {
    **dict.fromkeys((1, 2, 7), "%-d %b. %Y"),
    **dict.fromkeys((30, 90), "%b. %Y"),
    DAYS_A_YEAR: "%Y",
}
"""The steps of d3-time's ticks, in days, and the format in which no two such ticks are alike."""
AxisTicks = tuple[tuple[float, str], ...]


def day_of(when: date) -> float:
    """Days since the beginning of 1970; a moment without a zone is of UTC."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=UTC)
    moment = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return (moment - EPOCH) / timedelta(days=1)


def date_ticks(low: float, high: float, most: int, finest: int = 1) -> AxisTicks:
    """At most so many round dates from one day to another, as they are written; `finest` in seconds."""
    seconds = (high - low) * SECONDS_A_DAY
    step = next((s for s in STEPS_OF_SECONDS if s >= finest and seconds / s <= most), None)
    if step is not None and step < 28 * SECONDS_A_DAY:
        write = _day_text if step >= SECONDS_A_DAY else _time_text
        return _ticks(_every(low, high, step), write)
    months = (high - low) / DAYS_A_MONTH
    step = next((s for s in STEPS_OF_MONTHS if months / s <= most), STEPS_OF_MONTHS[-1])
    return _ticks(_firsts(low, high, step), _year_text if step % 12 == 0 else _month_text)


def ticks_in_browser(low: float, high: float, most: int) -> tuple[int, str]:
    """How many ticks to ask of d3, so that it makes no more than that, and how they differ when written.

    Of its steps d3-time takes the one whose ratio to the wanted length is nearest to 1. Years are short to
    write: of them there may be some more.
    """
    days = high - low
    asked = range(max(1, min(most, int(days))), 0, -1)
    steps = {count: min(D3_STEPS, key=lambda step: abs(log(step * count / days))) for count in asked}
    fitting = (count for count, step in steps.items() if step == DAYS_A_YEAR or days / step <= most)
    count = next(fitting, 1)
    return count, D3_STEPS[steps[count]]


def _ticks(days: Iterator[float], write: Callable[[datetime], str]) -> AxisTicks:
    return tuple((day, write(EPOCH + timedelta(days=day))) for day in days)


def _every(low: float, high: float, step: int) -> Iterator[float]:
    """The days at multiples of so many seconds."""
    place = ceil(round(low * SECONDS_A_DAY / step, 6))
    while place * step <= high * SECONDS_A_DAY:
        yield place * step / SECONDS_A_DAY
        place += 1


def _firsts(low: float, high: float, months: int) -> Iterator[float]:
    """The first days of each so many months, within the years that have a date."""
    start = EPOCH + timedelta(days=low)
    place = (start.year * 12 + start.month - 1) // months * months
    while (place // 12) <= datetime.max.year:
        if place >= 12:
            day = day_of(date(place // 12, place % 12 + 1, 1))
            if day > high:
                return
            if day >= low:
                yield day
        place += months


def _year_text(when: datetime) -> str:
    return str(when.year)


def _month_text(when: datetime) -> str:
    return f"{MONTHS[when.month - 1]} {when.year}"


def _day_text(when: datetime) -> str:
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def _time_text(when: datetime) -> str:
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return f"{when.day} {MONTHS[when.month - 1]}"
    return f"{when:%H:%M}" if when.second == 0 else f"{when:%H:%M:%S}"
