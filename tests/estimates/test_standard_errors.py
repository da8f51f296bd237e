"""The standard error of a metric: as the log tells it, of a mean of groups else as the samples do."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.make import a_metric, a_score
from vizspec.estimates.standard_errors import standard_error
from vizspec.metrics.score import Score, ScoreGroup
from vizspec.samples.scored import SampleScores

MEAN_OF_GROUPS = a_metric("match/all")


def by_school(*logged: float | None, value: float = 0.625) -> Score:
    """The accuracy of two schools, and the mean of both."""
    groups = {
        name: ScoreGroup("school", name, "accuracy", stderr)
        for name, stderr in zip(("law", "art"), logged, strict=True)
    }
    groups["all"] = ScoreGroup("school", "all", "accuracy", whole="groups")
    return replace(a_score(metrics={"law": 0.75, "art": 0.5, "all": value}), groups=groups)


def of_schools(**scores: tuple[float, ...]) -> SampleScores:
    schools = [school for school, given in scores.items() for _ in given]
    values = [score for given in scores.values() for score in given]
    ids = tuple(map(str, range(len(values))))
    return SampleScores(
        ids, (1,) * len(ids), scores={"match": tuple(values)}, metadata={"school": tuple(schools)}
    )


def test_an_accuracy_has_the_one_of_its_log() -> None:
    assert standard_error(a_metric("match/accuracy"), a_score(stderr=0.04), 100, None) == 0.04


def test_a_mean_of_groups_has_that_of_its_groups_as_they_are_logged() -> None:
    found = standard_error(MEAN_OF_GROUPS, by_school(0.25, 0.3), 8, None)
    assert found == pytest.approx(math.hypot(0.25, 0.3) / 2)


def test_a_mean_of_groups_has_else_that_of_their_samples() -> None:
    values = of_schools(law=(1, 1, 1, 0), art=(1, 0, 1, 0))
    found = standard_error(MEAN_OF_GROUPS, by_school(None, None), 8, values)
    assert found == pytest.approx(math.hypot(0.25, 1 / 12**0.5) / 2)


@pytest.mark.parametrize(
    ("score", "values"),
    [
        (by_school(None, None, value=0.7), of_schools(law=(1, 1, 1, 0), art=(1, 0, 1, 0))),
        (by_school(None, None, value=0.875), of_schools(law=(1, 1, 1, 0), art=(1,))),
        (by_school(None, None), None),
    ],
)
def test_groups_that_do_not_give_the_value_or_have_one_sample_tell_nothing(
    score: Score, values: SampleScores | None
) -> None:
    assert standard_error(MEAN_OF_GROUPS, score, 8, values) is None
