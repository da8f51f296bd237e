"""Regular expressions of a spec: what they find, and that they come to an end."""

from __future__ import annotations

from itertools import count

import pytest

from vizspec.limits.patterns import LONGEST, PatternError, check, first_group


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^(.+?) \(", "income (5k)", "income"),
        (r"\d+", "rank 16", "16"),
        (r"(a)|(b)", "b", None),
        ("x", "abc", None),
        (r"(?<=epoch_)\d", "run_epoch_3", "3"),
        (r"(.)\1", "hello", "l"),
    ],
)
def test_the_first_group_or_the_whole_match_is_found(pattern: str, text: str, found: str | None) -> None:
    assert first_group(pattern, text) == found


@pytest.mark.parametrize("pattern", [r"(a|aa)+$", r"(?R)"])
def test_a_pattern_that_backtracks_without_end_is_an_error(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"takes more than 0.1 s|has no end"):
        first_group(pattern, "a" * 80 + "!", seconds=0.1)


@pytest.mark.parametrize(
    "pattern", ["(a", "[", "a**", "(" * 400 + ")" * 400, "a" * (LONGEST + 1), r"\N{no such}", "(?P<1>a)"]
)
def test_what_is_no_regular_expression_is_told_before_it_is_used(pattern: str) -> None:
    with pytest.raises(PatternError):
        check(pattern)


def test_a_pattern_that_a_later_version_may_read_otherwise_is_read_without_a_warning() -> None:
    check("[[a]")


@pytest.mark.parametrize("pattern", ["((a{1000}){1000}){1000}", "a{2000000000}", "(?x)(a{400}) {,400}"])
def test_a_pattern_that_would_take_all_memory_is_told_before_it_is_used(pattern: str) -> None:
    with pytest.raises(PatternError, match="its counts multiply to more than 100,000 repeats"):
        check(pattern)


def test_counts_as_people_write_them_are_fine() -> None:
    date = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}"
    assert first_group(date, "at 2026-01-29T10:00:00") == "2026-01-29T10:00:00"
    assert first_group(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", "x" * 20) is None
    assert first_group("a{}", "a{}") == "a{}"


def test_searches_that_take_long_come_to_an_end_together() -> None:
    ticks = (0.9 * number for number in count())
    found = [first_group("^long (.)", "long x", clock=lambda: next(ticks)) for _ in range(6)]
    assert found == ["x"] * 6
    with pytest.raises(PatternError, match="its searches take more than 5 s together"):
        first_group("^long (.)", "long x")


def test_searches_that_take_no_time_are_never_too_many() -> None:
    ticks = (0.01 * number for number in count())
    assert {first_group("^short (.)", "short x", clock=lambda: next(ticks)) for _ in range(1000)} == {"x"}
