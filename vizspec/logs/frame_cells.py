"""What the cells of a data frame hold: texts, counts, times and JSON as values of Python's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from vizspec.limits.json_text import without_long_integers
from vizspec.logs.results import in_zone, instant
from vizspec.logs.scores import number
from vizspec.logs.setup import texts
from vizspec.text.values import as_number

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[,.' \u00a0\u202f][0-9]{3})+")


def mapping(value: object) -> Mapping[str, Any]:
    """The mapping that a cell holds as JSON text; empty for anything else."""
    parsed = from_json(value)
    return parsed if isinstance(parsed, dict) else {}


def first_text(values: Iterable[object]) -> str | None:
    """The first text that says something."""
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def spelled_numbers(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> None:
    """Numbers that are texts, since their column holds another text too, become numbers."""
    for row in rows:
        for name in columns:
            if isinstance(row.get(name), str) and (found := as_number(row[name])) is not None:
                row[name] = found


def how_to_write(text: str, is_count: bool = False) -> str:
    """How to write what looks like a number (a percentage, a decimal comma), as the end of a sentence."""
    if is_count and _THOUSANDS.fullmatch(text.strip()):
        return f": write {re.sub('[^0-9]', '', text)}"
    meant = as_number(text.strip().rstrip("% ").replace(",", "."))
    if meant is None:
        return ""
    return f": write {meant / 100 if text.strip().endswith('%') else meant:g}"


def tags_of(value: object) -> tuple[str, ...]:
    """The tags of a row, which a frame holds as a list or joined by commas."""
    if isinstance(value, list):
        return texts(value)
    return tuple(tag.strip() for tag in value.split(",") if tag.strip()) if isinstance(value, str) else ()


def whole(value: object) -> object:
    """A whole number that a gap in its column made a float as one again."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def restore_whole_numbers(rows: Sequence[dict[str, Any]], columns: Iterable[str]) -> None:
    """A column of whole numbers that has gaps comes back from a file as floats."""
    for name in columns:
        values = [row[name] for row in rows if row[name] is not None]
        if len(values) < len(rows) and all(isinstance(each, float) and each.is_integer() for each in values):
            for row in rows:
                row[name] = None if row[name] is None else int(row[name])


def from_json(value: object) -> object:
    """What a text of JSON says, None where it is none; other values as they are."""
    if not isinstance(value, str):
        return value
    try:
        parsed: object = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return without_long_integers(parsed)


def instant_of(value: object) -> datetime | None:
    """The time that a cell tells, with its zone: UTC where it names none."""
    if isinstance(value, datetime):
        return in_zone(value)
    return instant(value) if isinstance(value, str) else None


def count(value: object) -> int | None:
    """A whole number, not negative, or None."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found.is_integer() else None


def text_or_none(value: object) -> str | None:
    """The cell as text; None where it is empty."""
    return None if value is None or value == "" else str(value)


def plain(value: Any) -> Any:
    """A cell as a value of Python's own; what is missing (NaN, NA, NaT) is None."""
    import pandas as pd

    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    return value
