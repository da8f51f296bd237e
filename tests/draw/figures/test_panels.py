"""Labels are fitted in without becoming alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.figures.panels import (
    all_fitted,
    fitted,
)


@given(st.text(), st.integers(5, 40), st.integers(1, 3))
def test_a_fitted_label_keeps_within_its_lines(label: str, width: int, lines: int) -> None:
    found = fitted(label, width, lines).split("\n")
    assert len(found) <= lines
    assert all(0 < len(line) <= width for line in found)


def test_a_short_label_stays_as_it_is() -> None:
    assert fitted("Llama-3.2-1B  rank 4", 40) == "Llama-3.2-1B rank 4"


def test_a_long_label_loses_its_middle() -> None:
    assert fitted("Llama-3.2-1B-Instruct-with-a-long-tail-rank-4", 20, lines=1) == "Llama-3.2…ail-rank-4"


def test_no_label_is_said_to_be_none() -> None:
    assert fitted(" \n", 20) == "(no label)"


def test_shortening_does_not_make_labels_alike() -> None:
    labels = [f"{'a' * 40} {number} {'b' * 40}" for number in range(3)]
    assert len(set(all_fitted(labels, 20, lines=1))) == 3
    assert len(all_fitted(["same", "same"], 20)) == 2


def test_a_label_cannot_turn_round_what_stands_behind_it() -> None:
    assert fitted("llama\u202e evil\u2067", 40) == "llama evil"
    assert all_fitted(["llama", "llama\u202e"], 40) == ["llama", "llama"]
