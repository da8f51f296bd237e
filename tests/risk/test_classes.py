"""Logs whose samples are of two classes, as their targets tell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from vizspec.risk.classes import answers_of_scores, classes_of
from vizspec.risk.classification import ClassifiedSamples
from vizspec.samples.scored import SampleScores


def scored(
    wanted: Sequence[str | None],
    *,
    answers: Sequence[str] | None = None,
    said: Sequence[str | None] = (),
    repeats: int = 1,
    **scores: Sequence[float | None],
) -> SampleScores:
    """Samples with these targets; the hash of an answer is its target unless it is given."""
    times = range(1, repeats + 1)
    return SampleScores(
        sample=tuple(str(place) for place in range(len(wanted)) for _ in times),
        epoch=tuple(epoch for _ in wanted for epoch in times),
        answer=tuple(str(one) for one in answers or wanted for _ in times),
        wanted=tuple(one for one in wanted for _ in times),
        scores={scorer: tuple(values) for scorer, values in scores.items()},
        said={"match": tuple(said)} if said else {},
    )


def test_two_targets_are_two_classes_the_greater_last() -> None:
    assert classes_of(scored(["yes", "no"] * 4)) == ("no", "yes")
    assert classes_of(scored(["10", "9"] * 4)) == ("9", "10")


@pytest.mark.parametrize(
    ("wanted", "answers"),
    [
        (["0", "1", "2", "1", "0", "1", "0", "1"], None),
        (["0"] * 8, None),
        (["0", None] * 4, None),
        (["0", "1"] * 3, None),
        (["A", "B"] * 4, [f"hash {place}" for place in range(8)]),
        (["A", "B"] * 4, ["of no", "of yes", "of yes", "of no"] * 2),
    ],
    ids=["three", "one", "none", "too few samples", "other choices each time", "shuffled choices"],
)
def test_other_targets_are_no_classes(wanted: list[str | None], answers: list[str] | None) -> None:
    assert classes_of(scored(wanted, answers=answers)) == ()


def test_an_answer_is_judged_by_the_first_scorer_that_calls_each_right_or_wrong() -> None:
    found = scored(["0", "1"] * 4, partial=[0.5] * 8, match=[1, 1, 0, 0, 1, 1, 1, None], includes=[1] * 8)
    assert answers_of_scores(found, ["partial", "match", "includes"], None) == ClassifiedSamples(
        "1",
        (False, True, False, True, False, True, False),
        (True, True, False, False, True, True, True),
    )
    assert answers_of_scores(found, ["partial"], None) is None


def test_the_positive_class_is_that_of_the_spec() -> None:
    found = scored(["0", "1"] * 4, match=[1] * 8)
    answers = answers_of_scores(found, ["match"], "0")
    assert answers is not None
    assert answers.is_positive == (True, False) * 4
    assert answers_of_scores(found, ["match"], "yes") is None


def test_wrong_answers_that_name_neither_class_are_counted() -> None:
    said = ["0.", "the answer is 0", "1", "Maybe", "0", "1", "0", "1"]
    found = scored(["0", "1"] * 4, match=[1, 0, 0, 0, 1, 1, 1, 1], said=said)
    answers = answers_of_scores(found, ["match"], None)
    assert answers is not None
    assert answers.unnamed == 1


def test_repeats_that_differ_are_neither_right_nor_wrong() -> None:
    found = scored(["0", "1"] * 4, repeats=2, match=[1, 0] * 8, includes=[1, 1] * 8)
    assert answers_of_scores(found, ["match"], None) is None
    assert answers_of_scores(found, ["match", "includes"], None) is not None
