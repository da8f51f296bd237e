"""What a figure leaves out is told in a sentence a reason."""

from __future__ import annotations

import pytest

from tests.make import a_cell
from vizspec.cells.labels import label
from vizspec.views._notes import by_reason, with_epochs, with_notes


def test_names_with_one_reason_share_a_note() -> None:
    assert by_reason([("A", "no value"), ("B", "no samples"), ("C", "no value")]) == (
        "no value: A, C",
        "no samples: B",
    )


def test_beyond_three_names_a_note_tells_how_many_more_there_are() -> None:
    assert by_reason((name, "no value") for name in "ABC") == ("no value: A, B, C",)
    assert by_reason((name, "no value") for name in "ABCDE") == ("no value: A, B, C and 2 more",)


def test_a_name_that_comes_twice_is_told_once() -> None:
    assert by_reason([("A", "no value"), ("A", "no value")]) == ("no value: A",)


def test_where_nothing_is_left_out_there_is_no_note() -> None:
    assert by_reason([]) == ()


@pytest.mark.parametrize("caption", ["Scores of mine.", "Scores of mine"])
def test_a_caption_tells_the_checkpoints_where_they_are_of_several_epochs(caption: str) -> None:
    mixed = label([a_cell("r4", epoch=0), a_cell("r8", "hf/8B", epoch=1)])
    assert with_epochs(caption, mixed) == (
        "Scores of mine; checkpoints of different epochs: 1B (epoch 0); 8B (epoch 1)."
    )
    assert with_epochs(caption, mixed[:1]) == caption


@pytest.mark.parametrize("caption", ["", " "])
def test_without_a_caption_the_notes_are_the_caption(caption: str) -> None:
    assert with_notes(caption, "the 5 best of 9", "left out: m1") == "The 5 best of 9; left out: m1."
    assert with_notes(caption) == caption
