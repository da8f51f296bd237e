"""The places of panels: in rows, apart from each other, within the canvas."""

from __future__ import annotations

import pytest

from vizspec.draw.figures.grid_layout import TextLines, TickLabels, grid_layout
from vizspec.draw.figures.mpl import SIZES

SCREEN = SIZES["screen"]
LABELS = TickLabels(beside=0.2, half=0.1, is_beside_each=False, is_below_each=False)


def test_panels_stand_row_by_row_without_touching() -> None:
    written = TextLines(title=1, titles=(1, 2), below=2, has_side=True)
    layout = grid_layout(3, 2, (6.0, 5.0), written, LABELS, SCREEN, 0.0, is_square=False)
    first, second, third = layout.boxes
    assert second.left > first.left + first.width
    assert third.left == first.left
    assert third.bottom + third.height < first.bottom
    assert first.height == pytest.approx(third.height)
    assert second.left + second.width < layout.width
    assert layout.height == pytest.approx(5.0)


def test_a_canvas_of_square_panels_is_as_high_as_they_need() -> None:
    written = TextLines(title=0, titles=(1,), below=1, has_side=False)
    flat, high = (
        grid_layout(2, 2, (6.0, height), written, LABELS, SCREEN, 0.0, is_square=True)
        for height in (1.0, 9.0)
    )
    assert flat == high
    assert flat.boxes[0].width == pytest.approx(flat.boxes[0].height)


def test_labels_of_each_panel_and_a_legend_take_room() -> None:
    written = TextLines(title=0, titles=(0, 0), below=0, has_side=False)
    each = TickLabels(0.2, 0.1, is_beside_each=True, is_below_each=True)
    shared, own = (
        grid_layout(4, 2, (6.0, 5.0), written, labels, SCREEN, 0.0, is_square=False)
        for labels in (LABELS, each)
    )
    legend = grid_layout(4, 2, (6.0, 5.0), written, LABELS, SCREEN, 0.5, is_square=False)
    assert own.boxes[0].width < shared.boxes[0].width
    assert own.boxes[0].height < shared.boxes[0].height
    assert legend.height == pytest.approx(shared.height + 0.5)
    assert legend.below == pytest.approx(shared.below + 0.5)
