"""Values that went through YAML, JSON or a command line: which number each is, and when two are one."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_LONGEST_NUMBER = 400
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

PlainNumber = int | float


def as_number(value: object) -> PlainNumber | None:
    """The finite number that `value` is, or that its text spells (`'1e-5'`, which YAML 1.1 reads as text).

    Truth values are no numbers, nor are texts with leading zeros (`'007'` is a label).
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _spelled_number(value.strip())
    return value if isinstance(value, int | float) and is_finite(value) else None


def is_finite(value: PlainNumber) -> bool:
    """Whether a float can hold the number, which a whole one may be too large for."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def same_value(a: object, b: object) -> bool:
    """Whether two values mean the same although one went through YAML, JSON or a command line.

    `'1e-5'` is `1e-05`, `'true'` and `'yes'` are `True`, `[1, 2]` is `'1,2'`, a date is its ISO text; `1` is
    not `True`.
    """
    return value_key(a) == value_key(b)


def value_key(value: object) -> Hashable:
    """A key that is equal for exactly those values that `same_value` calls the same."""
    if isinstance(value, bool):
        return ("truth", value)
    number = as_number(value)
    if number is not None:
        return ("number", Decimal(repr(number)))
    if isinstance(value, str):
        return _text_key(value.strip())
    if isinstance(value, list | tuple):
        return _sequence_key(value)
    if isinstance(value, date):
        return ("text", value.isoformat())
    if isinstance(value, Mapping):
        pairs = ((str(key), value_key(item)) for key, item in value.items())
        return ("mapping", frozenset(pairs))
    return ("text", str(value)) if value is not None else ("nothing",)


def plain_value(value: object) -> Any:
    """A value of a YAML 1.1 reader as people mean it, its parts too: numbers as numbers, dates as text."""
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): plain_value(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(plain_value(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    number = as_number(value)
    return value if number is None else number


def _spelled_number(text: str) -> PlainNumber | None:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    number = int(text) if text.lstrip("+-").isdigit() else float(text)
    return number if is_finite(number) else None


def _text_key(text: str) -> Hashable:
    truth = _TRUTHS.get(text.casefold())
    if truth is not None:
        return ("truth", truth)
    if "," in text:
        return _sequence_key(text.split(","))
    return ("text", text)


def _sequence_key(items: Iterable[object]) -> Hashable:
    keys = tuple(value_key(item) for item in items)
    return keys[0] if len(keys) == 1 else ("sequence", keys)
