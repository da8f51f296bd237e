"""Histograms show each class and the base rate."""

from __future__ import annotations

from tests.draw.make import make
from vizspec.draw.figures.risk import histogram_series
from vizspec.draw.palette import categorical
from vizspec.draw.shapes.histogram import histogram_shapes
from vizspec.draw.shapes.model import Rule, Steps


def test_a_histogram_has_each_class_and_the_base_rate() -> None:
    [series] = make("histogram", ["a"])
    [panel] = histogram_shapes([series]).panels
    filled = [mark.values for mark in panel.marks if isinstance(mark, Steps) and mark.is_filled]
    assert filled == [series.histogram.negative, series.histogram.positive]
    [rule] = [mark for mark in panel.marks if isinstance(mark, Rule)]
    assert rule.at == series.histogram.base_rate
    assert panel.title == "a"
    assert "base rate" in panel.note
    assert "n = 40" in panel.note


def test_a_bin_tells_its_range_its_class_and_its_count() -> None:
    series = histogram_series("a", categorical("a")["a"], [0, 1], [0.2, 0.7], 2, "yes", "no")
    [panel] = histogram_shapes([series]).panels
    negative, positive = (dict(mark.tips) for mark in panel.marks if isinstance(mark, Steps) and mark.tips)
    assert negative == {
        "Predicted": ("0.000–0.500", "0.500–1.000"),
        "Target": ("no", "no"),
        "Samples": ("1", "0"),
    }
    assert positive["Samples"] == ("0", "1")


def test_the_classes_have_their_names_in_the_legend() -> None:
    series = histogram_series("a", categorical("a")["a"], [0, 1], [0.2, 0.7], positive="yes", negative="no")
    keys = [key.label for key in histogram_shapes([series]).legend]
    assert keys == ["target is yes", "target is no", "base rate"]
