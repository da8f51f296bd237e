"""The order in which people sort names that hold numbers."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER_IN_TEXT = re.compile(r"([0-9]+(?:\.[0-9]+)?[eE]-[0-9]{1,3}(?![0-9])|[0-9]+)")


def natural_key(text: str) -> tuple[tuple[tuple[int, Decimal, str], ...], str]:
    """A sort key that orders the numbers in texts by size: `r4 < r8 < r16`, `lr1e-5 < lr1e-4`."""
    parts = _NUMBER_IN_TEXT.split(text)
    keys = [
        (0, Decimal(part), "") if at % 2 else (1, Decimal(0), part.casefold())
        for at, part in enumerate(parts)
        if part
    ]
    return tuple(keys), text
