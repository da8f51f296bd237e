"""What shapes say is what matplotlib draws: places, values, colours, words."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex

from vizspec.draw.figures.mpl import figure_bytes
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.shapes.figure_size import Style
from vizspec.draw.shapes.model import (
    Area,
    Axis,
    Band,
    Bars,
    Boxes,
    Cells,
    ColourScale,
    DrawnColumn,
    DrawnTable,
    Key,
    Line,
    Mark,
    Panel,
    Points,
    Rule,
    Shapes,
    Steps,
    TextMarks,
    Ticks,
    Whiskers,
)

BLUE, RED = "#0072b2", "#d55e00"
TASKS = Axis(categories=("rivers", "lakes"))


def drawn(*marks: Mark, x: Axis = TASKS, y: Axis | None = None) -> Any:
    """The axes of one panel."""
    shapes = Shapes((Panel(marks, x, y or Axis("Accuracy", domain=(0, 1))),), "Scores", height=300)
    return figure_of(shapes).axes[0]


def test_bars_stand_side_by_side_in_their_category_as_high_as_their_values() -> None:
    ax = drawn(
        Bars(("rivers", "lakes"), (0.5, 0.75), BLUE, slot=(0, 2)), Bars(("lakes",), (0.25,), RED, slot=(1, 2))
    )
    found = [
        (round(bar.get_x() + bar.get_width() / 2, 2), bar.get_height(), to_hex(bar.get_facecolor()))
        for bar in ax.patches
    ]
    assert found == [(-0.2, 0.5, BLUE), (0.8, 0.75, BLUE), (1.2, 0.25, RED)]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["rivers", "lakes"]


def test_level_bars_stand_from_top_to_bottom() -> None:
    ax = drawn(Bars(("rivers", "lakes"), (0.5, 0.75), BLUE, "x"), x=Axis(domain=(0, 1)), y=TASKS)
    assert [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in ax.patches] == [
        (0, 0.5),
        (1, 0.75),
    ]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def segments(ax: Any) -> list[list[list[float]]]:
    return [[list(map(float, end)) for end in line] for one in ax.collections for line in one.get_segments()]


def test_whiskers_reach_from_end_to_end() -> None:
    assert segments(drawn(Whiskers(("lakes",), (0.2,), (0.4,)))) == [[[1, 0.2], [1, 0.4]]]
    level = drawn(Whiskers(("lakes",), (0.2,), (0.4,), along="x"), x=Axis(domain=(0, 1)), y=TASKS)
    assert segments(level) == [[[0.2, 1], [0.4, 1]]]


def test_a_whisker_with_caps_and_a_halo_has_four_lines() -> None:
    assert len(segments(drawn(Whiskers(("lakes",), (0.2,), (0.4,), has_caps=True, halo="white")))) == 4


def test_ticks_lie_across_their_value() -> None:
    ((start, end),) = segments(drawn(Ticks(("lakes",), (0.3,), RED)))
    assert (start[1], end[1]) == (0.3, 0.3)
    assert start[0] < 1 < end[0]


def test_points_stand_where_they_are_told() -> None:
    ax = drawn(Points((1.0, 2.0), (0.1, 0.2), BLUE), x=Axis())
    assert ax.collections[0].get_offsets().tolist() == [[1.0, 0.1], [2.0, 0.2]]


def test_a_line_has_a_gap_where_a_value_is_missing() -> None:
    ax = drawn(Line((1, 2, 3), (0.1, None, 0.3), BLUE, dash=(3, 1)), x=Axis(scale="log"))
    (line,) = ax.lines
    assert [math.isnan(value) for value in line.get_ydata()] == [False, True, False]
    assert ax.get_xscale() == "log"


def test_a_band_a_polygon_and_steps_are_filled() -> None:
    ax = drawn(
        Band((0, 1), (0.1, 0.2), (0.3, 0.4), BLUE),
        Area((0, 1, 1), (0, 0, 1), RED),
        Steps((0, 0.5, 1), (3, 4), BLUE, is_filled=True),
        x=Axis(),
    )
    assert len(ax.collections) == 1
    assert len(ax.patches) == 2


def test_a_rule_goes_through_the_whole_panel() -> None:
    ax = drawn(Rule("x", 0.5), Rule("y", 0.25), x=Axis(domain=(0, 1)))
    assert [list(map(float, line.get_xdata())) for line in ax.lines] == [[0.5, 0.5], [0, 1]]


def test_cells_have_their_colours_and_texts() -> None:
    ax = drawn(
        Cells(("rivers", "lakes"), ("1B", "3B"), (BLUE, RED), ("0.5", "")), y=Axis(categories=("1B", "3B"))
    )
    colours = [to_hex(colour) for colour in ax.collections[0].get_facecolor()]
    assert colours == [BLUE, RED]
    assert [(text.get_text(), *text.get_position()) for text in ax.texts] == [("0.5", 0, 0)]


def test_labels_below_an_axis_are_turned_where_they_do_not_fit_beside_each_other() -> None:
    few, many = (tuple(f"a rather long label {n}" for n in range(count)) for count in (3, 30))
    rotations = [
        drawn(x=Axis(categories=labels)).get_xticklabels()[0].get_rotation() for labels in (few, many)
    ]
    assert rotations == [0, 45]


def test_the_name_of_an_axis_is_broken_where_the_panel_is_narrow() -> None:
    long = Axis("Difference in the accuracy of the models (right: the first is better)")
    panel = Panel((), long, Axis(categories=("a rather long label", "b")))
    assert "\n" in figure_of(Shapes((panel,), height=300), "paper").axes[0].get_xlabel()
    assert "\n" not in figure_of(Shapes((panel,), height=300)).axes[0].get_xlabel()


def test_an_axis_of_large_numbers_or_counts_is_written_so() -> None:
    ax = drawn(y=Axis(domain=(0, 20_000), is_short=True))
    ax.figure.canvas.draw()
    assert "20k" in [label.get_text() for label in ax.get_yticklabels()]
    counts = drawn(y=Axis(domain=(0, 3), is_count=True))
    counts.figure.canvas.draw()
    assert [label.get_text() for label in counts.get_yticklabels()] == ["0", "1", "2", "3"]


def test_the_legend_tells_every_key_those_that_begin_with_a_line_too() -> None:
    shapes = Shapes(
        (Panel(()),),
        legend=(Key("_1B", BLUE), Key("3B", RED, "line", (3, 1)), Key("7B", RED, "point")),
        height=300,
    )
    (legend,) = figure_of(shapes).legends
    assert [text.get_text() for text in legend.get_texts()] == ["_1B", "3B", "7B"]


WHOLE = Shapes(
    (
        Panel(
            (TextMarks((0.5,), (0.5,), ("in the middle",), has_halo=True),),
            title="First",
            note="n = 5",
            weight=2,
        ),
        Panel((), Axis("Predicted"), Axis("Observed"), is_square=True),
        Panel(()),
    ),
    "Scores of $x$ & <b>",
    columns=2,
    x_label="all across",
    y_label="all down",
    shares_x=True,
    legend=(Key("1B", BLUE),),
    legend_title="Models",
    colour_scale=ColourScale("Accuracy", (0, 20_000), ("#ffffff", BLUE), is_short=True),
)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["screen", "paper"])
def test_text_stays_text_in_an_svg(style: Style) -> None:
    svg = figure_bytes(figure_of(WHOLE, style), "svg", style=style).decode()
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    wanted = {
        "Scores of $x$ &amp; &lt;b&gt;",
        "First",
        "n = 5",
        "in the middle",
        "all across",
        "1B",
        "Accuracy",
    }
    assert wanted <= set(texts)
    width = float(re.findall(r'width="([\d.]+)pt"', svg)[0]) / 72
    assert width == pytest.approx(6.9 if style == "paper" else 7.0)


@pytest.mark.slow
def test_a_pdf_holds_its_fonts_and_no_date() -> None:
    pdf = figure_bytes(figure_of(WHOLE), "pdf")
    assert pdf.startswith(b"%PDF")
    assert b"/CIDFontType2" in pdf
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_equal_shapes_give_equal_bytes(suffix: str) -> None:
    first, second = (figure_bytes(figure_of(WHOLE), suffix) for _ in range(2))
    assert first == second


def test_type_on_paper_is_smaller() -> None:
    def sizes(style: Style) -> list[Any]:
        return [text.get_fontsize() for text in figure_of(WHOLE, style).legends[0].get_texts()]

    assert sizes("paper") == [7.0]
    assert sizes("screen") == [8.0]


def test_ticks_of_categories_name_some_of_them_by_their_rank() -> None:
    ax = drawn(x=Axis(categories=("a", "b", "c"), ticks=((1, "second"),)))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["", "second", ""]


def test_ticks_without_room_beside_each_other_are_thinned() -> None:
    ticks = tuple((float(at), f"a long label {at}") for at in range(40))
    ax = drawn(x=Axis(domain=(0, 39), ticks=ticks))
    shown = [label.get_text() for label in ax.get_xticklabels()]
    assert shown[0] == "a long label 0"
    assert 2 < len(shown) < 10


@pytest.mark.parametrize(
    ("domain", "written"),
    [
        ((1, 200_000), ["1", "10", "100", "1k", "10k", "100k"]),
        ((0.5, 20), ["0.5", "1", "2", "5", "10", "20"]),
    ],
)
def test_numbers_of_a_log_scale_are_no_formulas(domain: tuple[float, float], written: list[str]) -> None:
    ax = drawn(x=Axis(domain=domain, scale="log"))
    ax.figure.canvas.draw()
    low, high = domain
    shown = [t.get_text() for t in ax.get_xticklabels() if low <= t.get_position()[0] <= high]
    assert shown == written
    assert [t.get_text() for t in ax.get_xticklabels(minor=True)] == []


def test_a_table_has_its_heads_over_its_rows_and_numbers_at_the_right() -> None:
    table = DrawnTable(
        (DrawnColumn("model", ("1B", "$3B")), DrawnColumn("score", ("0.5", "0.25"), is_number=True))
    )
    ax = drawn(table, x=Axis(is_hidden=True), y=Axis(is_hidden=True))
    found = [(t.get_text(), t.get_position()[1], t.get_ha(), t.get_fontweight()) for t in ax.texts]
    assert found == [
        ("model", -1, "left", "bold"),
        ("1B", 0, "left", "normal"),
        ("$3B", 1, "left", "normal"),
        ("score", -1, "right", "bold"),
        ("0.5", 0, "right", "normal"),
        ("0.25", 1, "right", "normal"),
    ]


def test_marks_of_a_layered_panel_lie_over_each_other_in_their_order() -> None:
    marks = (Points((0.5,), (0.5,), RED), Rule("y", 0.5), Boxes((0.0,), (1.0,), (0.0,), (1.0,), (BLUE,), 0.5))
    axis = Axis(domain=(0, 1))
    (ax,) = figure_of(Shapes((Panel(marks, axis, axis, is_layered=True),), height=300)).axes
    dots, box = ax.collections
    (rule,) = ax.lines
    assert dots.get_zorder() < rule.get_zorder() < box.get_zorder()
    (fill,) = np.asarray(box.get_facecolor())
    assert [round(float(channel), 2) for channel in fill] == [0, 0.45, 0.7, 0.5]


def test_sizes_symbols_and_offsets_are_those_of_the_shapes() -> None:
    ax = drawn(
        Points((0.0, 1.0), (0.5, 0.5), "none", symbol="times", edge=RED, sizes=(4.0, 8.0)),
        TextMarks((0.0,), (0.5,), ("a",), offset=(3.0, 6.0)),
    )
    (dots,) = ax.collections
    assert [round(float(size) ** 0.5, 2) for size in dots.get_sizes()] == [4.4, 8.8]
    (text,) = ax.texts
    assert (text.xy, text.xyann) == ((0.0, 0.5), (3.0, 6.0))


def test_numbers_of_an_axis_are_written_in_the_format_that_is_asked_for() -> None:
    ax = drawn(y=Axis(domain=(0, 1), format=".0%"))
    ax.figure.canvas.draw()
    assert {"0%", "100%"} <= {label.get_text() for label in ax.get_yticklabels()}
