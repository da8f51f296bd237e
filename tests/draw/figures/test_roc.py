"""ROC curves tell their area, and none hides another."""

from __future__ import annotations

import pytest
from matplotlib.collections import LineCollection

from tests.draw.make import left_title, make, right_title, texts, visible
from vizspec.draw.figures.risk import roc_figure, roc_series
from vizspec.draw.palette import categorical


def test_the_legend_of_roc_curves_tells_area_interval_and_count() -> None:
    [series] = make("roc", ["a"])
    figure = roc_figure([series], level=0.9)
    expected = f"a: AUC {series.area:.3f} ({series.lower:.3f}–{series.upper:.3f}), n = 40"
    assert expected in texts(figure)
    assert "AUC with 90% CI" in texts(figure)
    assert "chance" in texts(figure)


def test_an_area_without_interval_has_a_dash() -> None:
    series = roc_series("constant", categorical(["constant"])["constant"], [0, 1], [0.5, 0.5])
    figure = roc_figure([series])
    assert "constant: AUC 0.500 (–), n = 2" in texts(figure)


def test_of_two_equal_curves_both_are_seen() -> None:
    one, other = (roc_series(name, categorical("ab")[name], [0, 1, 1], [0.1, 0.2, 0.9]) for name in "ab")
    figure = roc_figure([one, other])
    widths = [line.get_linewidth() for line in figure.axes[0].lines[:2]]
    assert widths[0] > widths[1]


def test_many_models_have_a_panel_each_with_the_others_behind() -> None:
    series = make("roc", [f"m{n}" for n in range(7)])
    figure = roc_figure(series, in_panels=True, behind=[one.curve for one in series])
    assert len(visible(figure)) == 7
    assert all(len(ax.lines) == 2 for ax in visible(figure))
    behind = [collection for ax in visible(figure) for collection in ax.collections]
    assert [len(lines.get_segments()) for lines in behind if isinstance(lines, LineCollection)] == [7] * 7
    assert figure.legends == []


@pytest.mark.parametrize("models", [1, 2, 3, 4, 5, 6])
def test_the_title_of_overlaid_curves_stands_whole_above_them(models: int) -> None:
    figure = roc_figure(make("roc", [f"model {n}" for n in range(models)]), "ROC curves: tumour")
    figure.canvas.draw()
    [ax] = figure.axes
    title = max((ax.title, left_title(ax), right_title(ax)), key=lambda text: len(text.get_text()))
    assert title.get_window_extent().y1 <= figure.bbox.y1
