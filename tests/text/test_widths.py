"""How wide texts are drawn."""

from __future__ import annotations

import pytest

from vizspec.draw.charts.label_texts import chart_texts, shortened
from vizspec.draw.figures.panels import fitted
from vizspec.text.widths import letters_of, signs_within
from vizspec.views._room import label_pixels

QWEN = "通义千问大语言模型第三版微调数据集合成收入预测实验组"


def test_east_asian_signs_are_wider_than_letters() -> None:
    assert letters_of("Llama") == 5
    assert letters_of("通义") == 4
    assert letters_of("é") == 1
    assert label_pixels([QWEN]) > 1.6 * label_pixels(["a" * len(QWEN)])


def test_wide_letters_are_wider_than_average_and_narrow_ones_no_less() -> None:
    assert letters_of("Llama-3.2-8B-Instruct") == 21
    assert letters_of("iiiii") == 5
    assert letters_of("W" * 10) == pytest.approx(17.24)
    assert letters_of("<b>m4</b> &amp; 50%") > 21.5


def test_marks_on_a_letter_take_no_room() -> None:
    assert letters_of("e\u0301te\u0301") == 3


def test_fewer_of_them_have_room() -> None:
    assert signs_within("Llama", 40) == 40
    assert signs_within("W" * 50, 40) == 23
    assert signs_within(QWEN, 35) == 17
    assert letters_of(shortened(QWEN, 35)) <= 35
    assert shortened(QWEN, 52) == QWEN
    assert all(letters_of(line) <= 22 for line in fitted(QWEN, 21, 2).split("\n"))


def test_names_of_them_that_differ_at_the_end_stay_different() -> None:
    names = [f"{QWEN}{number}" for number in range(3)]
    shown = chart_texts(names, 24)
    assert len(set(shown.values())) == 3
    assert all(letters_of(text) <= 26 for text in shown.values())
