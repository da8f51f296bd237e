"""Grids of panels without axes of matplotlib's: what is drawn stands where the shapes say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text

from vizspec.draw.figures.mpl import figure_bytes
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.figures.small_multiples import are_small_multiples
from vizspec.draw.shapes.model import (
    Area,
    Axis,
    Band,
    DrawnMark,
    Line,
    Panel,
    Points,
    Rule,
    Shapes,
    Steps,
    Whiskers,
)

BLUE = "#0072b2"
UNIT = Axis(domain=(0, 1), ticks=((0.0, "0"), (0.5, ""), (1.0, "1")))
EMPTY = Panel((), UNIT, UNIT)


def grid(*marks: DrawnMark, **more: Any) -> Shapes:
    """Two panels beside each other, the marks in the right one."""
    shapes = Shapes((EMPTY, Panel(marks, UNIT, UNIT)), columns=2, height=300, shares_x=True, shares_y=True)
    return replace(shapes, **more)


def frame_of(figure: Any) -> tuple[float, float, float, float]:
    """Left, foot, width and height of the right panel, from the places of its ticks' labels."""
    at = {(text.get_text(), text.get_horizontalalignment()): text.get_position() for text in labels(figure)}
    left, right = at["0", "center"][0], at["1", "center"][0]
    foot, top = at["0", "right"][1], at["1", "right"][1]
    return left, foot, right - left, top - foot


def labels(figure: Any) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text() in {"0", "1"}]


def shares(figure: Any, places: Any) -> list[list[float]]:
    """Places on the canvas as shares of the right panel."""
    left, foot, width, height = frame_of(figure)
    found: list[list[float]] = np.round((np.asarray(places) - (left, foot)) / (width, height), 6).tolist()
    return found


def of_mark(figure: Any, kind: Any) -> list[Any]:
    return [one for one in figure.findobj(kind) if 1 <= one.get_zorder() < 3]


def test_a_line_goes_through_its_places_and_has_a_gap_where_a_value_is_missing() -> None:
    figure = figure_of(grid(Line((0.0, 0.5, 1.0), (0.25, None, 0.75), BLUE, dash=(3.0, 1.0))))
    (line,) = of_mark(figure, LineCollection)
    (path,) = line.get_paths()
    found = shares(figure, path.vertices)
    assert (found[0], found[2]) == ([0.0, 0.25], [1.0, 0.75])
    assert np.isnan(found[1][1])
    assert to_hex(line.get_color()[0]) == BLUE


def test_whiskers_rules_and_outlines_are_lines_at_their_values() -> None:
    marks = (
        Whiskers((0.5,), (0.2,), (0.8,), BLUE, halo="#ffffff"),
        Rule("x", 0.5),
        Steps((0.0, 1.0), (0.5,), BLUE),
    )
    figure = figure_of(grid(*marks))
    halo, whisker, rule, outline = (
        shares(figure, path.vertices) for one in of_mark(figure, LineCollection) for path in one.get_paths()
    )
    assert halo[:2] == whisker[:2] == [[0.5, 0.2], [0.5, 0.8]]
    assert rule == [[0.5, 0.0], [0.5, 1.0]]
    assert outline == [[0.0, 0.0], [0.0, 0.5], [1.0, 0.5], [1.0, 0.0]]


def test_a_band_is_filled_between_its_ends_and_parted_by_a_gap() -> None:
    band = Band((0.0, 0.25, 0.5, 1.0), (0.1, 0.1, None, 0.1), (0.3, 0.4, 0.4, 0.4), BLUE)
    figure = figure_of(grid(band, Steps((0.0, 1.0), (0.5,), BLUE, is_filled=True)))
    first, second = of_mark(figure, PolyCollection)
    assert [len(path.vertices) for path in first.get_paths()] == [5, 3]
    assert shares(figure, second.get_paths()[0].vertices)[1] == [0.0, 0.5]


def test_points_stand_where_they_are_told() -> None:
    figure = figure_of(grid(Points((0.25, 0.5), (0.5, 1.0), BLUE, symbol="square")))
    (points,) = of_mark(figure, PathCollection)
    assert shares(figure, points.get_offsets()) == [[0.25, 0.5], [0.5, 1.0]]


def test_each_panel_has_its_title_and_the_shared_axes_are_labelled_once() -> None:
    panels = tuple(replace(EMPTY, title=name, note=f"n of {name}") for name in ("north", "south", "east"))
    shapes = Shapes(
        panels, "Rivers", 2, height=400, x_label="across", y_label="up", shares_x=True, shares_y=True
    )
    figure = figure_of(shapes)
    found = [text.get_text() for text in figure.findobj(Text)]
    assert {"north", "south", "east", "n of east", "Rivers", "across", "up"} <= set(found)
    assert (found.count("0"), found.count("1")) == (4, 4)


def test_square_panels_are_square() -> None:
    shapes = grid()
    square = replace(shapes, panels=tuple(replace(panel, is_square=True) for panel in shapes.panels))
    _, _, width, height = frame_of(figure_of(square))
    assert width == pytest.approx(height)


@pytest.mark.parametrize(
    "panel",
    [
        Panel((Line((0.0, 2.0), (0.0, 1.0), BLUE),), UNIT, UNIT),
        Panel((), Axis(categories=("a", "b")), UNIT),
        Panel((), Axis(domain=(1, 10), scale="log"), UNIT),
        Panel((), Axis(), UNIT),
        Panel((Area((0.0, 1.0, 1.0), (0.0, 0.0, 1.0), BLUE),), UNIT, UNIT),
        Panel((Whiskers((0.5,), (0.2,), (0.8,), has_caps=True),), UNIT, UNIT),
    ],
)
def test_what_may_leave_its_panel_or_has_other_axes_has_axes_of_matplotlibs(panel: Panel) -> None:
    shapes = Shapes((EMPTY, panel), columns=2, height=300)
    assert not are_small_multiples(shapes)
    assert len(figure_of(shapes).axes) == 2


def test_a_single_panel_has_axes_of_its_own() -> None:
    assert not are_small_multiples(Shapes((EMPTY,), height=300))


def test_text_stays_text_in_an_svg() -> None:
    shapes = grid(title="Scores of $x$ & <b>")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", figure_bytes(figure_of(shapes), "svg").decode())
    assert {"Scores of $x$ &amp; &lt;b&gt;", "0", "1"} <= set(texts)


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_equal_shapes_give_equal_bytes(suffix: str) -> None:
    shapes = grid(Line((0.0, 1.0), (0.0, 1.0), BLUE), title="Scores")
    first, second = (figure_bytes(figure_of(shapes), suffix) for _ in range(2))
    assert first == second
