"""The columns of a drawn table."""

from __future__ import annotations

from vizspec.draw.shapes.column_widths import shortened, widths_of
from vizspec.draw.shapes.figure_size import ONE_COLUMN, TWO_COLUMNS, size_of
from vizspec.draw.shapes.model import DrawnColumn, DrawnTable, Panel, Shapes

NAMES = DrawnColumn("model", ("a" * 30, "b"))
SCORES = DrawnColumn("score", ("0.123456", "0.5"), is_number=True)


def test_columns_are_as_wide_as_their_longest_text_where_all_have_room() -> None:
    assert widths_of([NAMES, SCORES], 100) == (32, 10)


def test_texts_give_way_before_numbers() -> None:
    assert widths_of([NAMES, SCORES], 30) == (20, 10)
    assert widths_of([NAMES, NAMES, SCORES], 30) == (10, 10, 10)


def test_where_even_numbers_have_no_room_all_give_way_alike() -> None:
    assert widths_of([SCORES, SCORES], 10) == (5, 5)


def test_a_width_that_is_given_is_kept_where_there_is_room() -> None:
    assert widths_of([DrawnColumn("n", ("1",), pixels=66)], 100) == (10,)


def test_what_has_no_room_ends_in_an_ellipsis() -> None:
    assert (shortened("naive-bayes", 8), shortened("forest", 6)) == ("naive-b…", "forest")


def test_on_paper_a_table_has_the_column_in_which_it_has_room_and_a_height_for_all_its_rows() -> None:
    few = Shapes((Panel((DrawnTable((SCORES,)),)),), height=100)
    wide = Shapes((Panel((DrawnTable((NAMES, NAMES, NAMES)),)),), height=5000)
    assert size_of(few, "paper").width == ONE_COLUMN
    assert size_of(wide, "paper").width == TWO_COLUMNS
    assert size_of(wide, "paper").height > 30


def test_signs_as_wide_as_two_letters_have_the_room_of_two() -> None:
    columns = (DrawnColumn("模型", ("通义千问", "1B")), DrawnColumn("n", ("12",), is_number=True))
    assert widths_of(columns, 80) == (10, 4)
    assert shortened("通义千问", 8) == "通义千问"
    assert shortened("通义千问", 7) == "通义千…"
    assert shortened("通义千问", 4) == "通…"
