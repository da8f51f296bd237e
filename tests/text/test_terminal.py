"""No text of an input steers the terminal."""

from __future__ import annotations

import json

import pytest

from vizspec.text.terminal import harmless, harmless_json, in_one_line


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("over\rwritten", r"over\rwritten"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("\udc80", r"\udc80"),
        ("Größe 漢 😀\n\tnext", "Größe 漢 😀\n\tnext"),
    ],
)
def test_what_steers_a_terminal_is_escaped_and_what_shows_something_stays(text: str, escaped: str) -> None:
    assert harmless(text) == escaped


def test_a_cell_of_a_table_stays_in_its_line() -> None:
    assert in_one_line("a\nb\tc\x1b") == r"a\nb\tc\x1b"


def test_json_says_the_same_with_its_own_escapes() -> None:
    value = {"a": "\x7f\x9b\u2028\u202e é 😀"}
    text = harmless_json(json.dumps(value, ensure_ascii=False))
    assert not set("\x7f\x9b\u2028\u202e") & set(text)
    assert json.loads(text) == value
