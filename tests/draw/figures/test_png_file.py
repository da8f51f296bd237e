"""PNG files: any reader sees the pixels that were written."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from vizspec.draw.figures.png_file import STRIP, png_file


def read(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def noise(height: int) -> Image.Image:
    """Opaque pixels, no row of which is like another."""
    image = Image.effect_noise((7, height), 90).convert("RGBA")
    image.putpixel((0, 0), (1, 2, 3, 255))
    return image


@pytest.mark.parametrize("height", [1, 2, STRIP - 1, STRIP, STRIP + 1, 2 * STRIP + 3])
def test_a_picture_of_any_height_is_read_as_it_was_written(height: int) -> None:
    pixels = noise(height)
    found = read(png_file(pixels, 200))
    assert found.mode == "RGB"
    assert found.tobytes() == pixels.convert("RGB").tobytes()


def test_opacity_is_written_where_some_pixel_is_not_opaque() -> None:
    pixels = noise(STRIP + 5)
    pixels.putpixel((3, 4), (10, 20, 30, 40))
    found = read(png_file(pixels, 200))
    assert found.mode == "RGBA"
    assert found.tobytes() == pixels.tobytes()


def test_a_picture_tells_how_many_of_its_pixels_are_an_inch() -> None:
    assert read(png_file(noise(3), 254)).info["dpi"] == pytest.approx((254, 254))
