"""What stands behind a value: samples, clusters, groups, and whether it is a share of them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.make import a_cell, a_log, a_metric, a_score
from vizspec.estimates.counts import clusters_behind, measure, samples_behind, samples_meant, shares
from vizspec.metrics.score import ScoreGroup

EXACT = a_score(accuracy=0.5, stderr=math.sqrt(0.25 / 9), scored=10)


def test_the_metric_of_a_group_measures_what_was_applied_to_it() -> None:
    score = replace(a_score(metrics={"law": 0.5}), groups={"law": ScoreGroup("subject", "law", "accuracy")})
    assert measure("law", score) == "accuracy"
    assert measure("law", a_score(metrics={"law": 0.5})) == "law"


def test_without_samples_neither_groups_nor_clusters_can_be_counted() -> None:
    score = replace(a_score(metrics={"law": 0.5}), groups={"law": ScoreGroup("subject", "law", "accuracy")})
    assert samples_behind(a_log("r4"), a_metric("match/law"), score, None) is None
    assert clusters_behind(score, "subject", None) is None


def test_all_samples_of_the_log_are_meant_but_by_the_metric_of_a_group() -> None:
    assert samples_meant(a_log("r4", samples=40), a_metric()) == 40
    assert samples_meant(a_log("r4", samples=40), replace(a_metric(), group="law")) is None


@pytest.mark.parametrize(("stderr", "expected"), [(math.sqrt(0.25 / 9), True), (0.1, False), (None, True)])
def test_a_share_varies_as_zeros_and_ones_do(stderr: float | None, expected: bool) -> None:
    cell = a_cell("r4", scores=[replace(EXACT, stderr=stderr)])
    assert bool(shares([cell], {})) == expected


def test_a_share_is_one_in_every_log_of_its_scorer_or_in_none() -> None:
    agreeing, other = a_cell("r4", scores=[EXACT]), a_cell("r8", scores=[replace(EXACT, stderr=0.1)])
    assert len(shares([agreeing], {})) == 1
    assert not shares([agreeing, other], {})


def test_a_log_that_does_not_tell_its_samples_denies_nothing() -> None:
    silent = a_cell("r8", scores=[replace(EXACT, scored=None)], samples=None)
    assert len(shares([a_cell("r4", scores=[EXACT]), silent], {})) == 1
