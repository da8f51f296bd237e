"""How charts are sized so that labels can be read."""

from __future__ import annotations

import pytest

from vizspec.views._room import (
    WIDEST,
    facet_limit,
    facets_width,
    fits_level,
    legend_columns,
    margin_for,
    title_limit,
    words_pixels,
)


def test_a_margin_grows_with_the_longest_label_up_to_a_limit() -> None:
    assert margin_for(["1B"]) == 60
    assert margin_for(["x" * 20]) == 144
    assert margin_for(["x" * 300]) == 280
    assert margin_for([]) == 60


def test_a_chart_with_many_facets_is_wider_but_not_wider_than_a_picture() -> None:
    assert facets_width(["capitals", "rivers"], 3) == 700
    assert facets_width(["a task with a long name"] * 6, 2) == 60 + 6 * (143 + 14)
    assert facets_width(["x"] * 100, 10) == WIDEST


def test_every_facet_has_room_for_its_label() -> None:
    width = facets_width(["a task with a long name"] * 6, 2)
    assert facet_limit(6, width) >= len("a task with a long name")
    assert facet_limit(1000, width) == 8


def test_labels_are_turned_where_they_cannot_stand_side_by_side() -> None:
    assert fits_level(["small", "large"], 500)
    assert not fits_level(["x" * 30] * 4, 500)


@pytest.mark.parametrize(("labels", "columns"), [(["a", "b"], 0), (["x" * 40] * 6, 2), (["x" * 300, "y"], 1)])
def test_a_legend_breaks_into_columns_where_it_is_too_wide_for_one_line(
    labels: list[str], columns: int
) -> None:
    assert legend_columns(labels, 700) == columns


def test_a_label_is_as_wide_as_its_longest_word_once_it_is_broken_into_lines() -> None:
    assert words_pixels(["match accuracy of all"], 90) == 90
    assert words_pixels(["expected_calibration_error"], 90) == 162


def test_a_title_has_as_many_characters_as_the_chart_is_wide() -> None:
    assert title_limit(700) == 72
    assert title_limit(10) == 20
