"""Histograms show each class and the base rate."""

from __future__ import annotations

from tests.draw.make import make, texts
from vizspec.draw.palette import categorical
from vizspec.draw.risk import histogram_figures, histogram_series


def test_a_histogram_has_each_class_and_the_base_rate() -> None:
    [series] = make("histogram", ["a"])
    [figure] = histogram_figures([series])
    [ax] = figure.axes
    drawn = [patch.get_data().values.tolist() for patch in ax.patches[:2]]
    assert drawn == [list(series.histogram.negative), list(series.histogram.positive)]
    assert ax.lines[0].get_xdata() == [series.histogram.base_rate] * 2
    assert any("base rate" in text and "n = 40" in text for text in texts(figure))


def test_the_classes_have_their_names_in_the_legend() -> None:
    series = histogram_series("a", categorical("a")["a"], [0, 1], [0.2, 0.7], positive="yes", negative="no")
    [figure] = histogram_figures([series])
    assert {"target is yes", "target is no", "base rate"} <= set(texts(figure))
