"""PNG files as values: what their header says, and the resolution that documents read from them."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from vizspec.draw.figures.png_file import SIGNATURE, resolution

SIGNATURE_AND_HEADER_BYTES = 33
CSS_DPI = 96


@dataclass(frozen=True)
class Png:
    """A picture: the file's bytes, and its size in device pixels."""

    data: bytes
    width: int
    height: int


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height from a PNG's header (PNG specification, 11.2.2); the file's beginning is enough.

    Raises:
        ValueError: it has no such header, or nothing is to be seen.
    """
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < SIGNATURE_AND_HEADER_BYTES:
        raise ValueError("no PNG")
    width, height = struct.unpack(">II", data[16:24])
    if width == 0 or height == 0:
        raise ValueError("an empty PNG")
    return width, height


def css_width(data: bytes, scale: float) -> int | None:
    """The width in CSS pixels at which a PNG drawn at this scale is shown; None of what is no PNG."""
    try:
        return round(png_size(data)[0] / scale)
    except ValueError:
        return None


def with_resolution(data: bytes, scale: int) -> bytes:
    """The PNG with its pixels' size told, as documents show it: one CSS pixel is 1/96 inch."""
    end = SIGNATURE_AND_HEADER_BYTES
    return data[:end] + resolution(CSS_DPI * scale) + data[end:]
