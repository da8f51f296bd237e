"""What shapes say is what matplotlib draws: places, values, colours, words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.text import Text

from vizspec.draw.figures.mpl import figure_bytes
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.shapes.figure_size import FigureStyle
from vizspec.draw.shapes.model import (
    Axis,
    Bars,
    Boxes,
    Cells,
    ColourScale,
    Key,
    Panel,
    Points,
    Rule,
    Shapes,
    TextMarks,
)

BLUE, RED = "#0072b2", "#d55e00"


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
    colour_scale=ColourScale("Accuracy", (0, 20_000), ("#ffffff", BLUE), format="~s"),
)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["screen", "paper"])
def test_text_stays_text_in_an_svg(style: FigureStyle) -> None:
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
    def sizes(style: FigureStyle) -> list[Any]:
        return [text.get_fontsize() for text in figure_of(WHOLE, style).legends[0].get_texts()]

    assert sizes("paper") == [7.0]
    assert sizes("screen") == [8.0]


def test_marks_of_a_layered_panel_lie_over_each_other_in_their_order() -> None:
    marks = (Points((0.5,), (0.5,), RED), Rule("y", 0.5), Boxes((0.0,), (1.0,), (0.0,), (1.0,), (BLUE,), 0.5))
    axis = Axis(domain=(0, 1))
    (ax,) = figure_of(Shapes((Panel(marks, axis, axis, is_layered=True),), height=300)).axes
    dots, box = ax.collections
    (rule,) = ax.lines
    assert dots.get_zorder() < rule.get_zorder() < box.get_zorder()
    (fill,) = np.asarray(box.get_facecolor())
    assert [round(float(channel), 2) for channel in fill] == [0, 0.45, 0.7, 0.5]


def spans(texts: list[Any]) -> list[tuple[float, float]]:
    """Where the texts of a figure begin and end, from below to above, in the order of their middles."""
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    return sorted((box.y0, box.y1) for box in boxes)


def test_labels_beside_many_rows_have_one_line_where_those_below_are_turned() -> None:
    rows = tuple(f"m{at:03}-Meta-Llama-3.2-Instruct-finetuned-on-synthetic-income" for at in range(50))
    column = "t00_a_benchmark_of_many_words_on_predicting_the_income"
    cells = Cells((column,) * 50, rows, (BLUE,) * 50, ("",) * 50, "#000000")
    panel = Panel((cells,), Axis(categories=(column,)), Axis(categories=rows))
    scale = ColourScale("Accuracy", (0, 1), ("#ffffff", BLUE))
    figure = figure_of(Shapes((panel,), "A matrix", width=700, height=1300, colour_scale=scale), "paper")
    figure.canvas.draw()
    found = spans(figure.axes[0].get_yticklabels())
    assert all(low[1] <= high[0] + 1 for low, high in pairwise(found))


def test_the_title_of_a_panel_beside_long_labels_is_not_cut() -> None:
    rows = tuple(f"m{at:03}-Meta-Llama…e-with-lora-ran" for at in range(50))
    bars = Bars(rows, (1.0,) * 50, BLUE, along="x")
    panel = Panel(
        (bars,), Axis("value", domain=(0, 1)), Axis("model", categories=rows), "t00_a_benchm…_census_tab"
    )
    figure = figure_of(Shapes((panel,), "Bars", width=700, height=860), "paper")
    figure.canvas.draw()
    (title,) = [text for text in figure.findobj(Text) if text.get_text().startswith("t00_a_bench")]
    assert title.get_window_extent().x1 <= figure.bbox.x1
