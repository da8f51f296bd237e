"""A figure is as large as its chart on the screen, and as wide as a journal's column or page on paper."""

from __future__ import annotations

import pytest

from vizspec.draw.shapes.figure_size import ONE_COLUMN, TWO_COLUMNS, size_of
from vizspec.draw.shapes.model import Axis, Bars, Cells, Panel, Shapes, TextMarks


def bars(tasks: int, models: int) -> Shapes:
    names = tuple(f"task {number}" for number in range(tasks))
    marks = tuple(Bars(names, (0.5,) * tasks, "#000000", slot=(at, models)) for at in range(models))
    return Shapes((Panel(marks, Axis(categories=names)),), width=700, height=430)


def matrix(across: int, down: int) -> Shapes:
    x, y = (
        tuple(f"{side}{number}" for number in range(count)) for side, count in (("x", across), ("y", down))
    )
    return Shapes((Panel((Cells((), (), (), ()),), Axis(categories=x), Axis(categories=y)),), height=400)


def test_on_the_screen_a_figure_is_as_large_as_its_chart() -> None:
    assert size_of(bars(3, 3), "screen") == (7.0, 4.3)


@pytest.mark.parametrize(
    ("shapes", "width"),
    [
        (bars(3, 3), ONE_COLUMN),
        (bars(8, 6), TWO_COLUMNS),
        (matrix(4, 5), ONE_COLUMN),
        (matrix(12, 5), TWO_COLUMNS),
        (Shapes((Panel(()), Panel(())), columns=2, height=300), TWO_COLUMNS),
        (Shapes((Panel(()),), height=300), ONE_COLUMN),
    ],
)
def test_on_paper_a_figure_takes_one_column_where_that_has_room_for_it(shapes: Shapes, width: float) -> None:
    assert size_of(shapes, "paper").width == width


def test_on_paper_a_chart_of_values_is_no_higher_than_it_is_wide() -> None:
    assert size_of(bars(3, 3), "paper").height < ONE_COLUMN


def test_on_paper_rows_with_long_labels_are_higher() -> None:
    def height(label: str) -> float:
        panel = Panel((), y=Axis(categories=(label,)))
        return size_of(Shapes((panel,), width=700, height=300), "paper").height

    assert height("a label that takes two lines") > height("short")


def test_on_paper_names_of_points_have_the_room_that_they_have_on_the_screen() -> None:
    named = Panel((TextMarks((0.5,), (0.5,), ("Llama-3.2-1B",)),))
    width, height = size_of(Shapes((named,), width=700, height=430), "paper")
    assert width == TWO_COLUMNS
    assert height > 4


def test_squares_are_as_high_as_they_are_wide() -> None:
    square = Panel((), is_square=True)
    width, height = size_of(Shapes((square,), width=500), "screen")
    assert 0.9 * width < height < 1.3 * width
    wide, high = size_of(Shapes((square, square), columns=2, width=500), "screen")
    assert high < 0.75 * wide
