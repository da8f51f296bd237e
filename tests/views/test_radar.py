"""Where values stand on the axes of a radar, and what the caption says of it."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.metrics.catalogue import Metric
from vizspec.views._radar import Radar, RadarRow, outside, radar, radar_caption, scale
from vizspec.views.scores_radar_by_task import ScoresRadarByTask

ACCURACY = Metric("match", "accuracy", "Accuracy", "accuracy", "higher", 0, 1)
BRIER = Metric("risk", "brier_score", "Brier Score", "risk", "lower", 0, 1)
RATE = Metric("attack", "success_rate", "Attack Success Rate", "other")
RMSE = Metric("own", "rmse", "RMSE", "regression", "lower", 0)


def entry(**given: Any) -> ScoresRadarByTask:
    return ScoresRadarByTask.model_validate({"view": "scores_radar_by_task", **given})


def drawn(*metrics: Metric, **given: Any) -> Any:
    rows = [RadarRow("1B", metric.label, "t", metric, 0.25, None) for metric in metrics]
    return radar(entry(**given), rows, "Scores", {"1B": "#000000"})


def positions(values: list[float], metric: Metric, given: ScoresRadarByTask) -> list[float]:
    """Where the values of several models stand on an axis of a radar that shows other metrics too."""
    axis = scale(values, metric, given)
    return [axis.position(value) for value in values]


def test_an_axis_spans_the_range_of_its_metric_with_the_better_end_outside() -> None:
    assert positions([0.25, 0.5], ACCURACY, entry()) == [0.25, 0.5]
    assert positions([0.25, 0.5], BRIER, entry()) == [0.75, 0.5]
    assert positions([0.25], BRIER, entry()) == [0.75]


def test_an_axis_of_unknown_range_spans_its_values() -> None:
    assert positions([2.0, 4.0, 3.0], RMSE, entry()) == [1.0, 0.0, 0.5]


def test_models_that_tie_on_an_axis_of_their_own_stand_at_its_better_end() -> None:
    assert positions([2.0, 2.0], RMSE, entry()) == [1.0, 1.0]
    assert positions([0.4, 0.4], ACCURACY, entry(normalization="min_max")) == [1.0, 1.0]
    assert positions([0.0, 0.0], RATE, entry()) == [0.0, 0.0]


def of_tasks(metric: Metric, values: dict[str, list[float]], **given: Any) -> Radar:
    """The radar of one metric over tasks, each with the values of models `a`, `b`, …"""
    rows = [
        RadarRow(model, task, task, metric, value, None)
        for task, scores in values.items()
        for model, value in zip("abc", scores, strict=False)
    ]
    return radar(entry(**given), rows, "Rates", dict.fromkeys("abc", "#000000"))


def test_all_axes_of_one_metric_have_one_scale_with_labelled_rings() -> None:
    found = of_tasks(RATE, {"guarded": [0.0, 0.0], "hardened": [0.0, 0.0], "naive": [0.125, 0.1]})
    assert [row.position for row in found.rows] == [0, 0, 1, 0, 0, pytest.approx(0.8)]
    assert found.rings == {0.2: "0.025", 0.4: "0.05", 0.6: "0.075", 0.8: "0.1", 1.0: "0.125"}
    assert radar_caption(found) == "Axes from 0 to 0.125."


def test_the_values_of_one_metric_are_spanned_together() -> None:
    found = of_tasks(ACCURACY, {"x": [0.2], "y": [0.6], "z": [0.4]}, normalization="min_max")
    assert [row.position for row in found.rows] == [0, 1, pytest.approx(0.5)]


def test_rings_of_a_metric_whose_lower_end_is_better_count_down_outwards() -> None:
    assert of_tasks(BRIER, {"x": [0.2], "y": [0.6], "z": [0.4]}).rings[1.0] == "0"


def test_axes_of_ranks_and_of_different_scales_have_no_labels_at_their_rings() -> None:
    assert of_tasks(RATE, {"x": [1.0], "y": [2.0]}, normalization="percentile").rings == {}
    assert drawn(ACCURACY, RMSE).rings == {}


def test_an_axis_may_span_its_values_or_a_domain_and_nothing_leaves_the_circle() -> None:
    assert positions([0.2, 0.6, 0.4], ACCURACY, entry(normalization="min_max")) == pytest.approx([0, 1, 0.5])
    domain = entry(normalization="min_max", domain=[0.5, 1])
    assert positions([0.25, 0.75, 1.5], ACCURACY, domain) == [0.0, 0.5, 1.0]
    assert positions([0.25, 0.75], BRIER, domain) == [1.0, 0.5]


def test_an_axis_of_ranks_gives_equal_values_one_place() -> None:
    ranked = of_tasks(ACCURACY, {"x": [0.2, 0.9, 0.2]}, normalization="percentile")
    assert [row.position for row in ranked.rows] == pytest.approx([0.5, 1.0, 0.5])
    turned = of_tasks(BRIER, {"x": [0.2, 0.9]}, normalization="percentile")
    assert [row.position for row in turned.rows] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("metrics", "given", "caption"),
    [
        ((ACCURACY,), {}, "Axes from 0 to 1."),
        (
            (ACCURACY, BRIER),
            {},
            "Axes from 0 to 1; axes of metrics where lower is better are reversed.",
        ),
        (
            (ACCURACY, RMSE),
            {},
            "Axes from 0 to 1, RMSE from the lowest to the highest value, as no range is known; "
            "axes of metrics where lower is better are reversed.",
        ),
        ((ACCURACY,), {"normalization": "min_max"}, "Axes from the lowest to the highest value."),
        ((ACCURACY,), {"normalization": "min_max", "domain": [0.5, 1]}, "Axes from 0.5 to 1."),
        ((ACCURACY,), {"normalization": "percentile"}, "Axes scaled by rank."),
        ((BRIER,), {"caption": "Mine."}, "Mine."),
    ],
)
def test_the_caption_says_what_the_axes_span(
    metrics: tuple[Metric, ...], given: dict[str, Any], caption: str
) -> None:
    assert radar_caption(drawn(*metrics, **given)) == caption


def test_a_value_outside_the_domain_has_a_note() -> None:
    assert list(outside(drawn(ACCURACY))) == []
    assert list(outside(drawn(ACCURACY, normalization="min_max", domain=[0.5, 1]))) == [
        "outside the domain, and drawn at its end: 1B · Accuracy (0.250)"
    ]


def test_rings_and_ends_of_large_scales_are_written_short() -> None:
    payoff = Metric("payoff", "mean", "Payoff", "other")
    found = of_tasks(payoff, {"x": [105_000.0], "y": [40_000.0], "z": [0.0]})
    assert list(found.rings.values()) == ["21k", "42k", "63k", "84k", "105k"]
    assert radar_caption(found) == "Axes from 0 to 105k."
