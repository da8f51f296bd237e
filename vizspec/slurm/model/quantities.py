"""Slurm's ways of writing times, memory and numbers, read into seconds, GiB and finite floats.

Whatever cannot be read, is negative, or is not finite is None: not known.
"""

from __future__ import annotations

import math
import re

GIB = 1024**3

UNLIMITED_DAYS = 365
"""The backfill scheduler writes 365 days into a job that has no limit."""

_BYTES = {"": 1, "B": 1, "K": 1024, "M": 1024**2, "G": GIB, "T": 1024**4, "P": 1024**5, "E": 1024**6}
_MEMORY = re.compile(r"([0-9.]{1,30})\s*([KMGTPE]?)(?:i?B)?", re.IGNORECASE)
_DURATION = re.compile(r"(?:([0-9]{1,9})-)?([0-9]{1,9}):([0-9]{2}):([0-9]{2})(?:\.[0-9]*)?")
_SHORT_DURATION = re.compile(r"([0-9]{1,9}):([0-9]{2})(?:\.[0-9]*)?")


def number(value: object) -> float | None:
    """The value as a finite float that is not negative; None for all else, truth values included."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        parsed = float(value)
    except (ValueError, OverflowError):
        return None
    return parsed if math.isfinite(parsed) and parsed >= 0 else None


def positive(value: object) -> float | None:
    """Like `number`, but 0 is not known either: for what cannot be 0 of a job that ran, such as memory."""
    return number(value) or None


def whole(value: object) -> int | None:
    """Like `number`, rounded down to an integer."""
    parsed = number(value)
    return None if parsed is None else int(parsed)


def seconds(text: str) -> int | None:
    """`D-HH:MM:SS`, `HH:MM:SS` or `MM:SS`, with or without a fraction, as whole seconds."""
    text = text.strip()
    if match := _DURATION.fullmatch(text):
        days, hours, minutes, rest = (int(part or 0) for part in match.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + rest
    if match := _SHORT_DURATION.fullmatch(text):
        return int(match[1]) * 60 + int(match[2])
    return None


def clock(total_seconds: float) -> str:
    """Seconds as Slurm writes them: `HH:MM:SS`, from a day on `D-HH:MM:SS`."""
    minutes, rest = divmod(int(total_seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    text = f"{hours:02}:{minutes:02}:{rest:02}"
    return f"{days}-{text}" if days else text


def limit_seconds(limit: str) -> int | None:
    """A time limit in seconds; None for one that does not limit: `UNLIMITED`, or 365 days."""
    total = seconds(limit)
    return None if total is None or total == UNLIMITED_DAYS * 86_400 else total


def memory_gib(text: str) -> float | None:
    """`309.58 MB`, `1G`, `1.50T`, `317008K` or plain bytes, in GiB (base 1024, as Slurm counts)."""
    match = _MEMORY.fullmatch(text.strip())
    value = number(match[1]) if match else None
    if match is None or value is None:
        return None
    return value * _BYTES[match[2].upper()] / GIB
