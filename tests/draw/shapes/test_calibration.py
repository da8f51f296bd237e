"""Calibration curves have bands, and the counts of their predictions; many have a panel each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import pytest

from tests.draw.make import make
from vizspec.draw.shapes.calibration import FOOT, calibration_shapes
from vizspec.draw.shapes.model import Band, Line, Panel, Points, Steps, Whiskers
from vizspec.draw.shapes.unit_square import DIAGONAL
from vizspec.risk.curves import CorpCurve, calibration_points, corp_points

M = TypeVar("M")


def marks(panel: Panel, kind: type[M]) -> list[M]:
    return [mark for mark in panel.marks if isinstance(mark, kind) and mark is not DIAGONAL]


def with_corp(count: int) -> list[Any]:
    curve = corp_points([0, 1, 0, 1], [0.1, 0.4, 0.6, 0.9])
    return [replace(one, curve=curve) for one in make("calibration", [f"m{n}" for n in range(count)])]


def test_a_curve_in_bins_has_its_points_bands_and_the_counts_beneath() -> None:
    [series] = make("calibration", ["a"])
    upper, lower = calibration_shapes([series]).panels
    bins = series.curve.bins
    (points,) = marks(upper, Points)
    assert (points.x, points.y) == (
        tuple(one.mean_predicted for one in bins),
        tuple(one.observed for one in bins),
    )
    (whiskers,) = marks(upper, Whiskers)
    assert whiskers.lower == tuple(one.band_lower for one in bins)
    (steps,) = marks(lower, Steps)
    assert steps.values == series.curve.counts
    assert lower.y.domain is not None
    assert lower.y.domain[1] > max(series.curve.counts)


def test_no_line_and_no_band_crosses_an_empty_bin() -> None:
    [series] = make("calibration", ["a"])
    curve = calibration_points([0, 1, 1, 0, 1], [0.05, 0.15, 0.15, 0.85, 0.95])
    panel = calibration_shapes([replace(series, curve=curve)]).panels[0]
    (line,) = marks(panel, Line)
    assert [y is None for y in line.y] == [False, False, True, False, False]
    (band,) = marks(panel, Band)
    assert [end is None for end in band.lower] == [False, False, True, False, False]


def test_the_counts_of_every_model_fit_on_their_axis() -> None:
    small, large = make("calibration", ["a"], n=10)[0], make("calibration", ["b"], n=500)[0]
    domain = calibration_shapes([small, large]).panels[1].y.domain
    assert domain is not None
    assert domain[1] > max(large.curve.counts)


def test_isotonic_regression_shows_each_prediction_and_the_band_of_calibrated_ones() -> None:
    [series] = with_corp(1)
    curve: CorpCurve = series.curve
    panel = calibration_shapes([series]).panels[0]
    (line,) = marks(panel, Line)
    assert (line.x, line.y) == ((0.1, 0.4, 0.6, 0.9), (0.0, 0.5, 0.5, 1.0))
    (band,) = marks(panel, Band)
    assert (band.x, band.lower, band.upper) == (curve.grid, curve.band_lower, curve.band_upper)
    (points,) = marks(panel, Points)
    assert dict(points.tips)["Samples"] == ("1", "1", "1", "1")


@pytest.mark.parametrize("style", ["bins", "corp"])
def test_in_panels_each_model_has_its_counts_at_the_foot(style: str) -> None:
    series = with_corp(3) if style == "corp" else make("calibration", ["m0", "m1", "m2"])
    shapes = calibration_shapes(series, in_panels=True)
    assert [panel.title for panel in shapes.panels] == ["m0", "m1", "m2"]
    (counts,) = marks(shapes.panels[0], Steps)
    assert max(counts.values) == pytest.approx(FOOT)
    assert shapes.panels[0].note.startswith("n = ")
    assert "how many samples" in shapes.note
