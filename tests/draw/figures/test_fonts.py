"""Fonts for characters that the house font lacks."""

from __future__ import annotations

import logging

import pytest

from vizspec.draw.figures.fonts import covering, installed_fonts_have
from vizspec.draw.figures.mpl import figure_bytes, new_figure

FONTS = {
    "Both": frozenset(map(ord, "中あ")),
    "Chinese": frozenset(map(ord, "中")),
    "Emoji": frozenset(map(ord, "🤖")),
    "Unifont": frozenset(map(ord, "中あ🤖한")),
}


@pytest.mark.parametrize(
    ("missing", "expected"),
    [("中", ("Both",)), ("中あ🤖", ("Both", "Emoji")), ("中한", ("Both", "Unifont")), ("ﷺ", ()), ("", ())],
)
def test_the_fewest_fonts_that_have_what_is_missing_are_taken(
    missing: str, expected: tuple[str, ...]
) -> None:
    assert covering(missing, FONTS) == expected


def test_labels_are_drawn_with_an_installed_font_that_has_their_characters(
    caplog: pytest.LogCaptureFixture,
) -> None:
    if not installed_fonts_have("中"):
        pytest.skip("no font with Chinese characters is installed")
    figure, [ax] = new_figure(2, 1)
    ax.set_title("中文")
    with caplog.at_level(logging.WARNING):
        figure_bytes(figure, "png")
    assert caplog.records == []
    assert ax.title.get_fontfamily()[0] == "DejaVu Sans"
    assert len(ax.title.get_fontfamily()) > 1
    assert ax.yaxis.label.get_fontfamily() == ["DejaVu Sans"]
