"""The unit square that figures of probabilities share, and the grid of their panels."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.shapes.unit_square import TICKS, grid, unit_axis


@given(st.integers(1, 60), st.integers(1, 6))
def test_a_grid_has_room_and_no_empty_row(panels: int, columns: int) -> None:
    rows, used = grid(panels, columns)
    assert rows * used >= panels
    assert (rows - 1) * used < panels
    assert used <= columns


def test_the_unit_axis_leaves_room_for_curves_along_its_edges() -> None:
    axis = unit_axis("Predicted")
    assert axis.domain is not None
    assert axis.domain[0] < 0
    assert axis.domain[1] > 1
    assert [text for _, text in TICKS if text] == ["0", "0.5", "1"]
