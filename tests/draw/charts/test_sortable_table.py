"""Tables by inspect-viz."""

from __future__ import annotations

from typing import Any

from vizspec.draw.charts.sortable_table import Head, table

COLUMNS: dict[str, list[Any]] = {"c0": ["a", "b"], "c1": [0.5, None]}


def made(**arguments: Any) -> dict[str, Any]:
    heads = [Head("c0", "Model"), Head("c1", "Score", ".3f", 80)]
    config: dict[str, Any] = table(COLUMNS, heads, arguments).config
    return config


def test_columns_stand_under_their_labels_in_the_order_given() -> None:
    columns = made()["columns"]
    assert [(one.column, one.label, one.format) for one in columns] == [
        ("c0", "Model", None),
        ("c1", "Score", ".3f"),
    ]


def test_pages_are_there_where_a_size_is_given() -> None:
    assert made(page_size=20)["pagination"].page_size == 20
    assert "pagination" not in made()
