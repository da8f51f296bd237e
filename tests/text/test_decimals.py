"""Values as charts and tables show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.text.decimals import ends_text, short_text, value_text


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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_234_567, "1.23M"),
        (17_283_938, "17.3M"),
        (12_300, "12.3k"),
        (999_999, "1M"),
        (-4.2e9, "-4.2B"),
        (0.25, "0.250"),
    ],
)
def test_a_large_value_is_told_in_a_few_characters(value: float, text: str) -> None:
    assert short_text(value) == text


@pytest.mark.parametrize(("value", "text"), [(-1e-17, "0.000"), (-0.0, "0.000"), (1 - 1e-15, "1.000")])
def test_what_floating_point_sums_are_off_is_not_shown(value: float, text: str) -> None:
    assert value_text(value) == text


def test_the_ends_of_an_interval_are_told_together_or_not_at_all() -> None:
    assert ends_text(-0.012, 0.081) == "-0.012 to 0.081"
    assert ends_text(None, 0.081) == "-"
