"""PNG files as values: what their header says, and the resolution that documents read from them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

SIGNATURE_AND_HEADER_BYTES = 33


@dataclass(frozen=True)
class Png:
    """A picture: the file's bytes, and its size in device pixels."""

    data: bytes
    width: int
    height: int


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height from a PNG's header (PNG specification, 11.2.2)."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def css_width(data: bytes, scale: float) -> int:
    """The width in CSS pixels at which a PNG drawn at this scale is shown; the file's beginning is enough."""
    return round(png_size(data)[0] / scale)


def with_resolution(data: bytes, scale: int) -> bytes:
    """The PNG with its pixels' size told (PNG specification, 11.3.5.3), so that documents show it unscaled.

    One CSS pixel is 1/96 inch.
    """
    per_metre = round(96 * scale / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:SIGNATURE_AND_HEADER_BYTES] + chunk + data[SIGNATURE_AND_HEADER_BYTES:]
