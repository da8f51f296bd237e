"""Figures are made without global state, in one style, and give the same bytes each time."""

from __future__ import annotations

import logging
import sys

import matplotlib
import psutil
import pytest

from vizspec.draw.figures.mpl import ImageFormat, figure_bytes, new_figure, styled

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def test_a_figure_has_the_size_and_the_axes_asked_for() -> None:
    figure, axes = new_figure(4, 3, rows=2, columns=3, height_ratios=[3, 1])
    assert tuple(figure.get_size_inches()) == (4, 3)
    assert len(axes) == 6
    place = axes[1].get_subplotspec()
    assert place is not None
    assert place.colspan.start == 1


def test_axes_can_share_their_scale() -> None:
    _, (upper, lower) = new_figure(4, 3, rows=2, sharex=True)
    upper.set_xlim(0, 7)
    assert lower.get_xlim() == (0, 7)


def test_a_figure_is_drawn_without_pyplot() -> None:
    before = "matplotlib.pyplot" in sys.modules
    figure_bytes(new_figure(1, 1)[0], "png")
    assert ("matplotlib.pyplot" in sys.modules) == before


@pytest.mark.slow
@pytest.mark.parametrize("image_format", ["png", "svg", "pdf"])
def test_the_same_figure_gives_the_same_bytes(
    image_format: ImageFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    @styled()
    def image() -> bytes:
        figure, [ax] = new_figure(2, 2)
        ax.fill_between([0, 1], [0, 1], label="a")
        ax.legend()
        return figure_bytes(figure, image_format)

    first = image()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    with matplotlib.rc_context({"axes.facecolor": "red", "svg.hashsalt": "other"}):
        assert image() == first


def test_a_picture_tells_neither_date_nor_version() -> None:
    figure, _ = new_figure(1, 1)
    png, svg = figure_bytes(figure, "png"), figure_bytes(figure, "svg")
    assert png.startswith(PNG_MAGIC)
    assert b"Software" not in png
    assert matplotlib.__version__.encode() not in svg
    assert b"dc:date" not in svg


def test_the_scale_multiplies_the_pixels() -> None:
    figure, _ = new_figure(3, 2)
    assert _png_size(figure_bytes(figure, "png", scale=1)) == (300, 200)
    assert _png_size(figure_bytes(figure, "png", scale=2)) == (600, 400)


def test_a_dollar_sign_in_a_label_is_a_dollar_sign() -> None:
    with styled():
        figure, [ax] = new_figure(2, 2)
        ax.set_title("costs $1 {or} $2_")
    assert figure_bytes(figure, "png").startswith(PNG_MAGIC)


def test_a_character_that_no_font_has_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    figure, [ax] = new_figure(2, 2)
    ax.set_title("\U0010fffd")
    with caplog.at_level(logging.WARNING):
        figure_bytes(figure, "png")
    assert "cannot be drawn" in caplog.text


def test_labels_that_leave_no_room_are_logged_and_are_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    figure, [ax] = new_figure(1, 1)
    ax.set_ylabel("W\n" * 60)
    with caplog.at_level(logging.WARNING):
        figure_bytes(figure, "svg")
    assert "a figure's labels leave no room for what it shows" in caplog.text


def test_an_unknown_format_and_a_bad_scale_are_refused() -> None:
    figure, _ = new_figure(1, 1)
    with pytest.raises(ValueError, match=r"no image format 'doc': .*pdf, .*png, "):
        figure_bytes(figure, "doc")
    with pytest.raises(ValueError, match="positive"):
        figure_bytes(figure, "png", scale=0)


def _png_size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_a_figure_that_lives_on_keeps_no_pixels() -> None:
    figures = []

    def drawn() -> int:
        figures.append(new_figure(10, 10)[0])
        figures[-1].suptitle("16 MB of pixels")
        figure_bytes(figures[-1], "png")
        return int(psutil.Process().memory_info().rss)

    first = drawn()
    held = [drawn() for _ in range(8)][-1] - first
    assert held < 4 * 16_000_000
