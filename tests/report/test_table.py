"""Tables made of columns."""

from __future__ import annotations

import pytest

from vizspec.report.table import TableColumn, TextTable, table_of


def test_columns_become_rows() -> None:
    columns = [TableColumn("Model", ("a", "b")), TableColumn("n", ("1", "2"), "right")]
    assert table_of(columns, ["note"]) == TextTable(
        ("Model", "n"), (("a", "1"), ("b", "2")), ("left", "right"), ("note",)
    )


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        table_of([TableColumn("a", ("1", "2")), TableColumn("b", ("1",))])
