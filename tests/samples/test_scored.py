"""The scores of samples as columns."""

from __future__ import annotations

from typing import Any

from vizspec.samples.scored import SampleScores

SCORES = {"match": (1.0, 0.0, 1.0)}


def some_scores(**columns: Any) -> SampleScores:
    return SampleScores(("1", "1", "2"), (1, 2, 1), **columns)


def test_the_score_of_a_sample_is_the_mean_of_its_repeats_that_have_one() -> None:
    found = some_scores(scores={"match": (1.0, 0.0, None)})
    assert found.means("match") == {"1": 0.5}
    assert found.means("includes") == {}


def test_groups_are_known_where_every_scored_sample_tells_its_own() -> None:
    grouped = some_scores(scores=SCORES, metadata={"subject": ("law", "law", "art")})
    assert grouped.groups("subject", "match") == {"1": "law", "2": "art"}
    gap = some_scores(scores=SCORES, metadata={"subject": ("law", "law", None)})
    assert gap.groups("subject", "match") == {}
    assert gap.groups("author", "match") == {}
