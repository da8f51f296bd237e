"""What the risk figures draw: asserted on the drawn, not on pixels."""

from __future__ import annotations

import numpy as np
import pytest

from vizspec.draw.mpl import figure_bytes
from vizspec.draw.palette import categorical
from vizspec.draw.risk import (
    calibration_figures,
    calibration_series,
    histogram_figures,
    histogram_series,
    overlay_pages,
    panel_pages,
    roc_figures,
    roc_series,
)

KINDS = {
    "roc": (roc_series, roc_figures, overlay_pages),
    "calibration": (calibration_series, calibration_figures, overlay_pages),
    "histogram": (histogram_series, histogram_figures, panel_pages),
}


def make(kind, labels, n=40):
    chance = np.random.default_rng(1)
    styles = categorical(labels)
    series = []
    for label in labels:
        y_score = chance.uniform(size=n).round(2).tolist()
        y_true = [0, 1, *(chance.uniform(size=n - 2) < y_score[2:]).astype(int).tolist()]
        series.append(KINDS[kind][0](label, styles[label], y_true, y_score))
    return series


def texts(figure):
    return [text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text"))]


def visible(figure):
    return [ax for ax in figure.axes if ax.get_visible()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("models", [0, 1, 3, 7, 14])
def test_there_are_as_many_figures_as_were_planned_and_no_model_is_lost(kind, models) -> None:
    labels = [f"model {number:02}" for number in range(models)]
    figures = KINDS[kind][1](make(kind, labels))
    assert len(figures) == KINDS[kind][2](models)
    shown = " ".join(text for figure in figures for text in texts(figure))
    assert all(label in shown for label in labels)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("image_format", ["png", "svg"])
def test_the_same_series_give_the_same_bytes(kind, image_format) -> None:
    first, again = (
        figure_bytes(KINDS[kind][1](make(kind, ["a", "_b $x$ <&>"]))[0], image_format, 1) for _ in range(2)
    )
    assert first == again


@pytest.mark.parametrize("kind", ["roc", "calibration"])
def test_few_models_are_laid_over_each_other_in_their_colours(kind) -> None:
    series = make(kind, ["a", "b", "c"])
    [figure] = KINDS[kind][1](series)
    colours = [line.get_color() for line in figure.axes[0].lines[:3]]
    assert colours == [one.style.colour for one in series]


@pytest.mark.parametrize("kind", ["roc", "calibration"])
def test_a_label_that_begins_with_an_underscore_is_in_the_legend(kind) -> None:
    [figure] = KINDS[kind][1](make(kind, ["_hidden"]))
    assert any(text.startswith("_hidden") for text in texts(figure))


def test_the_legend_of_roc_curves_tells_area_interval_and_count() -> None:
    [series] = make("roc", ["a"])
    [figure] = roc_figures([series], level=0.9)
    expected = f"a: AUC {series.area:.3f} [{series.lower:.3f}, {series.upper:.3f}], n = 40"
    assert expected in texts(figure)
    assert "AUC with 90% interval" in texts(figure)
    assert "chance" in texts(figure)


def test_an_area_without_interval_has_a_dash() -> None:
    series = roc_series("constant", categorical(["constant"])["constant"], [0, 1], [0.5, 0.5])
    [figure] = roc_figures([series])
    assert "constant: AUC 0.500 [–], n = 2" in texts(figure)


def test_of_two_equal_curves_both_are_seen() -> None:
    one, other = (roc_series(name, categorical("ab")[name], [0, 1, 1], [0.1, 0.2, 0.9]) for name in "ab")
    [figure] = roc_figures([one, other])
    widths = [line.get_linewidth() for line in figure.axes[0].lines[:2]]
    assert widths[0] > widths[1]


def test_a_calibration_curve_has_its_bands_and_the_counts_of_each_bin_beneath() -> None:
    [series] = make("calibration", ["a"])
    [figure] = calibration_figures([series])
    upper, lower = figure.axes
    assert len(upper.collections) == 2
    assert upper.lines[0].get_ydata().tolist() == [one.observed for one in series.curve.bins]
    [stairs] = lower.patches
    assert stairs.get_data().values.tolist() == list(series.curve.counts)
    assert lower.get_ylim()[1] > max(series.curve.counts)


def test_the_counts_of_every_model_fit_on_their_axis() -> None:
    small, large = make("calibration", ["a"], n=10)[0], make("calibration", ["b"], n=500)[0]
    [figure] = calibration_figures([small, large])
    assert figure.axes[1].get_ylim()[1] > max(large.curve.counts)


def test_many_models_have_a_panel_each_with_the_others_behind() -> None:
    [figure] = roc_figures(make("roc", [f"m{n}" for n in range(7)]))
    assert len(visible(figure)) == 7
    assert all(len(ax.lines) == 7 + 2 for ax in visible(figure))
    assert figure.legends == []


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
