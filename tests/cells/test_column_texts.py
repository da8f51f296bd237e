"""A column as people read it."""

from __future__ import annotations

from tests.make import a_cell
from vizspec.cells.column_texts import column_text


def test_a_columns_text_is_the_specs_label_else_the_value() -> None:
    cell = a_cell("r4", vis_label=16, columns={"balanced": True, "lr": 1e-05})
    assert column_text(cell, "task_name", {"vis_label": {"16": "Sixteen"}}) == "Sixteen"
    assert column_text(cell, "task_name", {"task_name": {"16": "S"}, "vis_label": {"16": "T"}}) == "S"
    assert column_text(cell, "balanced", {"balanced": {"true": "Balanced"}}) == "Balanced"
    assert column_text(cell, "lr", {"lr": {"0.00001": "low"}}) == "low"
    assert column_text(cell, "balanced") == "true"
    assert column_text(cell, "epoch") is None
    assert column_text(cell, "nothing") is None
