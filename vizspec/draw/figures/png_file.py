"""Pixels as a PNG file (PNG specification, third edition), each row as its difference from the one above.

Pillow tries five filters on each row of a coloured picture: on figures, which are mostly flat, twice the time
for files that are no smaller.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COMPRESSION = 3
"""From 0 to 9: the higher levels take twice as long, and spare a seventh of the bytes."""
OPAQUE = 255
STRIP = 128
"""Rows that are worked on at once: a copy of a whole figure takes ten megabytes."""
DIFFERENCE_FROM_ABOVE = b"\x02"
METRES_AN_INCH = 0.0254


def png_file(pixels: Image, dpi: float) -> bytes:
    """The RGBA pixels, of which so many are an inch in documents, without their opacity where it is full."""
    is_opaque = pixels.getchannel("A").getextrema() == (OPAQUE, OPAQUE)
    mode, colour_type = ("RGB", 2) if is_opaque else ("RGBA", 6)
    header = struct.pack(">IIBBBBB", *pixels.size, 8, colour_type, 0, 0, 0)
    chunks = (
        chunk(b"IHDR", header),
        resolution(dpi),
        chunk(b"IDAT", b"".join(_deflated(pixels, mode))),
        chunk(b"IEND", b""),
    )
    return SIGNATURE + b"".join(chunks)


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk with its length and its checksum (5.3)."""
    checksum = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def resolution(dpi: float) -> bytes:
    """The chunk that tells the pixels' size (11.3.4.3), so that documents show the picture unscaled."""
    per_metre = round(dpi / METRES_AN_INCH)
    return chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))


def _deflated(pixels: Image, mode: str) -> Iterator[bytes]:
    deflating = zlib.compressobj(COMPRESSION, memLevel=9)
    length = pixels.width * len(mode)
    for top in range(0, pixels.height, STRIP):
        rows = _differences(pixels, mode, top)
        for start in range(0, len(rows), length):
            yield deflating.compress(DIFFERENCE_FROM_ABOVE)
            yield deflating.compress(rows[start : start + length])
    yield deflating.flush()


def _differences(pixels: Image, mode: str, top: int) -> memoryview:
    """Rows from `top` on, less those above them; above the first one all is 0."""
    from PIL import ImageChops

    width, height = pixels.width, min(STRIP, pixels.height - top)
    strip = pixels.crop((0, top - 1, width, top + height)).convert(mode)
    rows, above = (strip.crop((0, start, width, start + height)) for start in (1, 0))
    return memoryview(ImageChops.subtract_modulo(rows, above).tobytes())
