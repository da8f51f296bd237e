"""Calibration curves have bands, and the counts of their bins beneath."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, cast

from tests.draw.make import counts, make
from vizspec.draw.figures.risk import calibration_figure
from vizspec.risk.curves import calibration_points


def test_a_calibration_curve_has_its_bands_and_the_counts_of_each_bin_beneath() -> None:
    [series] = make("calibration", ["a"])
    figure = calibration_figure([series])
    upper, lower = figure.axes
    assert len(upper.collections) == 2
    assert list(cast(Any, upper.lines[0].get_ydata())) == [one.observed for one in series.curve.bins]
    [stairs] = lower.patches
    assert counts(stairs) == list(series.curve.counts)
    assert lower.get_ylim()[1] > max(series.curve.counts)


def test_the_counts_of_every_model_fit_on_their_axis() -> None:
    small, large = make("calibration", ["a"], n=10)[0], make("calibration", ["b"], n=500)[0]
    figure = calibration_figure([small, large])
    assert figure.axes[1].get_ylim()[1] > max(large.curve.counts)


def test_no_line_and_no_band_crosses_an_empty_bin() -> None:
    [series] = make("calibration", ["a"])
    curve = calibration_points([0, 1, 1, 0, 1], [0.05, 0.15, 0.15, 0.85, 0.95])
    figure = calibration_figure([replace(series, curve=curve)])
    [line] = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [math.isnan(x) for x in cast(Any, line.get_xdata())] == [False, False, True, False, False]
    band, _ = figure.axes[0].collections
    assert len(band.get_paths()) == 2
