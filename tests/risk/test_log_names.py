"""Logs of one label are told apart by the least that differs."""

from __future__ import annotations

from vizspec.risk.log_names import distinct_names
from vizspec.samples.record import Source


def names(*sources: Source) -> list[str]:
    return distinct_names(sources, [f"logs/{number}.eval" for number in range(len(sources))])


def test_a_log_is_named_by_its_label_its_model_or_its_file() -> None:
    assert names(Source("m", "t", "16"), Source("m2", "t"), Source()) == ["16", "m2", "2"]


def test_what_differs_stands_in_brackets_and_nothing_else() -> None:
    one, other = Source("hf/1B", "income", "ACS", "0"), Source("hf/3B", "income", "ACS", "0")
    assert names(one, other, Source("x", "t", "alone")) == ["ACS (hf/1B)", "ACS (hf/3B)", "alone"]


def test_epochs_tell_checkpoints_of_one_model_apart() -> None:
    assert names(Source("m", "t", "A", "0"), Source("m", "t", "A", "1")) == ["A (epoch 0)", "A (epoch 1)"]


def test_one_difference_is_added_to_another_where_one_is_not_enough() -> None:
    sources = [Source(model, "t", "A", epoch) for model in ("x", "y") for epoch in ("0", "1")]
    assert names(*sources) == ["A (x) (epoch 0)", "A (x) (epoch 1)", "A (y) (epoch 0)", "A (y) (epoch 1)"]


def test_where_nothing_differs_the_file_does() -> None:
    assert names(Source("m"), Source("m")) == ["m (0)", "m (1)"]
