"""Slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.text.slugs import SLUG_BYTES, free_of, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("match", "match"),
        ("match/accuracy", "match_accuracy"),
        ("../../etc/passwd", "etc_passwd"),
        ("a b  c", "a_b_c"),
        ("v1.5%", "v1.5"),
        ("a..b", "a.b"),
        ('x"y<z>|`\n\\', "x_y_z"),
        ("1B Balanced", "1B_Balanced"),
        ("größe", "größe"),
        ("nul.txt", "x-nul.txt"),
    ],
)
def test_a_slug_keeps_what_is_readable_and_safe(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("text", ["", "..", "/", "🎉", "   ", ". . ."])
def test_a_text_without_readable_characters_still_has_a_name(text: str) -> None:
    assert len(slug(text)) == 8


def test_long_texts_with_one_beginning_keep_distinct_slugs() -> None:
    assert slug("a" * 300) != slug("a" * 301)
    assert slug("a" * 300).startswith("a" * 71 + "-")


@given(st.text())
def test_every_slug_is_a_plain_file_name(text: str) -> None:
    name = slug(text)
    assert 0 < len(name.encode()) <= SLUG_BYTES
    assert ".." not in name
    assert not name.startswith((".", "-"))
    assert not name.endswith(".")
    assert not set(name) & set('/\\:*?"<>|` \n\t\0')


@given(st.text(), st.integers(min_value=12, max_value=60))
def test_a_slug_is_its_own_slug(text: str, limit: int) -> None:
    assert slug(slug(text, limit), limit) == slug(text, limit)


def test_a_name_is_numbered_until_it_is_free() -> None:
    assert [free_of("a", taken) for taken in ({"b"}, {"a"}, {"a", "a_2"})] == ["a", "a_2", "a_3"]
