"""Values that mean the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.text.values import as_number, same_value, value_key

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12), st.dates()
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1e-5", 1e-5), ("16", 16), (" 0.5 ", 0.5), (3, 3), (".5", 0.5), ("-2", -2), ("1E+3", 1000.0)],
)
def test_numbers_that_were_read_as_text_are_numbers(value: object, expected: float) -> None:
    assert as_number(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *(True, "true", "007", "1_000", "1B", "", None, [1], "１６"),
        *(float("nan"), "inf", "1e999", 10**399, "9" * 399, "9" * 5000),
    ],
)
def test_what_only_looks_like_a_number_is_none(value: object) -> None:
    assert as_number(value) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1e-5", 1e-05),
        (16, "16"),
        (1, 1.0),
        ("true", True),
        ("yes", True),
        ("Off", False),
        ([1, 2], "1,2"),
        (["a"], "a"),
        (date(2026, 1, 29), "2026-01-29"),
        (" r4 ", "r4"),
        ({"a": "1"}, {"a": 1}),
        (0.0, -0.0),
    ],
)
def test_one_value_in_two_spellings_is_the_same(a: object, b: object) -> None:
    assert same_value(a, b)
    assert same_value(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [(1, True), (0, "false"), ("R4", "r4"), ("01", 1), (None, False), ("1B", 1)]
)
def test_different_values_are_not_the_same(a: object, b: object) -> None:
    assert not same_value(a, b)


@given(SCALARS)
def test_a_value_is_the_same_as_its_own_text(value: object) -> None:
    if value is not None:
        assert same_value(value, str(value))
    assert hash(value_key(value)) == hash(value_key(value))
