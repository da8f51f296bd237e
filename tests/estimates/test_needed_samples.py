"""Whose samples are read for the estimates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.make import a_cell, a_score
from vizspec.cells.cell import Cell
from vizspec.estimates.needed_samples import in_need, metadata_keys
from vizspec.metrics.score import LoggedInterval, Score, ScoreGroup


def of(score: Score, run: str = "r4") -> Cell:
    return a_cell(run, scores=[score])


GROUPED = replace(a_score(metrics={"law": 0.5}), groups={"law": ScoreGroup("subject", "law", "accuracy")})
BY_DOCUMENT = replace(a_score(), interval=LoggedInterval(0.7, 0.9, 0.95, cluster="document"))


@pytest.mark.parametrize(
    "score",
    [
        a_score(clustered=True, stderr=0.1),
        GROUPED,
        BY_DOCUMENT,
        a_score(accuracy=0.8, stderr=0.01),
        a_score(metrics={"mean": 3.5}, stderr=0.1),
        a_score(metrics={"mae": 3.5}),
    ],
)
def test_samples_are_read_where_the_results_do_not_tell_enough(score: Score) -> None:
    cell = of(score)
    assert in_need([cell]) == (cell,)


@pytest.mark.parametrize(
    "score", [a_score(), a_score(accuracy=1.0, stderr=0.0), a_score(metrics={"f1": 0.5})]
)
def test_a_share_of_samples_needs_none(score: Score) -> None:
    assert in_need([of(score)]) == ()


def test_samples_of_logs_with_a_limit_are_read_for_those_that_it_ended() -> None:
    cell = a_cell("r4", limits={"message_limit": 10})
    assert in_need([cell, a_cell("r8", limits={"limit": 10})]) == (cell,)


def test_the_keys_are_those_of_clusters_and_groups() -> None:
    cells = [of(a_score(clustered=True)), of(GROUPED, "r8"), of(BY_DOCUMENT, "r16")]
    assert metadata_keys(cells) == {"school", "subject", "document"}
