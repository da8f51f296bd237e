"""What shapes say is what matplotlib draws: places, values, colours, words."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from vizspec.draw.figures.mpl import figure_bytes
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.shapes.figure_size import FigureStyle
from vizspec.draw.shapes.model import (
    Axis,
    Boxes,
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
