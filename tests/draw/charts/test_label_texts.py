"""Labels in charts: one line, short, and never two alike."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vizspec.draw.charts.label_texts import LIMIT, attribute_text, chart_texts, one_line, shortened
from vizspec.text.widths import is_mark


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1B", "1B"),
        ("a\nb\t c", "a b c"),
        ("tab\x00and\x1b[31mred", "tab and [31mred"),
        ("left‮right", "left right"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("", "(no label)"),
        ("  \n ", "(no label)"),
    ],
)
def test_a_label_stands_on_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_no_letter_carries_a_tower_of_marks() -> None:
    tower = "\u0351\u036b\u036c\u036a\u0302"
    assert one_line(f"Z{tower}algo") == f"Z{tower[:3]}algo"
    assert one_line(f"{tower}a") == f"{tower[:3]}a"
    assert one_line("ve\u0302\u0323t") == "v\u1ec7t"


def test_labels_that_are_spelled_apart_and_look_alike_are_numbered() -> None:
    shown = chart_texts(["caf\u00e9", "cafe\u0301"])
    assert list(shown.values()) == ["caf\u00e9", "caf\u00e9 (2)"]


def test_a_long_label_loses_its_middle() -> None:
    assert shortened("Llama-3.2-1B-Instruct-lora-r8", 12) == "Llama-…ra-r8"
    assert shortened("x" * 300) == "x" * 20 + "…" + "x" * 19


def test_labels_that_part_in_their_middle_show_where() -> None:
    first, second = "x" * 150 + "a" + "x" * 149, "x" * 150 + "b" + "x" * 149
    shown = chart_texts([first, second], 24)
    assert shown == {first: "xxxxxxxx…xxxaxxx…xxxxxxx", second: "xxxxxxxx…xxxbxxx…xxxxxxx"}


def test_labels_that_look_alike_on_one_line_are_numbered() -> None:
    assert list(chart_texts(["a b", "a\nb", "a b (2)"]).values()) == ["a b", "a b (3)", "a b (2)"]


@given(st.lists(st.text(max_size=90), unique=True), st.integers(16, 60))
@example(["0" * 35 + "\N{DEVANAGARI VOWEL SIGN U}"], 35)  # a mark takes no room of its own
def test_different_labels_stay_different_and_short(labels: list[str], limit: int) -> None:
    shown = chart_texts(labels, limit)
    assert list(shown) == labels
    assert len(set(shown.values())) == len(labels)
    assert all(sum(not is_mark(sign) for sign in text) <= limit for text in shown.values())


@given(st.text("xy", min_size=40, max_size=60), st.lists(st.integers(0, 59), unique=True, max_size=12))
def test_long_labels_that_differ_in_few_letters_stay_different(text: str, places: list[int]) -> None:
    labels = {text[:place] + "z" + text[place + 1 :] for place in places}
    shown = chart_texts(sorted(labels))
    assert len(set(shown.values())) == len(labels)
    assert all(len(one) <= LIMIT for one in shown.values())


def test_a_text_that_mosaic_would_take_for_a_parameter_is_marked_as_text() -> None:
    assert attribute_text("$x") == "\u200b$x"
    assert attribute_text("cost in $") == "cost in $"


def test_what_is_added_in_brackets_stays_whole() -> None:
    label = "a-model-with-a-very-long-name-indeed (reasoning_effort high)"
    assert shortened(label, 40) == "a-model-with-a-… (reasoning_effort high)"
    assert len(shortened(label, 40)) <= 40
