"""A PNG's size and resolution, read back by another library."""

from __future__ import annotations

import io

import pytest

from vizspec.draw.pictures.png import css_width, png_size, with_resolution


def _png(width: int, height: int) -> bytes:
    from PIL import Image

    sink = io.BytesIO()
    Image.new("RGB", (width, height)).save(sink, "PNG")
    return sink.getvalue()


def test_the_size_is_read_from_the_file() -> None:
    assert png_size(_png(7, 5)) == (7, 5)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"picture of a chart, and more of it than a header", _png(7, 5)[:30]]
)
def test_what_has_no_header_has_no_size(data: bytes) -> None:
    with pytest.raises(ValueError, match="no PNG"):
        png_size(data)
    assert css_width(data, 2) is None


@pytest.mark.parametrize(("scale", "shown"), [(1, 701), (2, 350), (3, 234)])
def test_a_picture_is_shown_as_wide_as_it_was_before_scaling(scale: int, shown: int) -> None:
    assert css_width(_png(701, 5)[:64], scale) == shown


def test_a_picture_tells_its_scale_and_stays_the_picture_it_was() -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(with_resolution(_png(7, 5), 2)))
    picture.load()
    assert picture.size == (7, 5)
    assert picture.info["dpi"] == pytest.approx((192, 192), abs=0.01)
