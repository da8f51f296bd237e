"""Which samples of two evaluations are the same: by id and by what they ask."""

from __future__ import annotations

from tests.comparisons.make import a_side
from vizspec.comparisons.pairing import pair


def test_samples_of_one_id_that_ask_the_same_are_paired_in_whatever_order() -> None:
    found = pair(a_side({"1": 1.0, "2": 0.0}), a_side({"2": 1.0, "1": 0.5}))
    assert (found.samples, found.a, found.b) == (("1", "2"), (1.0, 0.0), (0.5, 1.0))
    assert (found.matched_by, found.is_enough, found.is_changed) == ("id", True, False)


def test_what_one_side_lacks_or_failed_on_is_counted() -> None:
    found = pair(
        a_side({"1": 1.0, "2": None, "3": 1.0, "4": 0.0, "6": 1.0}),
        a_side({"1": 1.0, "2": 0.0, "3": None, "5": 1.0, "6": 1.0}),
    )
    assert found.samples == ("1", "6")
    assert (found.only_a, found.only_b, found.failed_a, found.failed_b) == (("4",), ("5",), ("2",), ("3",))
    assert (found.lacking_a, found.lacking_b) == ((0.0, 1.0), (1.0, 0.0))


def test_a_sample_that_asks_something_else_is_not_paired() -> None:
    found = pair(a_side([1, 0, 1, 0]), a_side([1, 0, 1, 0], questions={"3": "something else"}))
    assert (found.samples, found.changed) == (("1", "2", "4"), ("3",))
    assert found.is_changed


def test_one_changed_sample_in_twenty_leaves_a_verdict() -> None:
    other = a_side([1] * 20, questions={"3": "something else"})
    assert not pair(a_side([1] * 20), other).is_changed


def test_by_id_alone_other_inputs_are_the_same_sample() -> None:
    other = a_side([1, 0], questions={"1": "as JSON: 1", "2": "as JSON: 2"})
    assert pair(a_side([1, 1]), other, "id").samples == ("1", "2")


def test_other_ids_with_the_same_questions_are_matched_by_what_they_ask() -> None:
    renamed = a_side({"x": 0.0, "y": 1.0}, questions={"x": "what is 1?", "y": "what is 2?"})
    found = pair(a_side([1, 1]), renamed)
    assert (found.samples, found.a, found.b, found.matched_by) == (("1", "2"), (1, 1), (0.0, 1.0), "input")


def test_questions_that_come_twice_match_nothing() -> None:
    twice = a_side({"x": 0.0, "y": 1.0}, questions={"x": "what is 1?", "y": "what is 1?"})
    assert pair(a_side([1, 1]), twice, "input").samples == ()


def test_where_questions_are_not_known_ids_must_do() -> None:
    unknown = a_side([1, 0], questions={"1": "", "2": ""})
    assert pair(a_side([1, 1]), unknown).samples == ("1", "2")


def test_a_sample_whose_right_answer_differs_has_changed() -> None:
    one = a_side([0.2, 0.8], truth={"1": 0, "2": 1})
    assert pair(one, a_side([0.2, 0.8], truth={"1": 1, "2": 1})).changed == ("1",)


def test_one_shared_sample_and_a_minor_part_of_both_are_too_few() -> None:
    assert not pair(a_side({"1": 1.0}), a_side({"1": 0.0})).is_enough
    many = {str(n): 1.0 for n in range(10)}
    others = {str(n): 1.0 for n in range(6, 16)}
    assert not pair(a_side(many), a_side(others)).is_enough


def test_a_small_part_of_a_large_one_is_enough() -> None:
    assert pair(a_side([1] * 4), a_side([1] * 40)).is_enough
