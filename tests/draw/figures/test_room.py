"""How many characters, lines and labels have room."""

from __future__ import annotations

import pytest

from vizspec.draw.figures.room import row_inches, row_labels, turned_apart

LONG = [f"Meta-Llama-3.2-Instruct-finetuned-on-synthetic-income-{number:03}" for number in range(3)]


def test_labels_beside_high_rows_have_two_lines_and_beside_low_ones_one() -> None:
    assert [label.count("\n") for label in row_labels(LONG, 0.4, 7.0, "screen")] == [1, 1, 1]
    assert [label.count("\n") for label in row_labels(LONG, 0.2, 7.0, "screen")] == [0, 0, 0]


@pytest.mark.parametrize("row", [0.2, 0.4])
def test_labels_that_differ_in_their_middle_alone_stay_different_without_more_lines(row: float) -> None:
    labels = [f"{'a' * 40}{number}{'b' * 40}" for number in range(3)]
    shown = row_labels(labels, row, 3.3, "paper")
    assert len(set(shown)) == 3
    assert {label.count("\n") for label in shown} <= {0, 1}


def test_a_label_has_more_characters_on_a_page_than_in_a_column() -> None:
    column, page = (max(map(len, row_labels(LONG, 0.2, width, "paper"))) for width in (3.3, 6.9))
    assert column < page < len(LONG[0])


def test_rows_share_the_height_that_titles_and_axes_leave() -> None:
    assert row_inches(2.8, 4) == pytest.approx(0.5)
    assert row_inches(0.9, 1) == pytest.approx(0.3)


def test_turned_labels_are_thinned_where_they_would_touch() -> None:
    assert turned_apart(30, 6.0, "screen") == 1
    assert turned_apart(60, 6.0, "screen") == 2
    assert turned_apart(200, 6.0, "screen") == 7
