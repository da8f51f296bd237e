"""Scalars on which YAML 1.1 and 1.2 disagree."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vizspec.parsing.yaml_versions import one_face, two_faces

PLAIN = st.text(alphabet="0123456789+-._eExobyYnNoOfFtTrRuUlLsS~:ain", min_size=1, max_size=8)


def tag_of(text: str) -> str:
    """The tag that PyYAML gives a plain scalar."""
    loader: Any = yaml.SafeLoader("")
    return str(loader.resolve(yaml.ScalarNode, text, (True, False)))


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("1e-5", ("text", "a number")),
        ("yes", ("true or false", "text")),
        ("Off", ("true or false", "text")),
        ("010", ("the number 8", "the number 10")),
        ("0o17", ("text", "a whole number")),
        ("08", ("text", "a whole number")),
        ("1_000", ("a whole number", "text")),
        ("12:30:00", ("a whole number", "text")),
        ("2026-01-29", ("a date", "text")),
        ("=", ("a special sign", "text")),
    ],
)
def test_a_scalar_of_two_meanings_is_told_with_both(text: str, faces: tuple[str, str]) -> None:
    assert two_faces(text, tag_of(text)) == faces


@pytest.mark.parametrize(
    "text", ["1", "0", "-3", "1.0e-5", ".5", "true", "null", "~", "", "match", "0x1F", ".inf"]
)
def test_a_scalar_of_one_meaning_passes(text: str) -> None:
    assert two_faces(text, tag_of(text)) is None


@given(PLAIN)
def test_quoting_is_always_among_the_advice(text: str) -> None:
    assert f'("{text}")' in one_face(text)


@given(
    st.integers(-99, 99),
    st.sampled_from(["", ".", ".5"]),
    st.sampled_from(["", "+", "-"]),
    st.integers(0, 30),
)
def test_the_advised_spelling_of_a_number_is_that_number_to_all(
    whole: int, fraction: str, sign: str, power: int
) -> None:
    text = f"{whole}{fraction}e{sign}{power}"
    if two_faces(text, tag_of(text)):
        advised = one_face(text).removeprefix("write ").partition(",")[0]
        assert two_faces(advised, tag_of(advised)) is None
        assert yaml.safe_load(advised) == float(text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("0700", 'write 700, or 448; where text is meant, quote it ("0700")'),
        ("0o1274", 'write 700; where text is meant, quote it ("0o1274")'),
        ("-010", 'write -10, or -8; where text is meant, quote it ("-010")'),
        ("1_000", 'write 1000; where text is meant, quote it ("1_000")'),
        ("0b11", 'write 3; where text is meant, quote it ("0b11")'),
        ("12:30", 'quote it ("12:30")'),
    ],
)
def test_the_numbers_that_a_scalar_may_mean_are_among_the_advice(text: str, advice: str) -> None:
    assert one_face(text) == advice
