"""Histograms show each class and the base rate."""

from __future__ import annotations

import itertools

import pytest

from tests.draw.make import counts, left_title, make, texts, visible
from vizspec.draw.figures.risk import histogram_figure, histogram_series
from vizspec.draw.palette import categorical


def test_a_histogram_has_each_class_and_the_base_rate() -> None:
    [series] = make("histogram", ["a"])
    figure = histogram_figure([series])
    [ax] = figure.axes
    drawn = [counts(patch) for patch in ax.patches[:2]]
    assert drawn == [list(series.histogram.negative), list(series.histogram.positive)]
    assert ax.lines[0].get_xdata() == [series.histogram.base_rate] * 2
    assert any("base rate" in text and "n = 40" in text for text in texts(figure))


def test_the_classes_have_their_names_in_the_legend() -> None:
    series = histogram_series("a", categorical("a")["a"], [0, 1], [0.2, 0.7], positive="yes", negative="no")
    figure = histogram_figure([series])
    assert {"target is yes", "target is no", "base rate"} <= set(texts(figure))


@pytest.mark.parametrize("models", [1, 2, 3, 12])
def test_titles_of_panels_end_before_the_next_panel_and_the_pictures_edge(models: int) -> None:
    wide = "QWEN2.5_72B_INSTRUCT_MMLU_PRO_LORA_RANK_GQA_BALANCED_MADE_OF_WIDE_LETTERS"
    names = [f"{wide}_{n:03}" for n in range(models)]
    figure = histogram_figure(make("histogram", names))
    figure.canvas.draw()
    shown = visible(figure)
    titles = [left_title(ax).get_window_extent() for ax in shown]
    assert all(title.x1 <= figure.bbox.x1 for title in titles)
    assert not any(one.overlaps(other) for one, other in itertools.pairwise(titles))
