"""Rows that are frozen dataclasses as CSV and JSON: one order of columns, numbers in full."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

_CRLF = "\r\n"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a text begins that spreadsheets would take for a formula and work out."""


def columns_of(kind: type[Any]) -> tuple[str, ...]:
    """The names of the columns that rows of this dataclass make."""
    return tuple(column.name for column in fields(kind))


def csv_text(kind: type[Any], rows: Sequence[Any]) -> str:
    """The rows as CSV with a header, a line feed after each; floats in full (`repr`), None is empty.

    A text that a spreadsheet would take for a formula has an apostrophe before it, which makes it text there.
    A zero byte, at which many readers stop, is U+FFFD.
    """
    records = (tuple(map(_finite, asdict(row).values())) for row in rows)
    return _encodable("".join(_line(record) for record in (columns_of(kind), *records)))


def json_text(rows: dict[str, Sequence[Any]]) -> str:
    """Lists of rows as one JSON object; what is not known is null, and NaN never occurs."""
    data = {
        name: [{key: _finite(value) for key, value in asdict(row).items()} for row in listed]
        for name, listed in rows.items()
    }
    return _encodable(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def _line(values: Iterable[object]) -> str:
    """One record. The writer quotes a carriage return only where its line ending has one."""
    line = io.StringIO()
    csv.writer(line, lineterminator=_CRLF).writerow(map(_field, values))
    return line.getvalue().removesuffix(_CRLF) + "\n"


def _field(value: object) -> object:
    if isinstance(value, str):
        text = value.replace("\0", "\ufffd")
        return f"'{text}" if text.startswith(_FORMULA) else text
    return "" if value is None else value


def _finite(value: Any) -> Any:
    """A float as Python's own, or None where it is no number; -0.0 is 0.0. All else as it is."""
    if isinstance(value, float):
        return float(value) + 0.0 if math.isfinite(value) else None
    return value


def _encodable(text: str) -> str:
    """The text without halves of characters, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()
