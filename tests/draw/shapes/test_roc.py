"""ROC curves tell their area, and none hides another."""

from __future__ import annotations

from typing import Any

from tests.draw.make import make
from vizspec.draw.figures.risk import roc_series
from vizspec.draw.palette import categorical
from vizspec.draw.shapes.model import FAINT, Line, Panel, Shapes
from vizspec.draw.shapes.roc import roc_shapes
from vizspec.draw.shapes.unit_square import DIAGONAL


def lines(panel: Panel) -> list[Line]:
    return [mark for mark in panel.marks if isinstance(mark, Line) and mark is not DIAGONAL]


def words(shapes: Shapes) -> list[str]:
    return [key.label for key in shapes.legend]


def test_the_legend_of_roc_curves_tells_area_interval_and_count() -> None:
    [series] = make("roc", ["a"])
    shapes = roc_shapes([series], level=0.9)
    expected = f"a: AUC {series.area:.3f} ({series.lower:.3f}–{series.upper:.3f}), n = 40"
    assert words(shapes) == [expected, "chance"]
    assert shapes.legend_title == "AUC with 90% CI"


def test_an_area_without_interval_has_a_dash() -> None:
    series = roc_series("constant", categorical(["constant"])["constant"], [0, 1], [0.5, 0.5])
    assert words(roc_shapes([series]))[0] == "constant: AUC 0.500 (–), n = 2"


def test_a_curve_has_the_points_and_the_colour_of_its_model_and_tells_them() -> None:
    [series] = make("roc", ["a"])
    [line] = lines(roc_shapes([series]).panels[0])
    assert (line.x, line.y) == (series.curve.false_positive_rate, series.curve.true_positive_rate)
    assert line.colour == series.style.colour
    tips = dict(line.tips)
    assert tips["False positive rate"][0] == "0.000"
    assert set(tips["Model"]) == {"a"}


def test_of_two_equal_curves_both_are_seen() -> None:
    one, other = (roc_series(name, categorical("ab")[name], [0, 1, 1], [0.1, 0.2, 0.9]) for name in "ab")
    first, second = lines(roc_shapes([one, other]).panels[0])
    assert first.thickness > second.thickness


def test_many_models_have_a_panel_each_with_the_others_behind() -> None:
    series: list[Any] = make("roc", [f"m{n}" for n in range(7)])
    shapes = roc_shapes(series, in_panels=True, behind=[one.curve for one in series])
    assert [panel.title for panel in shapes.panels] == [f"m{n}" for n in range(7)]
    assert (shapes.rows, shapes.columns) == (2, 4)
    behind, own = lines(shapes.panels[0])
    assert behind.colour == FAINT
    assert behind.y.count(None) == 7
    assert own.x == series[0].curve.false_positive_rate
    assert shapes.legend == ()
    assert "grey: the other models" in shapes.note
