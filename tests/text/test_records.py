"""Rows as CSV and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass

from vizspec.text.records import columns_of, csv_text, json_text


@dataclass(frozen=True)
class Row:
    name: str
    value: float | None
    n: int = 1


ROWS = (Row("a\r,b", 0.1 + 0.2), Row('"', float("nan")), Row("\ud800", -0.0, 2))


def test_csv_has_numbers_in_full_and_nothing_for_what_is_not_known() -> None:
    assert columns_of(Row) == ("name", "value", "n")
    assert csv_text(Row, ROWS) == 'name,value,n\n"a\r,b",0.30000000000000004,1\n"""",,1\n?,0.0,2\n'


def test_csv_has_no_zero_bytes_at_which_readers_stop() -> None:
    assert csv_text(Row, [Row("a\0b", 0.5)]) == "name,value,n\na\ufffdb,0.5,1\n"


def test_json_has_lists_of_rows_by_name() -> None:
    found = json.loads(json_text({"rows": ROWS, "none": ()}))
    assert found["none"] == []
    assert found["rows"][1] == {"name": '"', "value": None, "n": 1}


def test_a_text_that_begins_like_a_formula_is_text_in_spreadsheets_too() -> None:
    rows = [Row(text, -0.5) for text in ("=1+1", "+a", "-x", "@a", "\tb", "a=b")]
    assert csv_text(Row, rows).splitlines()[1:] == [
        *("'=1+1,-0.5,1", "'+a,-0.5,1", "'-x,-0.5,1", "'@a,-0.5,1", "'\tb,-0.5,1", "a=b,-0.5,1")
    ]
