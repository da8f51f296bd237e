"""Samples ask the same where their inputs, choices and targets say the same."""

from __future__ import annotations

import pytest

from vizspec.samples.question_hashes import TRUNCATED, answer_hash, input_hash, is_whole


def user(content: object) -> list[dict[str, object]]:
    return [{"role": "user", "id": "x1", "content": content}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is  the\ncapital? ", "What is the capital?"),
        (user("What is it?"), "What is it?"),
        (user([{"type": "text", "text": "What is it?"}]), user("What is it?")),
        (
            user("a") + user("b"),
            [{"role": "user", "content": "a"}, {"role": "user", "content": "b", "id": "y"}],
        ),
    ],
    ids=["white space", "one message of the user", "a part of text", "ids of messages"],
)
def test_inputs_that_say_the_same_have_one_hash(one: object, other: object) -> None:
    assert input_hash(one) == input_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is it?", "what is it?"),
        (user("a"), [{"role": "system", "content": "a"}]),
        (user([{"type": "image", "image": "a.png"}]), user([{"type": "image", "image": "b.png"}])),
    ],
    ids=["case", "the role", "a picture"],
)
def test_inputs_that_differ_have_different_hashes(one: object, other: object) -> None:
    assert input_hash(one) != input_hash(other)


def test_shuffled_choices_are_the_same_question() -> None:
    assert answer_hash(["Paris", "Rome"], "A") == answer_hash(["Rome", "Paris"], "B")


def test_another_right_choice_is_another_question() -> None:
    assert answer_hash(["Paris", "Rome"], "A") != answer_hash(["Paris", "Rome"], "B")


def test_a_letter_without_choices_is_a_text() -> None:
    assert answer_hash(None, "A") == answer_hash([], ["A"]) != answer_hash(None, "B")


def test_the_order_of_several_targets_says_nothing() -> None:
    assert answer_hash(None, ["Paris", "paris"]) == answer_hash(None, ["paris", "Paris"])


def test_a_text_that_was_cut_is_not_whole() -> None:
    assert is_whole("short")
    assert not is_whole(f"long{TRUNCATED}")
    assert not is_whole(user([{"type": "text", "text": f"long{TRUNCATED}"}]))
