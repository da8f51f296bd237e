"""JSON as logs have it: with bare `NaN` and `Infinity`, up to a size, and with halves of characters."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

import msgspec

from vizspec.limits.files import MEGABYTE

T = TypeVar("T")

MOST_MB = 60
"""Python's own reader takes many times the memory of the text."""


_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = re.compile(rb"(?P<whole>\\\\|%b%b)|%b|%b" % (_HIGH, _LOW, _HIGH, _LOW))
"""An escaped backslash, a pair of surrogates, or a lone one, which no file can hold as text."""


def whole_characters(text: bytes) -> bytes:
    """The JSON with U+FFFD for each lone surrogate that it spells."""
    if b"\\ud" not in text and b"\\uD" not in text:
        return text
    return _HALF.sub(lambda found: found[0] if found["whole"] else b"\\ufffd", text)


INTEGER_BITS = 63


def without_long_integers(value: Any) -> Any:
    """The value with a text for each integer that 64 bits do not hold: it is a name or a seed, no amount."""
    if isinstance(value, dict):
        return {key: without_long_integers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_long_integers(part) for part in value]
    if isinstance(value, int) and value.bit_length() > INTEGER_BITS:
        return str(value)
    return value


def decoded(decoder: msgspec.json.Decoder[T], text: bytes) -> T:
    """By msgspec, or by way of the standard library where the text holds NaN, as Inspect writes it.

    Halves of characters become whole ones, as `whole_characters` has it.

    Raises:
        ValueError: it is no JSON (`msgspec.DecodeError`), of another shape (`msgspec.ValidationError`), or
            too large to be read the other way.
        RecursionError: it is nested too deeply.
    """
    text = whole_characters(text)
    try:
        return decoder.decode(text)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(lenient_json(text), decoder.type)


def lenient_json(text: bytes) -> Any:
    """What the text holds.

    Raises:
        ValueError: it is no JSON even so, or too large to be read this way.
        RecursionError: it is nested too deeply.
    """
    if len(text) > MOST_MB * MEGABYTE:
        raise ValueError(f"it is no strict JSON, and larger than {MOST_MB} MB")
    return json.loads(text)
