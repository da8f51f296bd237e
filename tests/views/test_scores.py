"""What the score views share: one axis for a metric, and what is said of its cells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make import a_cell, a_score, a_selection
from vizspec.metrics.score import Score
from vizspec.views._score_axes import axis_of, tick_format
from vizspec.views._score_notes import remarks
from vizspec.views._scores import Scores, label_beside_title
from vizspec.views.scores_by_task import ScoresByTask
from vizspec.views.selection import Selection


def selected(*scores: Score, **named: Any) -> Selection:
    return a_selection(
        [a_cell(f"r{at}", f"hf/{at}B", scores=[score], **named) for at, score in enumerate(scores)]
    )


def axis(*scores: Score) -> tuple[float, float]:
    selection = selected(*scores)
    return axis_of(selection.catalogue.metrics[0], selection)


def test_an_axis_spans_zero_to_one_where_all_values_lie_in_it() -> None:
    assert axis(a_score(accuracy=0.4), a_score(accuracy=0.5)) == (0, 1)
    assert axis(a_score("tests", metrics={"solved_rate": 0.404})) == (0, 1)


def test_an_axis_leaves_room_above_values_and_intervals() -> None:
    assert axis(a_score("judge", metrics={"cost": 200.0})) == (0, 210)
    low, high = axis(
        a_score(accuracy=3.6, stderr=1.63, scored=5), a_score(accuracy=7.2, stderr=1.4, scored=5)
    )
    assert low < -0.9
    assert high > 11


def test_an_axis_of_errors_reaches_as_far_as_they_do() -> None:
    assert axis(a_score("own", metrics={"mae": 0.02})) == (0, pytest.approx(0.021))


def test_an_axis_of_nothing_but_zeros_spans_zero_to_one() -> None:
    assert axis(a_score("own", metrics={"mae": 0.0})) == (0, 1)


def test_the_axis_is_that_of_all_cells_whichever_a_view_shows() -> None:
    selection = selected(a_score("judge", metrics={"cost": 200.0}), a_score("judge", metrics={"cost": 2.0}))
    one = Selection(selection.cells[1:], selection.estimates, selection.catalogue)
    assert axis_of(selection.catalogue.metrics[0], one) == (0, 210)


def test_an_axis_of_what_may_be_no_share_spans_values_that_could_not_be_seen_up_to_one() -> None:
    assert axis(Score("own", {"loss_per_byte": 2e-9})) == (0, pytest.approx(2.1e-9))
    assert axis(a_score(accuracy=0.001)) == (0, 1)


def test_ticks_of_large_and_of_very_small_numbers_are_short() -> None:
    assert (tick_format((0, 2_000_000)), tick_format((0, 100))) == ("~s", None)
    assert (tick_format((-3e9, 0)), tick_format((0, 2e-9)), tick_format((0, 0.01))) == ("~s", "~g", None)


def drawn(label: str, title: str) -> Scores:
    return Scores(ScoresByTask(view="scores_by_task"), (), label, title)


def test_an_axis_label_beside_the_title_says_nothing_twice() -> None:
    assert label_beside_title(drawn("Match Accuracy", "Match Accuracy by task"), 700) == " "
    assert label_beside_title(drawn("MAE (lower is better)", "MAE by task"), 700) == "lower is better"
    assert label_beside_title(drawn("Match Accuracy", "My title"), 700) == "Match Accuracy"


def test_an_axis_label_is_no_longer_than_the_room_beside_the_title() -> None:
    text = label_beside_title(drawn("Accuracy of a very long scorer's name", "A title of one's own" * 3), 700)
    assert len(text) <= 10


def test_cells_that_are_scored_in_part_or_cannot_be_are_told_of() -> None:
    selection = selected(a_score(accuracy=82.5, scored=4), a_score(accuracy=0.5, scored=10), samples=10)
    metric = selection.catalogue.metrics[0]
    assert remarks(selection, metric) == (
        "not all samples have a score: 0B · capitals",
        "outside what a share can be, and not ranked: 0B · capitals (82.50)",
    )


def test_a_value_outside_a_known_range_is_told_of() -> None:
    selection = selected(a_score("risk", metrics={"auc_score": 1.2}))
    assert remarks(selection, selection.catalogue.metrics[0]) == (
        "outside the metric's range, and not ranked: 0B · capitals (1.200)",
    )
