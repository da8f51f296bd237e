"""Slugs, natural order, suggestions, and values that mean the same."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.names import SLUG_BYTES, as_number, natural_key, nearest, same_value, shown, slug, value_key

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12), st.dates()
)


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


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("metrc", ["metrics", "metric", "view"], "metric"),
        ("scores_heatmp", ["scores_heatmap", "scores_by_task"], "scores_heatmap"),
        ("Scores-By-Task", ["scores_heatmap", "scores_by_task"], "scores_by_task"),
        ("zzz", ["scores_heatmap"], None),
        ("x", [], None),
    ],
)
def test_the_nearest_known_word_is_suggested(word: str, known: list[str], expected: str | None) -> None:
    assert nearest(word, known) == expected


def test_numbers_in_names_sort_by_size() -> None:
    assert sorted(["r16", "r4", "r8", "R5", "base"], key=natural_key) == ["base", "r4", "R5", "r8", "r16"]
    assert sorted(["lr1e-4", "lr5e-5", "lr1e-5"], key=natural_key) == ["lr1e-5", "lr5e-5", "lr1e-4"]
    assert sorted(["v1.10", "v1.9"], key=natural_key) == ["v1.9", "v1.10"]


@given(st.lists(st.text()), st.randoms(use_true_random=False))
def test_any_texts_can_be_sorted_and_the_order_does_not_depend_on_their_first_order(
    texts: list[str], random: Random
) -> None:
    shuffled = random.sample(texts, len(texts))
    assert sorted(texts, key=natural_key) == sorted(shuffled, key=natural_key)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1e-5", 1e-5), ("16", 16), (" 0.5 ", 0.5), (3, 3), (".5", 0.5), ("-2", -2), ("1E+3", 1000.0)],
)
def test_numbers_that_were_read_as_text_are_numbers(value: object, expected: float) -> None:
    assert as_number(value) == expected


@pytest.mark.parametrize(
    "value",
    [True, "true", "007", "1_000", "1B", "", None, float("nan"), "inf", "1e999", "9" * 5000, [1], "１６"],
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


def test_a_quoted_text_stays_on_one_line_and_short() -> None:
    assert shown("a\nb\x1b[31m") == "'a\\nb\\x1b[31m'"
    assert shown("x" * 300) == "'" + "x" * 60 + "…'"
