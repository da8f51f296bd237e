"""Regular expressions of a spec: what they find, and that they come to an end."""

from __future__ import annotations

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
