"""Marks of a panel become lines, polygons and symbols at inches."""

from __future__ import annotations

from math import isnan

from vizspec.draw.figures.grid_layout import TICK, CanvasBox
from vizspec.draw.figures.mpl import HALO
from vizspec.draw.figures.panel_pieces import Dots, Fill, Pane, Piece, Stroke, pieces_of
from vizspec.draw.shapes.model import Axis, Band, DrawnMark, Line, Panel, Points, Rule, Steps, Whiskers

BLUE = "#0072b2"
TEN = Axis(domain=(0, 10))


def pane(*marks: DrawnMark, y: Axis = TEN) -> Pane:
    """A panel of 0 to 10 on both axes, an inch from the left and two from the foot, ten inches each way."""
    return Pane(Panel(marks, TEN, y), CanvasBox(1, 2, 10, 10), ((5.0, "5"),), ())


def pieces(*marks: DrawnMark) -> list[Piece]:
    """The pieces of the marks, without those of the panel's frame."""
    return [piece for piece in pieces_of([pane(*marks)]) if 0 < piece.depth < 3]


def test_values_stand_at_inches_and_what_is_missing_nowhere() -> None:
    one = pane(y=Axis(domain=(5, 10)))
    assert (one.x_at(0), one.x_at(10), one.y_at(7.5)) == (1, 11, 7)
    assert str(one.y_at(None)) == "nan"


def test_a_frame_is_the_grid_under_the_marks_and_axes_with_ticks_over_them() -> None:
    under, over = pieces_of([pane()])
    assert (under.depth, over.depth) == (0, 3)
    assert isinstance(under, Stroke)
    assert list(under.places)[:2] == [(6, 2), (6, 12)]
    assert isinstance(over, Stroke)
    assert list(over.places)[:2] == [(6, 2 - TICK), (6, 2)]


def test_a_line_and_a_rule_are_strokes_of_their_colours() -> None:
    line, rule = pieces(Line((0, 10), (0, 10), BLUE), Rule("y", 5, BLUE))
    assert isinstance(line, Stroke)
    assert (line.places, line.colour) == ([(1, 2), (11, 12)], BLUE)
    assert isinstance(rule, Stroke)
    assert (rule.places, rule.colour) == ([(1, 7), (11, 7)], BLUE)


def test_whiskers_are_one_stroke_with_gaps_over_their_halo() -> None:
    halo, whiskers = pieces(Whiskers((0, 10), (1, 2), (3, 4), BLUE, halo="white", thickness=1.0))
    assert isinstance(halo, Stroke)
    assert isinstance(whiskers, Stroke)
    assert (halo.colour, halo.thickness, whiskers.thickness) == ("white", 1 + HALO, 1)
    assert str(halo.places) == str(whiskers.places)
    assert [place for place in whiskers.places if not isnan(place[0])] == [(1, 3), (1, 5), (11, 4), (11, 6)]
    assert [isnan(x) for x, _ in whiskers.places] == [False, False, True, False, False, True]


def test_a_band_and_filled_steps_are_polygons() -> None:
    band, steps = pieces(Band((0, 10), (1, 1), (2, 2), BLUE, 0.5), Steps((0, 10), (4,), BLUE, is_filled=True))
    assert isinstance(band, Fill)
    assert (band.places, band.opacity) == ([(1, 3), (11, 3), (11, 4), (1, 4)], 0.5)
    assert isinstance(steps, Fill)
    assert steps.places == [(1, 2), (1, 6), (11, 6), (11, 2)]


def test_points_keep_their_mark_and_later_marks_lie_over_earlier_ones() -> None:
    mark = Points((5,), (5,), BLUE)
    line, dots = pieces(Line((0, 10), (0, 10), BLUE), mark)
    assert isinstance(dots, Dots)
    assert (dots.places, dots.mark) == ([(6, 7)], mark)
    assert line.depth < dots.depth
