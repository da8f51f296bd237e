"""A trial is an evaluation of a part of the samples."""

from __future__ import annotations

import pytest

from tests.make import a_log, a_score
from vizspec.cells.trials import is_part, is_trial_beside, trials
from vizspec.logs.record import Dataset


def test_samples_count_where_some_scorer_scored_them() -> None:
    assert a_log(scores=[a_score(scored=4), a_score("b", scored=9)]).scored == 9
    assert a_log(samples=10, scores=[a_score(scored=None)]).scored == 10
    assert a_log(samples=None, scores=[]).scored is None


@pytest.mark.parametrize(
    ("samples", "size", "scored", "is_so"),
    [(10, 10, 10, False), (10, 40, 10, True), (10, 10, 4, True), (10, None, 10, False)],
)
def test_a_part_has_not_all_samples_of_its_data_set(
    samples: int, size: int | None, scored: int, is_so: bool
) -> None:
    log = a_log(samples=samples, scores=[a_score(scored=scored)], dataset=Dataset(size=size))
    assert is_part(log) is is_so


def test_where_no_samples_are_told_the_limit_tells() -> None:
    assert is_part(a_log(samples=None, scores=[], limits={"limit": 5}))
    assert not is_part(a_log(samples=None, scores=[]))


@pytest.mark.parametrize(("mine", "others", "is_so"), [(2, 44, True), (27, 44, False), (44, 44, False)])
def test_less_than_half_of_the_samples_is_a_trial(mine: int, others: int, is_so: bool) -> None:
    assert is_trial_beside(a_log(samples=mine), a_log(samples=others)) is is_so


def test_trials_are_found_among_logs() -> None:
    logs = [a_log(location=str(samples), samples=samples) for samples in (2, 27, 44)]
    assert trials(logs) == {"2"}
    assert trials([a_log(samples=None, scores=[])]) == frozenset()
