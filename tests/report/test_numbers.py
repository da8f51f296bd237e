"""Numbers as the report shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import an_estimate
from vizspec.report.numbers import (
    count_text,
    counted,
    estimate_text,
    interval_text,
    listed,
    those_of,
    value_text,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.8421, "0.842"),
        (0.0, "0.000"),
        (1.0, "1.000"),
        (0.0004, "0.0004"),
        (0.99996, "0.99996"),
        (1e-9, "1e-09"),
        (-0.25, "-0.250"),
        (9.87654, "9.877"),
        (12.345, "12.35"),
        (123.45, "123.5"),
        (12345.6, "12,346"),
        (None, "-"),
    ],
)
def test_a_value_has_the_decimals_it_needs(value: float | None, shown: str) -> None:
    assert value_text(value) == shown


@given(st.floats(min_value=1e-6, max_value=1 - 1e-6))
def test_no_proportion_is_shown_as_certain_unless_it_is(value: float) -> None:
    assert 0 < float(value_text(value)) < 1


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_the_shown_value_is_near_the_value(value: float) -> None:
    assert float(value_text(value).replace(",", "")) == pytest.approx(value, rel=0.05, abs=6e-4)


def test_an_interval_has_both_ends_or_is_a_dash() -> None:
    assert interval_text(an_estimate(lower=0.7, upper=0.9)) == "0.700–0.900"
    assert interval_text(an_estimate(lower=-0.1, upper=0.9)) == "-0.100 to 0.900"
    assert interval_text(an_estimate(lower=None, upper=0.9)) == "-"


def test_a_count_that_is_not_known_is_a_dash() -> None:
    assert (count_text(12032), count_text(0), count_text(None)) == ("12,032", "0", "-")


def test_a_noun_agrees_with_its_count() -> None:
    assert counted(1, "model") == "1 model"
    assert counted(2, "model") == "2 models"
    assert counted(2, "log is", "logs are") == "2 logs are"


def test_a_long_list_of_names_ends_in_a_number() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdefg")) == "a, b, c, d, e and 2 more"


def test_an_estimate_in_a_sentence_tells_what_is_not_known() -> None:
    assert estimate_text(an_estimate()) == "0.800 (95 % CI 0.700–0.900, n = 100)"
    unknown = an_estimate(lower=None, upper=None, n=None)
    assert estimate_text(unknown) == "0.800 (no interval known, n not known)"


def test_what_one_has_is_that_and_what_several_have_is_those() -> None:
    assert those_of(("r4",)) == "that of r4"
    assert those_of(("r4", "r8")) == "those of r4, r8"
