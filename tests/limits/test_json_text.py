"""JSON as logs have it."""

from __future__ import annotations

import json

import pytest

from vizspec.limits.json_text import MOST_MB, lenient_json, whole_characters


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (rb'"\ud800"', "\ufffd"),
        (rb'"a\uDC00b"', "a\ufffdb"),
        (rb'"\ud83d\ude00"', "😀"),
        (rb'"\ud83d\ud83d\ude00"', "\ufffd😀"),
        (rb'"\\ud800"', r"\ud800"),
        (rb'"\\\ud800"', "\\\ufffd"),
        (b'"plain"', "plain"),
    ],
)
def test_half_a_character_becomes_the_sign_for_an_unknown_one(text: bytes, value: str) -> None:
    assert json.loads(whole_characters(text)) == value


def test_bare_nan_is_read() -> None:
    assert str(lenient_json(b'{"a": NaN}')["a"]) == "nan"


def test_what_is_too_large_for_the_slow_way_is_refused() -> None:
    with pytest.raises(ValueError, match=f"larger than {MOST_MB} MB"):
        lenient_json(b" " * (MOST_MB * 1_000_000 + 1))
