"""Where values stand on the axes of a radar, and what the caption says of it."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.metrics.catalogue import Metric
from vizspec.views._radar import RadarRow, outside, positions, radar, radar_caption
from vizspec.views.scores_radar_by_task import ScoresRadarByTask

ACCURACY = Metric("match", "accuracy", "Accuracy", "accuracy", "higher", 0, 1)
BRIER = Metric("risk", "brier_score", "Brier Score", "risk", "lower", 0, 1)
RMSE = Metric("own", "rmse", "RMSE", "regression", "lower", 0)


def entry(**given: Any) -> ScoresRadarByTask:
    return ScoresRadarByTask.model_validate({"view": "scores_radar_by_task", **given})


def drawn(*metrics: Metric, **given: Any) -> Any:
    rows = [RadarRow("1B", metric.label, "t", metric, 0.25, None) for metric in metrics]
    return radar(entry(**given), rows, "Scores", {"1B": "#000000"})


def test_an_axis_spans_the_range_of_its_metric_with_the_better_end_outside() -> None:
    assert positions([0.25, 0.5], ACCURACY, entry()) == [0.25, 0.5]
    assert positions([0.25, 0.5], BRIER, entry()) == [0.75, 0.5]
    assert positions([0.25], BRIER, entry()) == [0.75]


def test_an_axis_of_unknown_range_spans_its_values() -> None:
    assert positions([2.0, 4.0, 3.0], RMSE, entry()) == [1.0, 0.0, 0.5]
    assert positions([2.0], RMSE, entry()) == [0.5]


def test_an_axis_may_span_its_values_or_a_domain_and_nothing_leaves_the_circle() -> None:
    assert positions([0.2, 0.6, 0.4], ACCURACY, entry(normalization="min_max")) == pytest.approx([0, 1, 0.5])
    domain = entry(normalization="min_max", domain=[0.5, 1])
    assert positions([0.25, 0.75, 1.5], ACCURACY, domain) == [0.0, 0.5, 1.0]
    assert positions([0.25, 0.75], BRIER, domain) == [1.0, 0.5]


def test_an_axis_of_ranks_gives_equal_values_one_place() -> None:
    by_rank = entry(normalization="percentile")
    assert positions([0.2, 0.9, 0.2, 0.5], ACCURACY, by_rank) == [0.375, 1.0, 0.375, 0.75]
    assert positions([0.2, 0.9], BRIER, by_rank) == [1.0, 0.5]


@pytest.mark.parametrize(
    ("metrics", "given", "caption"),
    [
        ((ACCURACY,), {}, "Scores, axes from 0 to 1."),
        ((ACCURACY, BRIER), {}, "Scores, axes from 0 to 1; where lower is better the axis is turned round."),
        (
            (ACCURACY, RMSE),
            {},
            "Scores, axes from 0 to 1, RMSE from the lowest to the highest value, as no range is known; "
            "where lower is better the axis is turned round.",
        ),
        ((ACCURACY,), {"normalization": "min_max"}, "Scores, axes from the lowest to the highest value."),
        ((ACCURACY,), {"normalization": "min_max", "domain": [0.5, 1]}, "Scores, axes from 0.5 to 1."),
        ((ACCURACY,), {"normalization": "percentile"}, "Scores, axes scaled by rank."),
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
