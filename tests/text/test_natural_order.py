"""Natural order."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from vizspec.text.natural_order import natural_key


def test_numbers_in_names_sort_by_size() -> None:
    assert sorted(["r16", "r4", "r8", "R5", "base"], key=natural_key) == ["base", "r4", "R5", "r8", "r16"]
    assert sorted(["lr1e-4", "lr5e-5", "lr1e-5"], key=natural_key) == ["lr1e-5", "lr5e-5", "lr1e-4"]
    assert sorted(["v1.10", "v1.9"], key=natural_key) == ["v1.9", "v1.10"]


@given(st.lists(st.text()), st.randoms(use_true_random=False))
def test_any_texts_can_be_sorted_and_the_order_does_not_depend_on_their_first_order(
    texts: list[str], random: Random
) -> None:
    shuffled = random.sample(texts, len(texts))
    assert sorted(texts, key=natural_key) == sorted(shuffled, key=natural_key)
