"""What marks say is what matplotlib draws: places, values, colours, words."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.colors import to_hex

from tests.draw.make import TASKS, one_panel
from vizspec.draw.shapes.model import (
    Area,
    Axis,
    Band,
    Bars,
    Cells,
    DrawnColumn,
    DrawnTable,
    Line,
    Points,
    Rule,
    Steps,
    TextMarks,
    Ticks,
    Whiskers,
)

BLUE, RED = "#0072b2", "#d55e00"


def test_bars_stand_side_by_side_in_their_category_as_high_as_their_values() -> None:
    ax = one_panel(
        Bars(("rivers", "lakes"), (0.5, 0.75), BLUE, slot=(0, 2)), Bars(("lakes",), (0.25,), RED, slot=(1, 2))
    )
    found = [
        (round(bar.get_x() + bar.get_width() / 2, 2), bar.get_height(), to_hex(bar.get_facecolor()))
        for bar in ax.patches
    ]
    assert found == [(-0.2, 0.5, BLUE), (0.8, 0.75, BLUE), (1.2, 0.25, RED)]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["rivers", "lakes"]


def test_level_bars_stand_from_top_to_bottom() -> None:
    ax = one_panel(Bars(("rivers", "lakes"), (0.5, 0.75), BLUE, "x"), x=Axis(domain=(0, 1)), y=TASKS)
    assert [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in ax.patches] == [
        (0, 0.5),
        (1, 0.75),
    ]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def segments(ax: Any) -> list[list[list[float]]]:
    return [[list(map(float, end)) for end in line] for one in ax.collections for line in one.get_segments()]


def test_whiskers_reach_from_end_to_end() -> None:
    assert segments(one_panel(Whiskers(("lakes",), (0.2,), (0.4,)))) == [[[1, 0.2], [1, 0.4]]]
    level = one_panel(Whiskers(("lakes",), (0.2,), (0.4,), along="x"), x=Axis(domain=(0, 1)), y=TASKS)
    assert segments(level) == [[[0.2, 1], [0.4, 1]]]


def test_a_whisker_with_caps_and_a_halo_has_four_lines() -> None:
    assert len(segments(one_panel(Whiskers(("lakes",), (0.2,), (0.4,), has_caps=True, halo="white")))) == 4


def test_ticks_lie_across_their_value() -> None:
    ((start, end),) = segments(one_panel(Ticks(("lakes",), (0.3,), RED)))
    assert (start[1], end[1]) == (0.3, 0.3)
    assert start[0] < 1 < end[0]


def test_points_stand_where_they_are_told() -> None:
    ax = one_panel(Points((1.0, 2.0), (0.1, 0.2), BLUE), x=Axis())
    assert ax.collections[0].get_offsets().tolist() == [[1.0, 0.1], [2.0, 0.2]]


def test_a_line_has_a_gap_where_a_value_is_missing() -> None:
    ax = one_panel(Line((1, 2, 3), (0.1, None, 0.3), BLUE, dash=(3, 1)), x=Axis(scale="log"))
    (line,) = ax.lines
    assert [math.isnan(value) for value in line.get_ydata()] == [False, True, False]
    assert ax.get_xscale() == "log"


def test_a_band_a_polygon_and_steps_are_filled() -> None:
    ax = one_panel(
        Band((0, 1), (0.1, 0.2), (0.3, 0.4), BLUE),
        Area((0, 1, 1), (0, 0, 1), RED),
        Steps((0, 0.5, 1), (3, 4), BLUE, is_filled=True),
        x=Axis(),
    )
    assert len(ax.collections) == 1
    assert len(ax.patches) == 2


def test_a_rule_goes_through_the_whole_panel() -> None:
    ax = one_panel(Rule("x", 0.5), Rule("y", 0.25), x=Axis(domain=(0, 1)))
    assert [list(map(float, line.get_xdata())) for line in ax.lines] == [[0.5, 0.5], [0, 1]]


def test_cells_have_their_colours_and_texts() -> None:
    ax = one_panel(
        Cells(("rivers", "lakes"), ("1B", "3B"), (BLUE, RED), ("0.5", "")), y=Axis(categories=("1B", "3B"))
    )
    colours = [to_hex(colour) for colour in ax.collections[0].get_facecolor()]
    assert colours == [BLUE, RED]
    assert [(text.get_text(), *text.get_position()) for text in ax.texts] == [("0.5", 0, 0)]


def test_a_table_has_its_heads_over_its_rows_and_numbers_at_the_right() -> None:
    table = DrawnTable(
        (DrawnColumn("model", ("1B", "$3B")), DrawnColumn("score", ("0.5", "0.25"), is_number=True))
    )
    ax = one_panel(table, x=Axis(is_hidden=True), y=Axis(is_hidden=True))
    found = [(t.get_text(), t.get_position()[1], t.get_ha(), t.get_fontweight()) for t in ax.texts]
    assert found == [
        ("model", -1, "left", "bold"),
        ("1B", 0, "left", "normal"),
        ("$3B", 1, "left", "normal"),
        ("score", -1, "right", "bold"),
        ("0.5", 0, "right", "normal"),
        ("0.25", 1, "right", "normal"),
    ]


def test_sizes_symbols_and_offsets_are_those_of_the_shapes() -> None:
    ax = one_panel(
        Points((0.0, 1.0), (0.5, 0.5), "none", symbol="times", edge=RED, sizes=(4.0, 8.0)),
        TextMarks((0.0,), (0.5,), ("a",), offset=(3.0, 6.0)),
    )
    (dots,) = ax.collections
    assert [round(float(size) ** 0.5, 2) for size in dots.get_sizes()] == [4.4, 8.8]
    (text,) = ax.texts
    assert (text.xy, text.xyann) == ((0.0, 0.5), (3.0, 6.0))
