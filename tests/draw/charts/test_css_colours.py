"""Texts that are colours to a browser."""

from __future__ import annotations

import pytest

from vizspec.draw.charts.css_colours import is_colour


@pytest.mark.parametrize("text", ["red", "SteelBlue", "#abc", "#0072b2", "#0072b2cc", "none", "currentColor"])
def test_names_and_numbers_of_colours_are_colours(text: str) -> None:
    assert is_colour(text)


@pytest.mark.parametrize("text", ["rde", "", "#12", "#ggg", "model", "url(x)", "red; x"])
def test_other_texts_are_none(text: str) -> None:
    assert not is_colour(text)
